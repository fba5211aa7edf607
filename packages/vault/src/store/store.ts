import type { Sealed } from '../seal/sealed.ts'
import type { RecordKey } from './record-key.ts'

/**
 * A sealed record as a store keeps it.
 *
 * The body and its witness (the authentication tag of the seal) are kept apart: in two tables, two
 * maps. A body put back alone, a body taken away alone, or a witness likewise no longer fit each
 * other, and the seal notices; were they one row, an old row would be as good as the new one.
 * `body` or `witness` is empty when the store finds only the other half.
 */
export interface StoredRecord {
  readonly key: RecordKey
  /** One more with each commit that writes the record; a new record begins anywhere above 0. */
  readonly version: number
  readonly body: Sealed
  readonly witness: Uint8Array
}

/** What must still be so when a change is committed. */
export interface Check {
  readonly key: RecordKey
  readonly version: number | 'absent'
}

/** A record to write; its version is one more than the one that was checked, any when it was absent. */
export type Put = StoredRecord

/** One unit of change: all of it lands in one durable commit, or nothing. */
export interface Change {
  readonly checks: readonly Check[]
  readonly puts: readonly Put[]
  readonly deletes: readonly RecordKey[]
  /**
   * Audit entries as JSON text, appended to the hash chain in the same commit and in this order.
   * They may stand in clear, so they hold no value, key material or token.
   */
  readonly audit: readonly string[]
  /**
   * What may be done once alone: each is 16 octets in base64url (`replayClaim`). They are claimed
   * when the change lands and not otherwise, and remembered for half an hour or more, as long as the
   * process that writes lives (`Vault.claimsSince`).
   */
  readonly claims?: readonly string[]
}

/**
 * Keeps sealed records: three verbs, no queries but prefixes, optimistic versions, no held
 * transactions. A store knows no secret, vault or tenant. Every implementation passes
 * `testing/store.contract.ts`.
 */
export interface Store {
  /** Reads records as of one instant; `undefined` where there is neither a body nor a witness. */
  read(keys: readonly RecordKey[]): Promise<readonly (StoredRecord | undefined)[]>

  /**
   * Records under `prefix` (which ends in `/`) in key order, at most `limit`, starting after the
   * key `after`, as of one instant. A record of which only one half is left is listed too.
   */
  list(prefix: RecordKey, page: { readonly after?: RecordKey; readonly limit: number }): Promise<readonly StoredRecord[]>

  /**
   * Commits a change durably before it resolves. What one process has committed, every process
   * reads from then on.
   * @throws Fault Conflict when a check no longer holds: nothing was written.
   * @throws Fault RequestReplayed when a claim was made before: nothing was written.
   * @throws Fault StoreUnavailable when it could not be made durable: nothing was written.
   */
  commit(change: Change): Promise<void>
}
