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
   * Makes sure that the data keys are at hand; a promise only when one must be loaded or made.
   *
   * Give it keys before sealing: a data key that is missing is made and stored, so only keys below
   * a tenant or vault that exists, never what a stranger typed. Give it records before opening:
   * nothing is made, and the generation that another process may have made meanwhile is read.
   */
  prepare(wanted: readonly (RecordKey | StoredRecord)[]): Promise<void> | undefined
  /** Seals what `prepare` was given the key of. */
  seal(
    key: RecordKey,
    version: number,
    content: Content,
  ): { readonly body: Sealed; readonly witness: Uint8Array }
  /**
   * Opens a record that `prepare` was given, or whose key it was given.
   * @throws Fault RecordCorrupt, naming the record, when it was moved, swapped, cut, changed or put
   *   back.
   */
  open(record: StoredRecord): Content

  /**
   * Seals bytes that leave the server (a backup) under the data key of `scope`, bound to scope and
   * purpose. What must outlive a vault belongs into its tenant's scope.
   */
  sealBlob(scope: string, purpose: string, bytes: Uint8Array): Promise<Uint8Array>
  /** @throws Fault RecordCorrupt when it was changed, or not sealed here for scope and purpose. */
  openBlob(scope: string, purpose: string, blob: Uint8Array): Promise<Uint8Array>
}
