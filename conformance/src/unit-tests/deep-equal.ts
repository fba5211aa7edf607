/** Whether two values are alike as Node's strict `deepEqual` has it. */
export function isDeepEqual(one: unknown, other: unknown): boolean {
  return compare(one, other, true)
}

/** Whether a value has all that another one has, and at least as much. */
export function isPartOf(whole: unknown, part: unknown): boolean {
  return compare(whole, part, false)
}

const COMPARABLE: ReadonlySet<string> = new Set(
  ['Object', 'Array', 'Error'].map((kind) => `[object ${kind}]`),
)

function compare(one: unknown, other: unknown, isWhole: boolean): boolean {
  if (Object.is(one, other)) return true
  if (!isObject(one) || !isObject(other)) return false
  const kinds = [one, other].map((value) => Object.prototype.toString.call(value))
  if (kinds[0] !== kinds[1]) return false
  if (isWhole && Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false
  if (one instanceof Date) return Object.is(one.getTime(), (other as Date).getTime())
  if (one instanceof RegExp) return other instanceof RegExp && `${one}` === `${other}`
  if (one instanceof Map || one instanceof Set) {
    return compare([...one], [...(other as Set<unknown>)], isWhole)
  }
  if (!ArrayBuffer.isView(one) && !COMPARABLE.has(kinds[0] ?? '')) {
    // Nothing of it can be seen from outside, so that any two would be alike.
    throw new TypeError(`Two of ${kinds[0]} cannot be compared here.`)
  }
  if (one instanceof Error && !compareErrors(one, other as Error, isWhole)) return false
  return compareMembers(one, other, isWhole)
}

function compareErrors(one: Error, other: Error, isWhole: boolean): boolean {
  return (
    one.name === other.name &&
    one.message === other.message &&
    compare(one.cause, other.cause, isWhole)
  )
}

function compareMembers(one: object, other: object, isWhole: boolean): boolean {
  const [left, right] = [keysOf(one), keysOf(other)]
  if (isWhole && left.length !== right.length) return false
  if (isWhole && lengthOf(one) !== lengthOf(other)) return false
  return right.every(
    (name) =>
      left.includes(name) && compare(Reflect.get(one, name), Reflect.get(other, name), isWhole),
  )
}

function lengthOf(value: object): unknown {
  return Array.isArray(value) ? value.length : undefined
}

function keysOf(value: object): readonly (string | symbol)[] {
  return Reflect.ownKeys(value).filter(
    (name) => Object.getOwnPropertyDescriptor(value, name)?.enumerable === true,
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
