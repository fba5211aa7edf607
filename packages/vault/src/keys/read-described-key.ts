import { demandObjectName } from '../object-name.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import {
  deletedKeyKey,
  hasMaterial,
  keyKey,
  type DeletedKeyHead,
  type KeyHead,
  type KeyRef,
} from './key.ts'
import { keyNotFound } from './read-key.ts'

/** A key with all that is known of it, deleted ones among them. */
export interface DescribedKey {
  readonly head: KeyHead
  /** Present when it is deleted and can still be recovered. */
  readonly deletion?: { readonly deletedAt: EpochSeconds; readonly scheduledPurgeAt: EpochSeconds }
}

/**
 * Reads a key, whether it lives or waits for its destruction.
 * @throws Fault NameInvalid, ObjectNotFound
 */
export async function readDescribedKey(
  unit: UnitOfWork,
  vault: VaultRecord,
  key: KeyRef,
): Promise<DescribedKey> {
  demandObjectName(key.name)
  const [live, deleted] = await unit.getMany<unknown>([
    keyKey(vault, key.name),
    deletedKeyKey(vault, key.name),
  ])
  // What stands under these keys was written as these types.
  if (live !== undefined) return { head: live.meta as KeyHead }
  const found = deleted && describedKey(deleted.meta as DeletedKeyHead)
  if (found === undefined) throw keyNotFound(key)
  return found
}

/** What a record says of its key; `undefined` for one whose destruction has begun. */
export function describedKey(found: KeyHead | DeletedKeyHead): DescribedKey | undefined {
  if (!('deletedAt' in found)) return { head: found }
  const { deletedAt, scheduledPurgeAt, purging, ...head } = found
  return purging === true ? undefined : { head, deletion: { deletedAt, scheduledPurgeAt } }
}

/** The same key, with material that has expired counted as gone. */
export function describedAt({ head, ...more }: DescribedKey, now: EpochSeconds): DescribedKey {
  if (hasMaterial(head.current, now)) return { head, ...more }
  return { head: { ...head, current: { ...head.current, awaitsMaterial: true } }, ...more }
}
