import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isFault } from '../fault.ts'
import { prefixOf, recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { Change, StoredRecord } from '../store/store.ts'
import { changeOf } from './change-of.ts'
import { withStore, type ContractStore } from './contract-store.ts'

const ONE = recordKeyOf('t', 'one')
const TWO = recordKeyOf('t', 'two')
const THREE = recordKeyOf('t', 'three')
const ALL = prefixOf('t')

/** What `Store.read` and `Store.list` must do; `storeContract` runs it. */
export function readContract(name: string, open: () => Promise<ContractStore>): void {
  const check = (what: string, body: (opened: ContractStore) => Promise<void>): void => {
    test(what, () => withStore(open, body))
  }

  describe(`${name}: read and list`, () => {
    check('a record reads back as it was written', async ({ store }) => {
      const change = changeOf({ put: [[ONE, 'absent', 'content']] })
      await store.commit(change)
      assert.deepEqual(await store.read([ONE]), change.puts)
    })

    check('absent records are undefined, each in its place', async ({ store }) => {
      await store.commit(making([TWO]))
      const [one, two, three, again] = await store.read([ONE, TWO, THREE, TWO])
      assert.deepEqual([one, two?.key, three, again?.key], [undefined, TWO, undefined, TWO])
      assert.deepEqual(await store.read([]), [])
    })

    check('many records are read as of one instant', async ({ store }) => {
      const rounds = 40
      const write = async (): Promise<void> => {
        for (let round = 0; round < rounds; round++) {
          const before = round === 0 ? 'absent' : round
          await store.commit(changeOf({ put: [[ONE, before, 'x'], [TWO, before, 'x']] }))
        }
      }
      const look = async (): Promise<void> => {
        for (let round = 0; round < rounds; round++) {
          const [one, two] = await store.read([ONE, TWO])
          assert.equal(one?.version, two?.version)
          const [first, second] = await store.list(ALL, { limit: 2 })
          assert.equal(first?.version, second?.version)
          await new Promise(setImmediate)
        }
      }
      await Promise.all([write(), look(), look()])
    })

    check('a body of 30 KB survives', async ({ store }) => {
      const body = new Uint8Array(30 * 1024).map((_, index) => (index * 7) % 256)
      await store.commit(changeOf({ put: [[ONE, 'absent', body]] }))
      assert.deepEqual((await store.read([ONE]))[0]?.body, body)
      assert.deepEqual((await store.list(ALL, { limit: 1 }))[0]?.body, body)
    })

    check('what a caller does to its bytes does not reach the store', async ({ store }) => {
      const change = changeOf({ put: [[ONE, 'absent', 'content']] })
      const wanted = new Uint8Array(change.puts[0]?.body ?? [])
      await store.commit(change)
      change.puts[0]?.body.fill(0)
      ;(await store.read([ONE]))[0]?.body.fill(0)
      assert.deepEqual((await store.read([ONE]))[0]?.body, wanted)
    })

    check('keys are listed in the order of their UTF-8 bytes', async ({ store }) => {
      const names = ['b', 'a~', 'a', 'a_', 'a@', 'a:', 'a0', 'a.', 'a-', 'aa', '9', '10', '_', '-']
      const keys = [...names.map((name) => recordKeyOf('t', name)), recordKeyOf('t', 'a', 'below')]
      await store.commit(making(keys))
      const bytewise = keys.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      assert.deepEqual(keysOf(await store.list(ALL, { limit: 100 })), bytewise)
    })

    check('a prefix ends where the next one begins', async ({ store }) => {
      const inside = [['t', 'a', '-'], ['t', 'a', 'x', 'y'], ['t', 'a', '~']]
      const outside = [
        ['t', 'a'], ['t', 'a-'], ['t', 'a.'], ['t', 'a0'], ['t', 'aa'],
        ['s', 'a', 'x'], ['u', 'a', 'x'],
      ]
      const keys = [...inside, ...outside].map((segments) => recordKeyOf(...segments))
      await store.commit(making(keys))
      const found = keysOf(await store.list(prefixOf('t', 'a'), { limit: 100 }))
      assert.deepEqual(found, keys.slice(0, inside.length))
      assert.deepEqual(await store.list(prefixOf('t', 'nothing'), { limit: 100 }), [])
    })

    check('pages join to the whole, whatever their size', async ({ store }) => {
      const keys = Array.from({ length: 23 }, (_, index) => recordKeyOf('t', `n${100 + index}`))
      await store.commit(making(keys))
      for (const limit of [1, 7, 22, 23, 24]) {
        const found: RecordKey[] = []
        for (;;) {
          const after = found.at(-1)
          const page = await store.list(ALL, after === undefined ? { limit } : { limit, after })
          assert.ok(page.length <= limit)
          found.push(...keysOf(page))
          if (page.length < limit) break
        }
        assert.deepEqual(found, keys)
      }
      assert.deepEqual(await store.list(ALL, { limit: 0 }), [])
    })

    check('a page starts after any key, present or not, inside or outside', async ({ store }) => {
      await store.commit(making([ONE, TWO]))
      const after = async (...segments: string[]): Promise<readonly RecordKey[]> =>
        keysOf(await store.list(ALL, { after: recordKeyOf(...segments), limit: 9 }))
      assert.deepEqual(await after('t', 'one'), [TWO])
      assert.deepEqual(await after('t', 'p'), [TWO])
      assert.deepEqual(await after('s', 'z'), [ONE, TWO])
      assert.deepEqual(await after('u', 'a'), [])
    })

    check('a prefix that does not end in a slash is a programming error', async ({ store }) => {
      await assert.rejects(store.list(ONE, { limit: 1 }), TypeError)
    })

    check('a record that has lost a half is read and listed with it empty', async (opened) => {
      const { store } = opened
      const keys = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => recordKeyOf('t', name))
      await store.commit(making(keys))
      await opened.loseHalf(recordKeyOf('t', 'a'), 'body')
      await opened.loseHalf(recordKeyOf('t', 'c'), 'witness')
      await opened.loseHalf(recordKeyOf('t', 'd'), 'body')
      const halves = (record: StoredRecord | undefined): string => {
        assert.equal(record?.version, 1)
        const { body, witness } = record
        return `${body.byteLength > 0 ? 'b' : '-'}${witness.byteLength > 0 ? 'w' : '-'}`
      }
      const wanted = ['-w', 'bw', 'b-', '-w', 'bw', 'bw']
      assert.deepEqual((await store.read(keys)).map(halves), wanted)
      for (const limit of [1, 2, 3, 4, 6]) {
        const page = await store.list(ALL, { limit })
        assert.deepEqual(keysOf(page), keys.slice(0, limit))
        assert.deepEqual(page.map(halves), wanted.slice(0, limit))
      }
    })

    test('a half record is checked, overwritten and deleted like a whole one', async () => {
      let opened = await open()
      try {
        await opened.store.commit(making([ONE, TWO]))
        await opened.loseHalf(ONE, 'body')
        await opened.loseHalf(TWO, 'witness')
        // A durable store takes no change after somebody else has written to it.
        opened = await opened.reopen()
        const { store } = opened
        await assert.rejects(store.commit(making([ONE])), (thrown) => isFault(thrown, 'Conflict'))
        const change = changeOf({ put: [[ONE, 1, 'whole again']], delete: [[TWO, 1]] })
        await store.commit(change)
        assert.deepEqual(await store.read([ONE, TWO]), [...change.puts, undefined])
      } finally {
        await opened.close()
      }
    })
  })
}

function making(keys: readonly RecordKey[]): Change {
  return changeOf({ put: keys.map((key) => [key, 'absent', 'content'] as const) })
}

function keysOf(records: readonly StoredRecord[]): readonly RecordKey[] {
  return records.map(({ key }) => key)
}
