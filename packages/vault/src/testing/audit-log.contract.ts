import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { AuditLog } from '../audit/audit-log.ts'
import { EMPTY_CHAIN, encodeHead, linkHash } from '../audit/chain.ts'
import { recordKeyOf } from '../store/record-key.ts'
import type { Store } from '../store/store.ts'
import { changeOf } from './change-of.ts'
import { withStore, type ContractStore } from './contract-store.ts'

/** What the audit side of every store must do; `storeContract` runs it. */
export function auditLogContract(name: string, open: () => Promise<ContractStore>): void {
  const check = (what: string, body: (opened: ContractStore) => Promise<void>): void => {
    test(what, () => withStore(open, body))
  }

  describe(`${name}: audit`, () => {
    check('a new chain is empty', async ({ audit }) => {
      assert.deepEqual(encodeHead(await audit.head()), encodeHead(EMPTY_CHAIN))
      assert.deepEqual(await audit.entries(0, 9), [])
    })

    check('a change may be audit entries alone, or nothing at all', async ({ store, audit }) => {
      await store.commit(changeOf({ audit: ['{"n":1}', '{"n":2}'] }))
      await store.commit(changeOf({}))
      assert.equal(await verify(audit), 2)
    })

    check('entries stand in the order of their commits', async ({ store, audit }) => {
      const key = recordKeyOf('t', 'one')
      await store.commit(changeOf({ put: [[key, 'absent', 'x']], audit: ['{"n":1}'] }))
      await Promise.all([2, 4, 6].map((n) =>
        store.commit(changeOf({ audit: [`{"n":${n}}`, `{"n":${n + 1}}`] }))))
      const entries = await audit.entries(0, 99)
      const wanted = [1, 2, 3, 4, 5, 6, 7].map((n) => `{"n":${n}}`)
      assert.deepEqual(entries.map(({ entry }) => entry), wanted)
      assert.equal(await verify(audit), 7)
    })

    check('many concurrent commits form one chain without a gap', async ({ store, audit }) => {
      const wanted = Array.from({ length: 700 }, (_, n) => `{"n":${n}}`)
      await Promise.all(wanted.map((entry) => store.commit(changeOf({ audit: [entry] }))))
      assert.equal(await verify(audit), 700)
      const entries = await audit.entries(0, 1000)
      assert.deepEqual(entries.map(({ entry }) => entry).sort(), wanted.sort())
    })

    check('an entry keeps its text byte for byte', async ({ store, audit }) => {
      const long = `{"a":"${'x'.repeat(20_000)}"}`
      const wanted = ['{"a":"Zoë 名 \u{1f511}"}', '{ "a" : "\\u0000" }', long]
      await store.commit(changeOf({ audit: wanted }))
      const entries = await audit.entries(0, 9)
      assert.deepEqual(entries.map(({ entry }) => entry), wanted)
      assert.equal(await verify(audit), 3)
    })

    check('entries are read page by page', async ({ store, audit }) => {
      await tenEntries(store)
      const sequences = async (after: number, limit: number): Promise<readonly number[]> =>
        (await audit.entries(after, limit)).map(({ sequence }) => sequence)
      assert.deepEqual(await sequences(0, 3), [1, 2, 3])
      assert.deepEqual(await sequences(3, 3), [4, 5, 6])
      assert.deepEqual(await sequences(8, 3), [9, 10])
      assert.deepEqual(await sequences(10, 3), [])
    })

    check('what pruning leaves verifies, and the chain goes on', async ({ store, audit }) => {
      await tenEntries(store)
      const [, , , fourth] = await audit.entries(0, 4)
      await audit.prune(4)
      const head = await audit.head()
      assert.deepEqual([head.first, head.count], [5, 10])
      assert.deepEqual(Buffer.from(head.base), Buffer.from(fourth?.hash ?? []))
      assert.equal((await audit.entries(0, 1))[0]?.sequence, 5)
      assert.equal(await verify(audit), 6)
      await store.commit(changeOf({ audit: ['{"n":11}'] }))
      assert.equal(await verify(audit), 7)
    })

    check('pruning what is gone already changes nothing', async ({ store, audit }) => {
      await tenEntries(store)
      await audit.prune(6)
      const head = await audit.head()
      for (const through of [6, 2, 0]) await audit.prune(through)
      assert.deepEqual(await audit.head(), head)
      assert.equal(await verify(audit), 4)
    })

    test('a chain of which all is pruned goes on from the hash it ended in', async () => {
      let opened = await open()
      try {
        await tenEntries(opened.store)
        const { hash } = await opened.audit.head()
        await opened.audit.prune(10)
        assert.deepEqual(await opened.audit.entries(0, 9), [])
        opened = await opened.reopen()
        const head = await opened.audit.head()
        assert.deepEqual([head.first, head.count], [11, 10])
        assert.deepEqual(Buffer.from(head.base), Buffer.from(hash))
        await opened.store.commit(changeOf({ audit: ['{"n":11}'] }))
        assert.equal(await verify(opened.audit), 1)
      } finally {
        await opened.close()
      }
    })

    check('pruning what was never written is a programming error', async ({ store, audit }) => {
      await tenEntries(store)
      await assert.rejects(audit.prune(11), RangeError)
      assert.equal(await verify(audit), 10)
    })
  })
}

async function tenEntries(store: Store): Promise<void> {
  for (let n = 1; n <= 10; n++) await store.commit(changeOf({ audit: [`{"n":${n}}`] }))
}

/** Walks the chain from its base to its head; returns how many entries it has. */
async function verify(audit: AuditLog): Promise<number> {
  const head = await audit.head()
  const entries = await audit.entries(0, 10_000)
  let hash = head.base
  let expected = head.first
  for (const { sequence, entry, hash: found } of entries) {
    assert.equal(sequence, expected++)
    hash = linkHash(hash, sequence, entry)
    assert.deepEqual(Buffer.from(found), Buffer.from(hash))
  }
  assert.equal(expected, head.count + 1)
  assert.deepEqual(Buffer.from(head.hash), Buffer.from(hash))
  return entries.length
}
