import { encryptionContextOf, parseEncryptionContext } from '../../encryption-context.ts'
import { decodeBase64 } from '../base64.ts'
import type { RequestParameters } from '../request-parameters.ts'
import { parseWireTime } from '../wire-time.ts'
import { readFilters, readStrings, readTags } from './json-lists.ts'
import type { ParameterKind, ParameterValues, Tag } from './parameter.ts'
import { parseJson } from './parse-json.ts'
import type { SentParameter } from './sent-parameter.ts'

/** `undefined` for a parameter that is absent. @throws KmsRefusal InvalidParameter */
type Reader<Kind extends ParameterKind> = (sent: SentParameter) => ParameterValues[Kind] | undefined

/** How each kind of parameter is read. */
export const PARAMETER_READERS: { readonly [Kind in ParameterKind]: Reader<Kind> } = {
  text: (sent) => sent.text(),

  integer: ifSent((text, sent) => {
    const { within: [smallest, largest] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER] } =
      sent.row
    const value = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (value >= smallest && value <= largest) return value
    throw sent.invalid(`must be a whole number from ${smallest} to ${largest}`)
  }),

  boolean: ifSent((text, sent) => {
    const value = text.toLowerCase()
    if (value === 'true' || value === 'false') return value === 'true'
    throw sent.invalid('must be true or false')
  }),

  base64: ifSent((text, sent) => {
    return decodeBase64(text) ?? refuse(sent, 'must be base64')
  }),

  time: ifSent((text, sent) => {
    const rule = 'must be a time in UTC, in the form yyyy-MM-ddTHH:mm:ssZ'
    return parseWireTime(text) ?? refuse(sent, rule)
  }),

  json: ifSent(demandJson),

  object(sent) {
    const text = sent.text()
    if (text === undefined) return membersOf(sent)
    const value = demandJson(text, sent)
    if (isObject(value)) return value
    throw sent.invalid('must be a JSON object')
  },

  context(sent) {
    const text = sent.text()
    const members = sent.all.members(sent.name)
    if (text === undefined && members.length === 0) return undefined
    const context = text === undefined ? encryptionContextOf(members) : parseEncryptionContext(text)
    const rule = 'must be a JSON object whose values are strings, of at most 8192 characters'
    return context ?? refuse(sent, rule)
  },

  strings: ifSent((text, sent) => {
    const strings = readStrings(demandJson(text, sent))
    return sent.demandMost(strings ?? refuse(sent, 'must be a JSON array of strings'))
  }),

  names: ifSent((text, sent) => {
    const names = text.trimStart().startsWith('[')
      ? readStrings(demandJson(text, sent))
      : text.split(',').map((one) => one.trim())
    if (names !== undefined && !names.includes('')) return sent.demandMost(names)
    throw sent.invalid('must be a JSON array of strings, or a list with commas')
  }),

  tags: ifSent((text, sent) => {
    const rule = 'must have the form [{"TagKey":"key","TagValue":"value"}]'
    return sent.demandMost(readTags(demandJson(text, sent)) ?? refuse(sent, rule))
  }),

  filters: ifSent((text, sent) => {
    const rule = 'must have the form [{"Key":"name","Values":["value"]}], at most 10 values in each'
    return sent.demandMost(readFilters(demandJson(text, sent)) ?? refuse(sent, rule))
  }),

  repeated(sent) {
    const list = sent.all.list(sent.name).filter((one) => one !== '')
    return list.length === 0 ? undefined : sent.demandMost(list)
  },

  repeatedTags(sent) {
    const tags = sent.all.objects(sent.name).map((one) => tagOf(one, sent))
    return tags.length === 0 ? undefined : sent.demandMost(tags)
  },
}

function ifSent<Value>(
  read: (text: string, sent: SentParameter) => Value,
): (sent: SentParameter) => Value | undefined {
  return (sent) => {
    const text = sent.text()
    return text === undefined ? undefined : read(text, sent)
  }
}

function refuse(sent: SentParameter, rule: string): never {
  throw sent.invalid(rule)
}

function demandJson(text: string, sent: SentParameter): unknown {
  return (parseJson(text) ?? refuse(sent, 'must be JSON')).value
}

/** What clients make of a map that they do not write as JSON. */
function membersOf(sent: SentParameter): Readonly<Record<string, unknown>> | undefined {
  const members = sent.all.members(sent.name)
  if (members.length === 0) return undefined
  // `fromEntries` defines members and never assigns, so `__proto__` stays a name.
  const value = Object.fromEntries(members)
  sent.demandLength(JSON.stringify(value))
  return value
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function tagOf(one: RequestParameters, sent: SentParameter): Tag {
  const key = one.get('Key')
  if (key !== undefined && key !== '') return { key, value: one.get('Value') ?? '' }
  throw sent.invalid('needs a Key in each of its members')
}
