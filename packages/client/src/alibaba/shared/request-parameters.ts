import { wireName } from './parameter-names.ts'

/** Parameters of a request, by their names on the wire. */
export type Parameters = ReadonlyMap<string, string>

/** Lists that the wire has one by one, as `ResourceId.1`; every other one is a JSON text. */
const REPEATED: ReadonlySet<string> = new Set(['ResourceId', 'Tag', 'TagKey'])

/** JSON texts whose members have names of the wire; in all others names are the caller's. */
const WITH_WIRE_NAMES: ReadonlySet<string> = new Set([
  'AccessControlRules',
  'BindVpcs',
  'Filters',
  'SecretsList',
  'Tags',
])

/** What a request says, as the wire has it. What is `undefined` is not sent. */
export function requestParameters(request: object): Parameters {
  return new Map(
    Object.entries(request).flatMap(([name, value]) => parametersOf(wireName(name), value)),
  )
}

type Pair = readonly [name: string, value: string]

function parametersOf(name: string, value: unknown): readonly Pair[] {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object') return [[name, text(value)]]
  if (REPEATED.has(name) && Array.isArray(value)) return repeated(name, value)
  // The wire has no settings of a secret here but those of its owner, under a name of two parts.
  if (name === 'ExtendedConfig' && Object.hasOwn(value, 'customData')) {
    return parametersOf('ExtendedConfig.CustomData', (value as { customData: unknown }).customData)
  }
  return [[name, JSON.stringify(WITH_WIRE_NAMES.has(name) ? withWireNames(value) : value)]]
}

function repeated(name: string, items: readonly unknown[]): readonly Pair[] {
  return items.flatMap((item, index) => {
    const numbered = `${name}.${index + 1}`
    if (typeof item !== 'object' || item === null) return [[numbered, text(item)] as const]
    return Object.entries(item).map(
      ([member, value]) => [`${numbered}.${wireName(member)}`, text(value)] as const,
    )
  })
}

/** Of a text, number or boolean, which is all that the types let through. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function withWireNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withWireNames)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [wireName(name), withWireNames(member)]),
  )
}
