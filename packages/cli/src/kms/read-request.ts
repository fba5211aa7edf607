import { KMS_ACTIONS, type KmsActionName } from '@claviger/client/alibaba'
import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { isRecord, type JsonValue } from '../output/json-value.ts'
import { readOctets } from '../read-base64.ts'

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

/** The one number among the messages of an instance, which knows types; all else may be text. */
const NUMBERS: ReadonlySet<string> = new Set(['numberOfBytes'])

/** An action by its name in either spelling: `GetSecretValue` or `get-secret-value`. */
export function readAction(word: string, { say }: CommandContext): KmsActionName {
  const plain = word.replaceAll('-', '').toLowerCase()
  const action = KMS_ACTIONS.find((name) => name.toLowerCase() === plain)
  if (action === undefined) throw usageError(say('noAction', { word }))
  return action
}

/**
 * The request of `name=value` words, over that of a JSON file. `name=@file` is what a file has, and
 * `@-` standard input; objects and lists are JSON. Names in either spelling: `KeyId` or `keyId`.
 */
export async function readRequest(
  words: readonly string[],
  file: string | undefined,
  context: CommandContext,
): Promise<Readonly<Record<string, unknown>>> {
  const { say, surroundings } = context
  const request: Record<string, unknown> = {}
  if (file !== undefined) Object.assign(request, await readJson(file, context))
  let isShown = false
  for (const word of words) {
    const at = word.indexOf('=')
    if (at < 1) throw usageError(say('badParameter', { word }))
    const name = spelled(word.slice(0, at))
    const text = word.slice(at + 1)
    const isFile = text.startsWith('@')
    isShown ||= SECRET.has(name) && !isFile
    request[name] = isFile ? await fileText(text.slice(1), context) : valueOf(name, text, context)
  }
  if (isShown) surroundings.err(`${say('valueOnCommandLine')}\n`)
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

function valueOf(name: string, text: string, { say }: CommandContext): unknown {
  if (NUMBERS.has(name) && /^\d{1,9}$/.test(text)) return Number(text)
  if (!/^[{[]/.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    throw usageError(say('badJsonValue', { file: name }))
  }
}

async function fileText(file: string, context: CommandContext): Promise<string> {
  return Buffer.from(await readOctets(file, context)).toString('utf8').replace(/\r?\n$/, '')
}

async function readJson(file: string, context: CommandContext): Promise<object> {
  const text = await fileText(file, context)
  try {
    const value = JSON.parse(text) as JsonValue
    if (isRecord(value)) {
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [spelled(name), one]))
    }
  } catch {
    // Said below.
  }
  throw usageError(context.say('badJsonValue', { file }))
}
