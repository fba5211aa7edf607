import { encryptionContextOf, parseEncryptionContext } from '../../encryption-context.ts'
import { decodeBase64 } from '../base64.ts'
import type { KmsRefusal } from '../kms-refusal.ts'
import type { RequestParameters } from '../request-parameters.ts'
import { parseWireTime } from '../wire-time.ts'
import { readFilters, readStrings, readTags } from './json-lists.ts'
import type { ParameterKind, ParameterLimits, ParameterValues, Tag } from './parameter.ts'
import { parseJson } from './parse-json.ts'

/** `undefined` for a parameter that is absent. @throws what `refuse` makes, given what must be so. */
type Reader<Kind extends ParameterKind> = (
  name: string,
  limits: ParameterLimits,
  sent: RequestParameters,
  refuse: Refuse,
) => ParameterValues[Kind] | undefined

type Refuse = (rule: string) => KmsRefusal

/** Characters of a text whose row names no limit. */
const LONGEST_TEXT = 8192
/** Octets of a JSON text whose row names no limit. */
const LONGEST_JSON = 32_768

/** How each kind of parameter is read. */
export const PARAMETER_READERS: { readonly [Kind in ParameterKind]: Reader<Kind> } = {
  text(name, { longest = LONGEST_TEXT, mayBeEmpty }, sent, refuse) {
    const text = sent.get(name)
    if (text === undefined || (text === '' && mayBeEmpty !== true)) return undefined
    if (text.length <= longest) return text
    throw refuse(`has at most ${longest} characters`)
  },

  integer(name, { within = [-MOST, MOST] }, sent, refuse) {
    const text = present(sent, name)
    if (text === undefined) return undefined
    const [smallest, largest] = within
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= smallest && value <= largest) return value
    throw refuse(`must be a whole number from ${smallest} to ${largest}`)
  },

  boolean(name, _, sent, refuse) {
    const text = present(sent, name)?.toLowerCase()
    if (text === undefined) return undefined
    if (text === 'true' || text === 'false') return text === 'true'
    throw refuse('must be true or false')
  },

  base64(name, _, sent, refuse) {
    const text = present(sent, name)
    if (text === undefined) return undefined
    const octets = decodeBase64(text)
    if (octets !== undefined) return octets
    throw refuse('must be base64')
  },

  time(name, _, sent, refuse) {
    const text = present(sent, name)
    if (text === undefined) return undefined
    const seconds = parseWireTime(text)
    if (seconds !== undefined) return seconds
    throw refuse('must be a time in UTC, in the form yyyy-MM-ddTHH:mm:ssZ')
  },

  json(name, limits, sent, refuse) {
    const text = jsonText(name, limits, sent, refuse)
    return text === undefined ? undefined : demandJson(text, refuse)
  },

  object(name, limits, sent, refuse) {
    const text = jsonText(name, limits, sent, refuse)
    if (text === undefined) return membersOf(name, limits, sent, refuse)
    const value = demandJson(text, refuse)
    if (isObject(value)) return value
    throw refuse('must be a JSON object')
  },

  context(name, _, sent, refuse) {
    const text = present(sent, name)
    const members = sent.members(name)
    if (text === undefined && members.length === 0) return undefined
    const context =
      text === undefined ? encryptionContextOf(members) : parseEncryptionContext(text)
    if (context !== undefined) return context
    throw refuse('must be a JSON object whose values are strings, of at most 8192 characters')
  },

  strings(name, limits, sent, refuse) {
    const text = jsonText(name, limits, sent, refuse)
    if (text === undefined) return undefined
    const strings = readStrings(demandJson(text, refuse))
    if (strings === undefined) throw refuse('must be a JSON array of strings')
    return demandMost(strings, limits, refuse)
  },

  names(name, limits, sent, refuse) {
    const text = jsonText(name, limits, sent, refuse)
    if (text === undefined) return undefined
    const names = text.trimStart().startsWith('[')
      ? readStrings(demandJson(text, refuse))
      : text.split(',').map((one) => one.trim())
    if (names === undefined || names.includes('')) {
      throw refuse('must be a JSON array of strings, or a list with commas')
    }
    return demandMost(names, limits, refuse)
  },

  tags(name, limits, sent, refuse) {
    const text = jsonText(name, limits, sent, refuse)
    if (text === undefined) return undefined
    const tags = readTags(demandJson(text, refuse))
    if (tags !== undefined) return demandMost(tags, limits, refuse)
    throw refuse('must have the form [{"TagKey":"key","TagValue":"value"}]')
  },

  filters(name, limits, sent, refuse) {
    const text = jsonText(name, limits, sent, refuse)
    if (text === undefined) return undefined
    const filters = readFilters(demandJson(text, refuse))
    if (filters !== undefined) return demandMost(filters, limits, refuse)
    throw refuse('must have the form [{"Key":"name","Values":["value"]}], at most 10 values in each')
  },

  repeated(name, limits, sent, refuse) {
    const list = sent.list(name).filter((one) => one !== '')
    return list.length === 0 ? undefined : demandMost(list, limits, refuse)
  },

  repeatedTags(name, limits, sent, refuse) {
    const tags = sent.objects(name).map((one) => tagOf(one, refuse))
    return tags.length === 0 ? undefined : demandMost(tags, limits, refuse)
  },
}

const MOST = Number.MAX_SAFE_INTEGER

/** A value that is not empty. */
function present(sent: RequestParameters, name: string): string | undefined {
  return sent.get(name) || undefined
}

function jsonText(
  name: string,
  { longest = LONGEST_JSON }: ParameterLimits,
  sent: RequestParameters,
  refuse: Refuse,
): string | undefined {
  const text = present(sent, name)
  if (text !== undefined && Buffer.byteLength(text) > longest) {
    throw refuse(`has at most ${longest} octets`)
  }
  return text
}

function demandJson(text: string, refuse: Refuse): unknown {
  const parsed = parseJson(text)
  if (parsed !== undefined) return parsed.value
  throw refuse('must be JSON')
}

/** What clients make of a map that they do not write as JSON. */
function membersOf(
  name: string,
  { longest = LONGEST_JSON }: ParameterLimits,
  sent: RequestParameters,
  refuse: Refuse,
): Readonly<Record<string, unknown>> | undefined {
  const members = sent.members(name)
  if (members.length === 0) return undefined
  // `fromEntries` defines members and never assigns, so `__proto__` stays a name.
  const value = Object.fromEntries(members)
  if (Buffer.byteLength(JSON.stringify(value)) <= longest) return value
  throw refuse(`has at most ${longest} octets`)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function demandMost<Item>(
  list: readonly Item[],
  { most = 100 }: ParameterLimits,
  refuse: Refuse,
): readonly Item[] {
  if (list.length <= most) return list
  throw refuse(`has at most ${most} members`)
}

function tagOf(one: RequestParameters, refuse: Refuse): Tag {
  const key = one.get('Key')
  if (key !== undefined && key !== '') return { key, value: one.get('Value') ?? '' }
  throw refuse('needs a Key in each of its members')
}
