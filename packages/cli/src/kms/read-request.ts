import { KMS_ACTIONS, type KmsActionName } from '@claviger/client/alibaba'
import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import type { Say } from '../language/messages.ts'
import { isRecord, type JsonValue } from '../output/json-value.ts'
import { readArgument } from '../read-argument.ts'
import { readOctets } from '../read-base64.ts'
import { ACTION_PARAMETERS, type ParameterKind } from './action-parameters.ts'

/** Parameters that must not stand on a command line, and are not shown on a terminal. */
const SECRET: ReadonlySet<string> = new Set([
  'dataKey',
  'password',
  'plaintext',
  'plaintextBase64',
  'privateKey',
  'privateKeyData',
  'privateKeyPlaintext',
  'randomPassword',
  'secretData',
])

/** An action by its name in either spelling: `GetSecretValue` or `get-secret-value`. */
export function readAction(word: string, { say }: CommandContext): KmsActionName {
  const action = KMS_ACTIONS.find((name) => plain(name) === plain(word))
  if (action === undefined) throw usageError(say('noAction', { word }))
  return action
}

/**
 * The request of `name=value` words, over that of a JSON file. A value is read as `az` reads those
 * of options; text is handed on untouched. Names in any spelling: `KeyId`, `keyId` or `key-id`.
 * @throws CliError for a name that the action does not know, which the service would pass over.
 */
export async function readRequest(
  action: KmsActionName,
  words: readonly string[],
  file: string | undefined,
  context: CommandContext,
): Promise<Readonly<Record<string, unknown>>> {
  const { say, surroundings } = context
  const request: Record<string, unknown> = {}
  if (file !== undefined) {
    for (const [word, value] of Object.entries(await readJson(file, context))) {
      request[parameterOf(action, word, word, say).name] = value
    }
  }
  for (const [index, word] of words.entries()) {
    // Not what it says: a value without its name may be a secret, also up to the `=` of base64.
    const place = say('wordAt', { place: index + 1, action })
    const at = word.indexOf('=')
    if (at < 1) throw usageError(say('badParameter', { place }))
    const { name, kind } = parameterOf(action, word.slice(0, at), place, say)
    const { text, isOnCommandLine } = await readArgument(word.slice(at + 1), context)
    request[name] = valueOf(name, kind, text, say)
    if (SECRET.has(name) && isOnCommandLine) {
      surroundings.err(`${say('parameterOnCommandLine', { name })}\n`)
    }
  }
  return request
}

/** An answer with what is secret hidden, at any depth. */
export function hiddenIn(value: JsonValue, hidden: string): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((one) => hiddenIn(one, hidden))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      SECRET.has(spelled(name)) ? hidden : hiddenIn(member ?? null, hidden),
    ]),
  )
}

function spelled(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function plain(name: string): string {
  return name.replaceAll('-', '').toLowerCase()
}

interface Parameter {
  readonly name: string
  readonly kind: ParameterKind
}

/** @param told what a message says of a word that names none. */
function parameterOf(action: KmsActionName, word: string, told: string, say: Say): Parameter {
  const kinds = Object.entries<ParameterKind>(ACTION_PARAMETERS[action])
  const found = kinds.find(([name]) => plain(name) === plain(word))
  if (found !== undefined) return { name: found[0], kind: found[1] }
  const names = kinds.map(([name]) => name).join(', ') || '-'
  throw usageError(say('noParameter', { action, word: told, names }))
}

function valueOf(name: string, kind: ParameterKind, text: string, say: Say): unknown {
  switch (kind) {
    case 'text':
      return text
    case 'number':
      if (!/^\d{1,15}$/.test(text)) throw usageError(say('badNumberParameter', { name, text }))
      return Number(text)
    case 'flag':
      if (!/^(true|false)$/i.test(text)) throw usageError(say('badBoolean', { option: name, text }))
      return text.toLowerCase() === 'true'
    case 'json':
      return parsedJson(name, text, say)
  }
}

/** Of a number that the language would change, nothing is made. */
function parsedJson(source: string, text: string, say: Say): unknown {
  try {
    return JSON.parse(text, (_name, value: unknown) => {
      if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
        throw new RangeError('a number that is not kept')
      }
      return value
    })
  } catch {
    throw usageError(say('badJsonValue', { file: source }))
  }
}

async function readJson(file: string, context: CommandContext): Promise<object> {
  const octets = await readOctets(file, context)
  const value = parsedJson(file, textOf(octets), context.say) as JsonValue
  if (isRecord(value)) return value
  throw usageError(context.say('badJsonValue', { file }))
}

/** Nothing for what is no text, which is no JSON either. */
function textOf(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    return ''
  }
}
