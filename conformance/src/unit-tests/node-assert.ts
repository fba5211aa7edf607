import { isDeepEqual, isPartOf } from './deep-equal.ts'

// What the client's unit tests use of `node:assert/strict`, for a browser. A test holds it against
// Node's own.

/** What an assertion throws. */
export class AssertionError extends Error {
  override readonly name = 'AssertionError'
}

type Wanted = RegExp | object | ((error: unknown) => boolean) | (new (...given: never[]) => Error)

function ok(value: unknown, message = `${shown(value)} is not true`): asserts value {
  if (!value) throw new AssertionError(message)
}

function equal(actual: unknown, expected: unknown): void {
  ok(Object.is(actual, expected), `${shown(actual)} is not ${shown(expected)}`)
}

function notEqual(actual: unknown, expected: unknown): void {
  ok(!Object.is(actual, expected), `It is ${shown(expected)}`)
}

function deepEqual(actual: unknown, expected: unknown): void {
  ok(isDeepEqual(actual, expected), `${shown(actual)} is not ${shown(expected)}`)
}

function notDeepEqual(actual: unknown, expected: unknown): void {
  ok(!isDeepEqual(actual, expected), `It is ${shown(expected)}`)
}

function partialDeepStrictEqual(actual: unknown, expected: unknown): void {
  ok(isPartOf(actual, expected), `${shown(expected)} is no part of ${shown(actual)}`)
}

function match(text: string, pattern: RegExp): void {
  ok(pattern.test(text), `${shown(text)} does not match ${pattern}`)
}

function doesNotMatch(text: string, pattern: RegExp): void {
  ok(!pattern.test(text), `${shown(text)} matches ${pattern}`)
}

function fail(message = 'Failed'): never {
  throw new AssertionError(message)
}

function throws(call: () => unknown, wanted?: Wanted): void {
  let error: unknown
  try {
    call()
  } catch (thrown) {
    error = thrown
    compare(error, wanted)
    return
  }
  fail('Nothing was thrown')
}

async function rejects(
  asked: Promise<unknown> | (() => Promise<unknown>),
  wanted?: Wanted,
): Promise<void> {
  const [result] = await Promise.allSettled([typeof asked === 'function' ? asked() : asked])
  if (result.status === 'fulfilled') fail('Nothing was refused')
  compare(result.reason, wanted)
}

/** @throws AssertionError, or the error itself when it is of another class, as Node does. */
function compare(error: unknown, wanted: Wanted | undefined): void {
  if (wanted === undefined) return
  if (wanted instanceof RegExp) return match(String(error), wanted)
  if (typeof wanted !== 'function') return compareMembers(error, wanted)
  if (wanted.prototype instanceof Error || (wanted as unknown) === Error) {
    if (error instanceof (wanted as new () => Error)) return
    throw error
  }
  equal((wanted as (error: unknown) => boolean)(error), true)
}

/** Texts may be told by a pattern. An error's own name and message count too. */
function compareMembers(error: unknown, wanted: object): void {
  const told: readonly (string | symbol)[] =
    wanted instanceof Error ? [...Reflect.ownKeys(wanted), 'name', 'message'] : Object.keys(wanted)
  for (const name of told.filter((one) => one !== 'stack')) {
    const expected: unknown = Reflect.get(wanted, name)
    const actual: unknown = Reflect.get(Object(error), name)
    ok(name in Object(error), `There is no ${String(name)} in ${shown(error)}`)
    if (expected instanceof RegExp && typeof actual === 'string') match(actual, expected)
    else deepEqual(actual, expected)
  }
}

function shown(value: unknown): string {
  try {
    const text = JSON.stringify(value, (_, one: unknown) =>
      typeof one === 'bigint' ? `${one}n` : one,
    )
    return `${Object.prototype.toString.call(value)} ${text ?? String(value)}`.slice(0, 300)
  } catch {
    return String(value)
  }
}

const assert = {
  deepEqual,
  doesNotMatch,
  equal,
  fail,
  match,
  notDeepEqual,
  notEqual,
  ok,
  partialDeepStrictEqual,
  rejects,
  throws,
}

export default assert
