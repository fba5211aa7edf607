import { changeDues, type DueTimes } from '../change-dues.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { addDuration, subtractDuration } from './duration.ts'
import type { DeletedKeyHead, KeyHead } from './key.ts'
import { DEFAULT_ROTATION_POLICY, storedDuration, type LifetimeAction } from './rotation-policy.ts'

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
  if (current.external === true && type === 'Rotate') return undefined
  if (action.timeAfterCreate !== undefined) {
    return addDuration(current.created, storedDuration(action.timeAfterCreate))
  }
  if (action.timeBeforeExpiry === undefined || current.expires === undefined) return undefined
  return Math.max(0, subtractDuration(current.expires, storedDuration(action.timeBeforeExpiry)))
}

/** Brings the scheduler's entries of a key in line with a change of it, in the same commit. */
export async function changeKeyDues(
  unit: UnitOfWork,
  vault: VaultRecord,
  before: KeyHead | DeletedKeyHead | undefined,
  after: KeyHead | DeletedKeyHead | undefined,
): Promise<void> {
  const { name } = (after ?? before)?.current ?? {}
  if (name !== undefined) await changeDues(unit, vault, name, duesOf(before), duesOf(after))
}

function duesOf(head: KeyHead | DeletedKeyHead | undefined): DueTimes {
  if (head === undefined) return {}
  if ('scheduledPurgeAt' in head) return { purgeKey: head.scheduledPurgeAt }
  return {
    rotateKey: actionTime(head, 'Rotate'),
    notifyKeyExpiry: actionTime(head, 'Notify'),
    forgetKeyMaterial: head.current.materialExpires,
  }
}
