import nodeAssert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import fc from 'fast-check'
import { isDeepEqual, isPartOf } from './deep-equal.ts'
import assert from './node-assert.ts'

class Own {
  readonly member = 1
}

const error = Object.assign(new TypeError('a message'), { code: 'Code', inner: { a: [1] } })

const VALUES: readonly (readonly [unknown, unknown])[] = [
  [0, -0],
  [Number.NaN, Number.NaN],
  [undefined, null],
  [{ a: undefined }, {}],
  [{ a: 1, b: [2] }, { b: [2], a: 1 }],
  [[1, undefined], [1]],
  [[], {}],
  [new Uint8Array([1, 2]), new Uint8Array([1, 2])],
  [new Uint8Array([1, 2]), new Uint8Array([1, 3])],
  [new Uint8Array([1, 2]), [1, 2]],
  [new Date(1), new Date(1)],
  [new Date(1), new Date(2)],
  [new Own(), new Own()],
  [new Own(), { member: 1 }],
  [new Map([[1, { a: 1 }]]), new Map([[1, { a: 1 }]])],
  [new Map([[1, 2]]), new Map([[1, 3]])],
  [new Set([1]), new Set([1])],
  [new Set([1]), new Set([2])],
  [new Error('a'), new Error('a')],
  [new Error('a'), new Error('b')],
  [new Error('a'), new TypeError('a')],
  [new Error('a', { cause: 1 }), new Error('a', { cause: 2 })],
  [/a/g, /a/g],
  [/a/g, /a/],
  ['1', 1],
  [() => 1, () => 1],
]

/** In one line, without where an error comes from. */
function title(value: unknown): string {
  return value instanceof Error ? `${String(value)} ${String(value.cause)}` : inspect(value)
}

function passes(call: () => unknown): boolean {
  try {
    call()
    return true
  } catch {
    return false
  }
}

async function settles(call: () => Promise<unknown>): Promise<boolean> {
  return call().then(
    () => true,
    () => false,
  )
}

describe('assertions for a browser', () => {
  for (const [one, other] of VALUES) {
    it(`compare as Node does: ${title(one)} and ${title(other)}`, () => {
      for (const name of ['equal', 'notEqual', 'deepEqual', 'notDeepEqual'] as const) {
        const byNode: (one: unknown, other: unknown) => void = nodeAssert[name]
        const isSo = passes(() => byNode(one, other))
        nodeAssert.equal(passes(() => assert[name](one, other)), isSo, name)
      }
    })
  }

  it('compare whatever there may be as Node does', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (one, other) => {
        const byNode = passes(() => nodeAssert.deepEqual(one, other))
        nodeAssert.equal(isDeepEqual(one, other), byNode)
        nodeAssert.equal(isDeepEqual(one, structuredClone(one)), true)
      }),
    )
  })

  it('know a part', () => {
    nodeAssert.equal(isPartOf({ a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } }), true)
    nodeAssert.equal(isPartOf({ a: 1, b: { c: 2 } }, { b: { d: 2 } }), false)
    nodeAssert.equal(isPartOf({ a: 1 }, { a: 2 }), false)
  })

  it('compare nothing that they cannot see', () => {
    nodeAssert.throws(() => isDeepEqual(new ArrayBuffer(1), new ArrayBuffer(2)), TypeError)
    nodeAssert.throws(() => isDeepEqual(new Headers(), new Headers()), TypeError)
  })

  it('look at texts as Node does', () => {
    for (const text of ['a canary', 'nothing']) {
      for (const name of ['match', 'doesNotMatch'] as const) {
        const byNode = passes(() => nodeAssert[name](text, /canary/))
        nodeAssert.equal(passes(() => assert[name](text, /canary/)), byNode)
      }
      nodeAssert.equal(passes(() => assert.ok(text === 'nothing')), text === 'nothing')
    }
    nodeAssert.throws(() => assert.fail())
  })

  const WANTED = [
    undefined,
    /a message/,
    /another/,
    TypeError,
    RangeError,
    Error,
    { code: 'Code' },
    { code: 'Other' },
    { code: /^C/ },
    { code: /^D/ },
    { nothing: undefined },
    { name: 'TypeError', message: 'a message' },
    { inner: { a: [1] } },
    { inner: { a: [2] } },
    error,
    new TypeError('a message'),
    new TypeError('another'),
    () => true,
    () => false,
    ((thrown: Error) => /message/.test(thrown.message)) as () => boolean,
  ]
  for (const [at, wanted] of WANTED.entries()) {
    it(`look at errors as Node does, ${at + 1}`, async () => {
      const throwing = (): never => {
        throw error
      }
      const rejecting = (): Promise<never> => Promise.reject(error)
      const byNode = passes(() => nodeAssert.throws(throwing, wanted as object))
      nodeAssert.equal(passes(() => assert.throws(throwing, wanted)), byNode)
      nodeAssert.equal(await settles(() => assert.rejects(rejecting(), wanted)), byNode)
      nodeAssert.equal(await settles(() => assert.rejects(rejecting, wanted)), byNode)
      nodeAssert.equal(passes(() => assert.throws(() => 1, wanted)), false)
      nodeAssert.equal(await settles(() => assert.rejects(Promise.resolve(), wanted)), false)
    })
  }
})
