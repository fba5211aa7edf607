import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isFault } from '../fault.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { Change } from '../store/store.ts'
import { changeOf, type Intention } from './change-of.ts'
import { withStore, type ContractStore } from './contract-store.ts'

const ONE = recordKeyOf('t', 'one')
const TWO = recordKeyOf('t', 'two')
const THREE = recordKeyOf('t', 'three')
const ALL = prefixOf('t')

/** `ONE` stands at version 2 and `TWO` is absent; none of these may land then. */
const STALE: readonly (readonly [string, Intention])[] = [
  ['a record is absent that a check wants at a version', { check: [[TWO, 1]] }],
  ['a record exists that a check wants absent', { check: [[ONE, 'absent']] }],
  ['a record has moved on', { check: [[ONE, 1]] }],
  ['a record has not come that far', { check: [[ONE, 3]] }],
  ['a put replaces an older version', { put: [[ONE, 1, 'lost']] }],
  ['a put makes what exists', { put: [[ONE, 'absent', 'lost']] }],
  ['a delete wants another version', { delete: [[ONE, 1]] }],
]

/** What `Store.commit` must do to records; `storeContract` runs it. */
export function commitContract(name: string, open: () => Promise<ContractStore>): void {
  const check = (what: string, body: (opened: ContractStore) => Promise<void>): void => {
    test(what, () => withStore(open, body))
  }

  describe(`${name}: commit`, () => {
    check('a record counts its commits, from 1 again after it was absent', async ({ store }) => {
      const steps: readonly Intention[] = [
        { put: [[ONE, 'absent', 'x']] }, { put: [[ONE, 1, 'x']] }, { delete: [[ONE, 2]] },
        { put: [[ONE, 'absent', 'x']] },
      ]
      const versions: (number | undefined)[] = []
      for (const step of steps) {
        await store.commit(changeOf(step))
        versions.push((await store.read([ONE]))[0]?.version)
      }
      assert.deepEqual(versions, [1, 2, undefined, 1])
    })

    check('puts, deletes and checks land together', async ({ store }) => {
      await store.commit(changeOf({ put: [[ONE, 'absent', 'old'], [TWO, 'absent', 'old']] }))
      const change = changeOf({
        check: [[recordKeyOf('t', 'none'), 'absent']],
        put: [[TWO, 1, 'new'], [THREE, 'absent', 'new']],
        delete: [[ONE, 1]],
      })
      await store.commit(change)
      assert.deepEqual(await store.list(ALL, { limit: 9 }), change.puts.toReversed())
    })

    check('deleting what is absent, without a check, does nothing', async ({ store }) => {
      await store.commit({ checks: [], puts: [], deletes: [ONE], audit: [] })
      assert.deepEqual(await store.list(ALL, { limit: 9 }), [])
    })

    for (const [when, intention] of STALE) {
      check(`nothing is written, no audit entry either, when ${when}`, async ({ store, audit }) => {
        await store.commit(changeOf({ put: [[ONE, 'absent', 'first']] }))
        await store.commit(changeOf({ put: [[ONE, 1, 'second']], audit: ['{"n":1}'] }))
        const state = async (): Promise<object> => ({
          records: await store.list(ALL, { limit: 9 }),
          head: await audit.head(),
          entries: await audit.entries(0, 9),
        })
        const before = await state()
        const good = changeOf({ put: [[THREE, 'absent', 'good']], audit: ['{"n":2}'] })
        const stale = changeOf(intention)
        const both: Change = {
          checks: [...good.checks, ...stale.checks],
          puts: [...good.puts, ...stale.puts],
          deletes: stale.deletes,
          audit: good.audit,
        }
        await assert.rejects(store.commit(both), (thrown) => isFault(thrown, 'Conflict'))
        assert.deepEqual(await state(), before)
      })
    }

    check('a change that contradicts itself is a programming error', async ({ store, audit }) => {
      await store.commit(changeOf({ put: [[ONE, 'absent', 'content']] }))
      const [put] = changeOf({ put: [[ONE, 1, 'x']] }).puts
      assert.ok(put !== undefined)
      const checks = [{ key: ONE, version: 1 }]
      const nothing: Change = { checks, puts: [], deletes: [], audit: ['{}'] }
      const wrong: readonly Change[] = [
        { ...nothing, puts: [put, put] },
        { ...nothing, puts: [put], deletes: [ONE] },
        { ...nothing, deletes: [ONE, ONE] },
        { ...nothing, checks: [...checks, { key: ONE, version: 'absent' }] },
        { ...nothing, checks: [], puts: [put] },
        { ...nothing, puts: [{ ...put, version: 3 }] },
        { ...nothing, puts: [{ ...put, version: 1 }] },
        { ...nothing, puts: [{ ...put, witness: new Uint8Array(0) }] },
      ]
      for (const change of wrong) await assert.rejects(store.commit(change), TypeError)
      assert.equal((await store.read([ONE]))[0]?.version, 1)
      assert.equal((await audit.head()).count, 0)
    })

    check('of many that make one record one wins, the others conflict', async (opened) => {
      const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, n) =>
        opened.store.commit(changeOf({ put: [[ONE, 'absent', `${n}`]], audit: [`{"n":${n}}`] }))))
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
      assert.equal(lost.length, 39)
      assert.ok(lost.every(({ reason }) => isFault(reason, 'Conflict')))
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled')
      const entries = await opened.audit.entries(0, 99)
      assert.deepEqual(entries.map(({ entry }) => entry), [`{"n":${winner}}`])
      const [record] = await opened.store.read([ONE])
      assert.equal(Buffer.from(record?.body ?? []).toString(), `${winner}`)
    })

    check('changes of different records do not disturb each other', async ({ store }) => {
      const keys = Array.from({ length: 300 }, (_, index) => recordKeyOf('t', `n${index}`))
      await Promise.all(keys.map((key) => store.commit(changeOf({ put: [[key, 'absent', key]] }))))
      assert.equal((await store.list(ALL, { limit: 1000 })).length, 300)
    })

    test('what was acknowledged is there after reopening', async () => {
      let opened = await open()
      try {
        const put = [[ONE, 'absent', 'x'], [TWO, 'absent', 'x']] as const
        const change = changeOf({ put, audit: ['{}'] })
        await opened.store.commit(change)
        const head = await opened.audit.head()
        opened = await opened.reopen()
        assert.deepEqual(await opened.store.list(ALL, { limit: 9 }), change.puts)
        assert.deepEqual(await opened.audit.head(), head)
        await opened.store.commit(changeOf({ put: [[ONE, 1, 'more']], audit: ['{"n":2}'] }))
        const entries = await opened.audit.entries(0, 9)
        assert.deepEqual(entries.map(({ sequence }) => sequence), [1, 2])
      } finally {
        await opened.close()
      }
    })
  })
}
