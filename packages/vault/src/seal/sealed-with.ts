import type { Store } from '../store/store.ts'
import type { SealType } from './seal-material.ts'
import { readSealHeader, SEAL_RECORD } from './seal-record.ts'

/**
 * What a store is sealed with, `undefined` when it has no seal yet. Needs no key, so the answer is
 * not authenticated before `unseal`.
 * @throws Fault RecordCorrupt when its seal record is not one.
 */
export async function sealedWith(store: Store): Promise<SealType | undefined> {
  const [record] = await store.read([SEAL_RECORD])
  return record && readSealHeader(record).kind
}
