import { KmsClient, type OpenApiConfig } from '@claviger/client/alibaba'
import { type Answer, base64Of, play, type Request, type Script } from './script.ts'

// How each call of the script went must be the same for every client and in every runtime, but for
// what is new in each run.

/** How a call went. */
export interface Outcome {
  readonly action: string
  readonly answer?: unknown
  readonly refused?: unknown
}

/** Makes the calls of the script, and keeps how each went. */
export async function transcript(
  script: Script,
  ask: (action: string, request: Request) => Promise<unknown>,
  refusalOf: (error: unknown) => unknown,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = []
  await play(async (action, request = {}) => {
    try {
      const answer: Answer = JSON.parse(JSON.stringify(await ask(action, request)))
      outcomes.push({ action, answer: steady(answer, script) })
      return answer
    } catch (error) {
      outcomes.push({ action, refused: steady(refusalOf(error), script) })
      return {}
    }
  }, script)
  return outcomes
}

/** The script by our client. */
export function ourTranscript(script: Script, config: OpenApiConfig): Promise<readonly Outcome[]> {
  const client = new KmsClient({ config })
  const ask = async (action: string, request: Request): Promise<unknown> => {
    const name = action.charAt(0).toUpperCase() + action.slice(1)
    return (await client.callApi(name, request)).body
  }
  return transcript(script, ask, (error) => {
    const { code, message } = error as { readonly code?: string; readonly message?: string }
    return { code, message }
  })
}

/** What is new in each run, by what it looks like. */
const NEW: readonly (readonly [RegExp, string])[] = [
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g, 'TIME'],
  [/\bkey-[a-z0-9]{21}(?:-[a-z0-9]{10})?/g, 'KEY'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, 'UUID'],
  [/-----BEGIN PUBLIC KEY-----[^]+/g, 'PEM'],
]

/** The members of random octets, of which the length alone is the same. */
const RANDOM = /^(?:ciphertextBlob|importToken|publicKey|randomPassword)$/

function steady(value: unknown, script: Script, name = ''): unknown {
  if (Array.isArray(value)) {
    return OF_ALL.test(name) ? kindsOf(value) : value.map((item) => steady(item, script))
  }
  if (name === 'totalCount') return 'some'
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, one]) => [key, steady(one, script, key)])
    return Object.fromEntries(members)
  }
  if (typeof value !== 'string') return value
  const told = NEW.reduce((text, [from, to]) => text.replace(from, to), value)
  if (RANDOM.test(name)) return `${told === 'PEM' ? 'PEM' : 'random'} ${lengthOf(name, value)}`
  if (isKnown(value, script)) return 'what was encrypted'
  // A signature or a data key: base64 of more than any other text of the script.
  // Of a signature in DER the length may differ by an octet or two.
  if (/^[A-Za-z0-9+/]{22,}={0,2}$/.test(told)) {
    return name === 'plaintext' ? `base64 ${told.length}` : 'base64'
  }
  return told.replaceAll(script.own, 'OWN')
}

/** What was encrypted, which must come back as it was. */
function isKnown(text: string, { value }: Script): boolean {
  return text === value || text === base64Of(new TextEncoder().encode(value))
}

/** The lists of everything there is, which grow from call to call. */
const OF_ALL = /^(?:key|alias|secret)$/

/** The members that the items of a list have. */
function kindsOf(items: readonly unknown[]): unknown {
  return items.slice(0, 1).map((item) => Object.keys(Object(item)).toSorted())
}

/** Of DER the length may differ by an octet or two. */
function lengthOf(name: string, value: string): number | string {
  return name === 'importToken' || name === 'publicKey' ? 'some' : value.length
}
