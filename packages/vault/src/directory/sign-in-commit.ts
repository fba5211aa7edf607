import { Fault, isFault } from '../fault.ts'
import { pauseAfter } from '../pause-after.ts'
import type { Seal } from '../seal/seal.ts'
import type { Store } from '../store/store.ts'
import { UnitOfWork } from '../unit-of-work.ts'

/** What one attempt has come to. */
export interface Attempted<Result> {
  readonly result: Result
  /** Audit entries, which go into the commit. */
  readonly audit: readonly string[]
  /** What may be done once alone (`Change.claims`). */
  readonly claims?: readonly string[]
}

/** A change that lost against another is tried again this often. */
const MAXIMUM_ATTEMPTS = 24

/**
 * Runs what a sign-in changes and commits it with its audit entries; on a conflict all of it begins
 * again, so that a code is redeemed once however many workers try.
 * @throws Fault StoreUnavailable, RequestReplayed, and what `attempt` throws.
 */
export async function committed<Result>(
  { store, seal }: { readonly store: Store; readonly seal: Seal },
  attempt: (unit: UnitOfWork) => Promise<Attempted<Result>>,
): Promise<Result> {
  for (let count = 1; ; count++) {
    const unit = new UnitOfWork(store, seal)
    const { result, audit, claims } = await attempt(unit)
    if (!unit.hasWrites && audit.length === 0) return result
    try {
      const change = await unit.change(audit)
      await store.commit(claims === undefined ? change : { ...change, claims })
      return result
    } catch (thrown) {
      if (!isFault(thrown, 'Conflict')) throw thrown
      if (count >= MAXIMUM_ATTEMPTS) {
        const reason = 'others change the same all the time'
        throw new Fault('StoreUnavailable', { reason }, { cause: thrown })
      }
      await pauseAfter(count)
    }
  }
}
