import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isFault } from '../fault.ts'
import { changeOf } from '../testing/change-of.ts'
import type { ContractStore } from '../testing/contract-store.ts'
import { keyedHeadSealer } from '../testing/keyed-head-sealer.ts'
import { storeContract } from '../testing/store.contract.ts'
import { tamperableMemoryStore } from '../testing/tamperable-memory-store.ts'
import { MemoryStore, type MemoryContents } from './memory.ts'
import { recordKeyOf } from './record-key.ts'

storeContract('memory store', async () => {
  const { store, contents } = tamperableMemoryStore()
  return opened(store, contents)
})

function opened(store: MemoryStore, contents: MemoryContents): ContractStore {
  return {
    store,
    audit: store,
    close: async () => {},
    reopen: async () => opened(new MemoryStore(keyedHeadSealer(), contents), contents),
    loseHalf: async (key, half) => {
      ;(half === 'body' ? contents.bodies : contents.witnesses).delete(key)
    },
  }
}

test('a body put back behind the store is served with the version it had', async () => {
  const { store, contents } = tamperableMemoryStore()
  const key = recordKeyOf('t', 'one')
  await store.commit(changeOf({ put: [[key, 'absent', 'first']] }))
  const old = contents.bodies.get(key)
  await store.commit(changeOf({ put: [[key, 1, 'second']] }))
  assert.ok(old !== undefined)
  contents.bodies.set(key, old)
  const [record] = await store.read([key])
  assert.equal(record?.version, 1)
  assert.match(Buffer.from(record?.witness ?? []).toString(), / 2$/)
})

for (const [what, sealedHead] of [
  ['missing', undefined],
  ['changed', Buffer.alloc(112, 1)],
  ['cut', Buffer.alloc(3)],
  ['sealed elsewhere', keyedHeadSealer('other').sealHead(new Uint8Array(80))],
  ['sealed here but no head', keyedHeadSealer().sealHead(new Uint8Array(7))],
] as const) {
  test(`a head that is ${what} is a corrupt record, not a head`, async () => {
    const { store, contents } = tamperableMemoryStore()
    await store.commit(changeOf({ audit: ['{}'] }))
    contents.sealedHead = sealedHead
    await assert.rejects(store.head(), (thrown) => isFault(thrown, 'RecordCorrupt'))
  })
}

test('pruning through an entry that was taken away names it', async () => {
  const { store, contents } = tamperableMemoryStore()
  await store.commit(changeOf({ audit: ['{"n":1}', '{"n":2}', '{"n":3}'] }))
  contents.entries.splice(1, 1)
  await assert.rejects(store.prune(2), {
    code: 'RecordCorrupt',
    detail: { record: 'audit entry 2', reason: 'it is missing' },
  })
})

test('two stores have nothing in common', async () => {
  const one = new MemoryStore(keyedHeadSealer())
  const two = new MemoryStore(keyedHeadSealer())
  await one.commit(changeOf({ put: [[recordKeyOf('t', 'one'), 'absent', 'x']] }))
  assert.deepEqual(await two.read([recordKeyOf('t', 'one')]), [undefined])
})
