import { isFault } from '../fault.ts'
import type { Seal } from '../seal/seal.ts'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf } from '../store/record-key.ts'
import type { Store } from '../store/store.ts'
import type { EpochSeconds } from '../time.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { expiryOf, type TicketKind } from './ticket.ts'

/** As many expired records go at a time as come in a burst: there are never many of them. */
const FORGOTTEN_AT_A_TIME = 64

/**
 * Deletes the records of tickets that nobody can use any more, as new ones come. They go in commits
 * of their own: all who come at a time see the same, and none of them is to fail because of it.
 */
export class ExpiredTickets {
  readonly #ports: { readonly store: Store; readonly seal: Seal }
  readonly #underWay = new Set<string>()

  constructor(ports: { readonly store: Store; readonly seal: Seal }) {
    this.#ports = ports
  }

  /**
   * Deletes a few that have been of no use since a time.
   * @param withKey the keys of what goes along with a record.
   */
  async forget(
    tenant: string,
    kind: TicketKind,
    since: EpochSeconds,
    withKey: (unit: UnitOfWork, key: RecordKey) => Promise<readonly RecordKey[]> = async () => [],
  ): Promise<void> {
    const prefix = prefixOf(tenant, kind)
    if (this.#underWay.has(prefix)) return
    this.#underWay.add(prefix)
    try {
      await this.#forget(prefix, since, withKey)
    } catch (thrown) {
      // Another process was quicker.
      if (!isFault(thrown, 'Conflict')) throw thrown
    } finally {
      this.#underWay.delete(prefix)
    }
  }

  async #forget(
    prefix: RecordKey,
    since: EpochSeconds,
    withKey: (unit: UnitOfWork, key: RecordKey) => Promise<readonly RecordKey[]>,
  ): Promise<void> {
    const { store, seal } = this.#ports
    const unit = new UnitOfWork(store, seal)
    const isOver = (key: RecordKey): boolean => expiryOf(prefix, key) < since
    // They are in the order of their times: mostly a look at one tells that nothing is to be done.
    if (!(await unit.keys(prefix, { limit: 1 })).some(isOver)) return
    const keys = await unit.keys(prefix, { limit: FORGOTTEN_AT_A_TIME })
    for (const key of keys.filter(isOver)) {
      for (const one of [key, ...(await withKey(unit, key))]) {
        await unit.claimOne(one)
        unit.delete(one)
      }
    }
    if (unit.hasWrites) await store.commit(await unit.change([]))
  }
}
