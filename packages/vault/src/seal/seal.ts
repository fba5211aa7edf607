import type { RecordKey } from '../store/record-key.ts'
import type { StoredRecord } from '../store/store.ts'
import type { Sealed } from './sealed.ts'
import type { Secret } from './secret.ts'

/** What a record holds: a JSON object, and a secret value kept out of it. */
export interface Content<Meta = unknown> {
  readonly meta: Meta
  readonly secret?: Secret
}

/** Seals records and opens them again; AEAD bound to the record's key and version. */
export interface Seal {
  /**
   * Makes sure that the data keys for these records are at hand; a promise only when one must be
   * loaded or made first.
   */
  prepare(keys: readonly RecordKey[]): Promise<void> | undefined
  seal(key: RecordKey, version: number, content: Content): { readonly body: Sealed; readonly witness: Uint8Array }
  /** @throws Fault RecordCorrupt, naming the record, when it was moved, swapped, cut, changed or put back. */
  open(record: StoredRecord): Content

  /**
   * Seals bytes that leave the server (a backup) under the data key of `scope`, bound to scope and
   * purpose.
   */
  sealBlob(scope: string, purpose: string, bytes: Uint8Array): Promise<Uint8Array>
  /** @throws Fault RecordCorrupt when it was not sealed here for this scope and purpose, or was changed. */
  openBlob(scope: string, purpose: string, blob: Uint8Array): Promise<Uint8Array>
}
