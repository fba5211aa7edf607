import { dueKey, type Due } from '../due.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { addDuration, subtractDuration } from './duration.ts'
import type { DeletedKeyHead, KeyHead } from './key.ts'
import { DEFAULT_ROTATION_POLICY, storedDuration, type LifetimeAction } from './rotation-policy.ts'

const TASKS = { Rotate: 'rotateKey', Notify: 'notifyKeyExpiry' } as const

/**
 * When the policy wants something done with a key; `undefined` for never. A disabled key is left
 * alone, since a rotation would put an enabled version in the place of one that was withdrawn; so
 * is a key of a certificate, which is renewed with it.
 */
export function actionTime(
  { current, rotationPolicy = DEFAULT_ROTATION_POLICY }: KeyHead,
  type: LifetimeAction['type'],
): EpochSeconds | undefined {
  const action = rotationPolicy.lifetimeActions.find((one) => one.type === type)
  if (action === undefined || !current.enabled || current.managed === true) return undefined
  if (action.timeAfterCreate !== undefined) {
    return addDuration(current.created, storedDuration(action.timeAfterCreate))
  }
  if (action.timeBeforeExpiry === undefined || current.expires === undefined) return undefined
  return Math.max(0, subtractDuration(current.expires, storedDuration(action.timeBeforeExpiry)))
}

/**
 * Brings the scheduler's entries of a key in line with a change of it, in the same commit. What is
 * due at the same time as before stays as it is: an entry that was done does not come back.
 */
export async function changeDues(
  unit: UnitOfWork,
  vault: VaultRecord,
  before: KeyHead | DeletedKeyHead | undefined,
  after: KeyHead | DeletedKeyHead | undefined,
): Promise<void> {
  const old = duesOf(vault, before)
  const next = duesOf(vault, after)
  const gone = [...old.keys()].filter((key) => !next.has(key))
  const added = [...next].filter(([key]) => !old.has(key))
  if (gone.length + added.length === 0) return
  // Without opening what stands there: a damaged entry must not hold up a change of its key.
  for (const key of [...gone, ...added.map(([one]) => one)]) await unit.claimOne(key)
  for (const key of gone) unit.delete(key)
  for (const [key, due] of added) unit.put<Due>(key, { meta: due })
}

/** The entries that belong to a key in this state. */
function duesOf(
  vault: VaultRecord,
  head: KeyHead | DeletedKeyHead | undefined,
): ReadonlyMap<RecordKey, Due> {
  const dues = new Map<RecordKey, Due>()
  if (head === undefined) return dues
  const add = (task: Due['task'], at: EpochSeconds | undefined): void => {
    if (at === undefined) return
    const { name } = head.current
    const due: Due = { at, task, vault: vault.name, vaultId: vault.id, name }
    dues.set(dueKey(vault.tenant, due), due)
  }
  if ('scheduledPurgeAt' in head) add('purgeKey', head.scheduledPurgeAt)
  else for (const type of ['Rotate', 'Notify'] as const) add(TASKS[type], actionTime(head, type))
  return dues
}
