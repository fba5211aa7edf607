import { invalidInput } from '../invalid-input.ts'

/** Anything that JSON can say. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

/** What is kept of a directory object for its readers, and decides nothing here. */
export type Attributes = Readonly<Record<string, Json>>

const MAXIMUM_CHARACTERS = 65_536
const MAXIMUM_DEPTH = 10

/**
 * The attributes after a change, as a merge patch says it (RFC 7396): what is not named stays, what is
 * null goes, also within objects.
 * @throws Fault InvalidInput when they would be too many, or too deep.
 */
export function changedAttributes(
  before: Attributes | undefined,
  change: Attributes | undefined,
): { readonly attributes?: Attributes } {
  const attributes = merged(before ?? {}, change ?? {}, 1)
  if (Object.keys(attributes).length === 0) return {}
  if (JSON.stringify(attributes).length > MAXIMUM_CHARACTERS) {
    throw invalidInput(
      'attributes',
      `they may have ${MAXIMUM_CHARACTERS} characters at most, as JSON`,
    )
  }
  return { attributes }
}

/** `fromEntries` defines members and never assigns, so `__proto__` stays a name. */
function merged(before: Attributes, change: Attributes, depth: number): Attributes {
  const all = new Map(Object.entries(before))
  for (const [name, value] of Object.entries(change)) {
    if (value === null) all.delete(name)
    else if (isObject(value))
      all.set(name, merged(objectOf(all.get(name)), value, demandDepth(depth + 1)))
    else all.set(name, value)
    if (Array.isArray(value)) demandShallow(value, depth + 1)
  }
  return Object.fromEntries(all)
}

function demandShallow(value: Json, depth: number): void {
  if (typeof value !== 'object' || value === null) return
  demandDepth(depth)
  for (const one of Object.values(value)) demandShallow(one, depth + 1)
}

function demandDepth(depth: number): number {
  if (depth <= MAXIMUM_DEPTH) return depth
  throw invalidInput('attributes', `they may be ${MAXIMUM_DEPTH} levels deep at most`)
}

function objectOf(value: Json | undefined): Attributes {
  return isObject(value) ? value : {}
}

function isObject(value: Json | undefined): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
