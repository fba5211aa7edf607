import { dueKey, type Due } from './due.ts'
import type { RecordKey } from './store/record-key.ts'
import type { EpochSeconds } from './time.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import type { VaultRecord } from './vaults/vault-record.ts'

/** When the scheduler has to do what with an object; a task without a time is not to be done. */
export type DueTimes = Partial<Readonly<Record<Due['task'], EpochSeconds | undefined>>>

/**
 * Brings the scheduler's entries of an object in line with a change of it, in the same commit. What is
 * due at the same time as before stays as it is: an entry that was done does not come back.
 */
export async function changeDues(
  unit: UnitOfWork,
  vault: VaultRecord,
  name: string,
  before: DueTimes,
  after: DueTimes,
): Promise<void> {
  const old = entriesOf(vault, name, before)
  const next = entriesOf(vault, name, after)
  const gone = [...old.keys()].filter((key) => !next.has(key))
  const added = [...next].filter(([key]) => !old.has(key))
  // Without opening what stands there: a damaged entry must not hold up a change of its object.
  for (const key of [...gone, ...added.map(([one]) => one)]) await unit.claimOne(key)
  for (const key of gone) unit.delete(key)
  for (const [key, due] of added) unit.put<Due>(key, { meta: due })
}

function entriesOf(
  vault: VaultRecord,
  name: string,
  times: DueTimes,
): ReadonlyMap<RecordKey, Due> {
  const entries = new Map<RecordKey, Due>()
  for (const [task, at] of Object.entries(times) as [Due['task'], EpochSeconds | undefined][]) {
    if (at === undefined) continue
    const due: Due = { at: Math.max(0, at), task, vault: vault.name, vaultId: vault.id, name }
    entries.set(dueKey(vault.tenant, due), due)
  }
  return entries
}
