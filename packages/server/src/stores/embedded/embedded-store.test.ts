import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  encodeHead, Fault, prefixOf, recordKeyOf, type AuditLog, type Change, type Store,
} from '@claviger/vault'
import { changeOf, storeContract, tamperableMemoryStore } from '@claviger/vault/testing'
import { embeddedFixture, tamper } from './testing/embedded-fixture.ts'

storeContract('embedded store', () => embeddedFixture())
storeContract('embedded store through a channel', () => embeddedFixture({ remote: true }))

const KEYS = ['a/1', 'a/2', 'a/2/x', 'a-', 'a', 'b', 'b~'].map((path) =>
  recordKeyOf('t', ...path.split('/')))
const PREFIXES = [prefixOf('t'), prefixOf('t', 'a'), prefixOf('t', 'a', '2')]

/** One thing a client may do to one record; `off` is added to the version that it should check. */
interface Touch {
  readonly key: number
  readonly act: 'check' | 'put' | 'delete'
  readonly off: number
  readonly content: Uint8Array
}

const touch: fc.Arbitrary<Touch> = fc.record({
  key: fc.nat(KEYS.length - 1),
  act: fc.constantFrom('check', 'put', 'put', 'delete'),
  off: fc.oneof({ weight: 9, arbitrary: fc.constant(0) }, fc.constantFrom(-1, 1)),
  content: fc.uint8Array({ minLength: 1, maxLength: 64 }),
})
const operation = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('commit' as const),
      touches: fc.uniqueArray(touch, { maxLength: 4, selector: ({ key }) => key }),
      audit: fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
    }),
  },
  fc.record({ kind: fc.constant('read' as const), keys: fc.array(fc.nat(KEYS.length - 1)) }),
  fc.record({
    kind: fc.constant('list' as const),
    prefix: fc.nat(PREFIXES.length - 1),
    after: fc.option(fc.nat(KEYS.length - 1), { nil: undefined }),
    limit: fc.nat(8),
  }),
  fc.record({
    kind: fc.constant('prune' as const),
    portion: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('reopen' as const) }),
)

test('the embedded store does what the one in memory does', async () => {
  await fc.assert(fc.asyncProperty(fc.array(operation, { maxLength: 40 }), async (operations) => {
    const { store: memory } = tamperableMemoryStore()
    let embedded = await embeddedFixture()
    try {
      for (const step of operations) {
        if (step.kind === 'reopen') {
          embedded = await embedded.reopen()
        } else if (step.kind === 'prune') {
          const through = Math.floor((await memory.head()).count * step.portion)
          await memory.prune(through)
          await embedded.audit.prune(through)
        } else {
          const play = await player(memory, step)
          assert.deepEqual(await play(embedded.store), await play(memory))
        }
      }
      const all = { limit: 999 }
      const [t] = PREFIXES
      assert.ok(t !== undefined)
      assert.deepEqual(await embedded.store.list(t, all), await memory.list(t, all))
      assert.deepEqual(await chainOf(embedded.audit), await chainOf(memory))
    } finally {
      await embedded.close()
    }
  }), { numRuns: 60 })
})

type Step = typeof operation extends fc.Arbitrary<infer Value> ? Value : never

/** Makes a step definite, by what the reference holds now, so that both stores get the same. */
async function player(
  reference: Store,
  step: Step,
): Promise<(store: Store) => Promise<unknown>> {
  if (step.kind === 'read') {
    const keys = step.keys.flatMap((key) => KEYS[key] ?? [])
    return (store) => store.read(keys)
  }
  if (step.kind === 'list') {
    const after = step.after === undefined ? undefined : KEYS[step.after]
    const page = after === undefined ? { limit: step.limit } : { limit: step.limit, after }
    return (store) => store.list(PREFIXES[step.prefix] ?? prefixOf('t'), page)
  }
  if (step.kind !== 'commit') return async () => undefined
  const change = await changeFor(reference, step.touches, step.audit)
  return async (store) => {
    try {
      await store.commit(change)
      return 'done'
    } catch (thrown) {
      return thrown instanceof Fault ? thrown.code : thrown
    }
  }
}

async function changeFor(
  reference: Store,
  touches: readonly Touch[],
  audit: readonly string[],
): Promise<Change> {
  const parts = await Promise.all(touches.map(async ({ key: index, act, off, content }) => {
    const key = KEYS[index] ?? recordKeyOf('t', 'a')
    const [record] = await reference.read([key])
    const found = (record?.version ?? 0) + off
    const version = found <= 0 ? 'absent' : found
    if (act === 'put') return changeOf({ put: [[key, version, content]] })
    if (act === 'check' || version === 'absent') return changeOf({ check: [[key, version]] })
    return changeOf({ delete: [[key, version]] })
  }))
  return {
    checks: parts.flatMap(({ checks }) => checks),
    puts: parts.flatMap(({ puts }) => puts),
    deletes: parts.flatMap(({ deletes }) => deletes),
    audit,
  }
}

async function chainOf(audit: AuditLog): Promise<unknown> {
  const entries = await audit.entries(0, 999)
  return {
    head: encodeHead(await audit.head()),
    entries: entries.map(({ hash, ...rest }) => ({ ...rest, hash: Buffer.from(hash) })),
  }
}

test('a version that damage has made absurd spoils its own record, not the page', async () => {
  const embedded = await embeddedFixture()
  try {
    const keys = ['a', 'b', 'c'].map((name) => recordKeyOf('t', name))
    await embedded.store.commit(changeOf({ put: keys.map((key) => [key, 'absent', 'x'] as const) }))
    tamper(embedded.folder, `UPDATE body SET version = 9223372036854775807 WHERE key = 't/b'`)
    const listed = await embedded.store.list(prefixOf('t'), { limit: 9 })
    assert.deepEqual(listed.map(({ version }) => version), [1, 0, 1])
    const read = await embedded.store.read(keys)
    assert.deepEqual(read.map((record) => record?.version), [1, 0, 1])
  } finally {
    await embedded.close()
  }
})
