import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { isFault } from '../fault.ts'
import { recordKeyOf } from '../store/record-key.ts'
import type { Change } from '../store/store.ts'
import { changeOf, type Intention } from './change-of.ts'
import { withStore, type ContractStore } from './contract-store.ts'

const ONE = recordKeyOf('t', 'one')

const newClaim = (): string => randomBytes(16).toString('base64url')
const claiming = (claims: readonly string[], intention: Intention = {}): Change => ({
  ...changeOf({ audit: ['{}'], ...intention }),
  claims,
})
const isReplay = (thrown: unknown): boolean => isFault(thrown, 'RequestReplayed')

/** What `Store.commit` must do with claims; `storeContract` runs it. */
export function claimsContract(name: string, open: () => Promise<ContractStore>): void {
  const check = (what: string, body: (opened: ContractStore) => Promise<void>): void => {
    test(what, () => withStore(open, body))
  }

  describe(`${name}: claims`, () => {
    check('what was claimed is not claimed again, and nothing of that lands', async (opened) => {
      const claim = newClaim()
      await opened.store.commit(claiming([claim]))
      const again = claiming([newClaim(), claim], { put: [[ONE, 'absent', 'lost']] })
      await assert.rejects(opened.store.commit(again), isReplay)
      assert.deepEqual(await opened.store.read([ONE]), [undefined])
      assert.equal((await opened.audit.head()).count, 1)
    })

    check('a change that is refused claims nothing', async ({ store }) => {
      const [used, free] = [newClaim(), newClaim()]
      await store.commit(claiming([used]))
      await assert.rejects(store.commit(claiming([free, used])), isReplay)
      const stale = claiming([free], { check: [[ONE, 1]] })
      await assert.rejects(store.commit(stale), (thrown) => isFault(thrown, 'Conflict'))
      await store.commit(claiming([free]))
      await assert.rejects(store.commit(claiming([free])), isReplay)
    })

    check('of many that claim the same at once one wins, the rest are replays', async (opened) => {
      const claim = newClaim()
      const outcomes = await Promise.allSettled(Array.from({ length: 40 }, (_, n) =>
        opened.store.commit(claiming([claim], { audit: [`{"n":${n}}`] }))))
      const lost = outcomes.filter((outcome) => outcome.status === 'rejected')
      assert.equal(lost.length, 39)
      assert.ok(lost.every(({ reason }) => isReplay(reason)))
      assert.equal((await opened.audit.head()).count, 1)
    })

    check('many that claim something else each land together', async ({ store, audit }) => {
      await Promise.all(Array.from({ length: 300 }, () => store.commit(claiming([newClaim()]))))
      assert.equal((await audit.head()).count, 300)
    })

    check('a claim of another form, or made twice, is a programming error', async (opened) => {
      const claim = newClaim()
      const wrong = [
        [''], ['x'], [`${claim}x`], [claim.slice(1)], [`${claim.slice(0, -1)}B`], [claim, claim],
      ]
      for (const claims of wrong) {
        await assert.rejects(opened.store.commit(claiming(claims)), TypeError)
      }
      assert.equal((await opened.audit.head()).count, 0)
    })
  })
}
