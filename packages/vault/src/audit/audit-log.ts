import type { ChainHead } from './chain.ts'

/** One entry of the chain as it is kept. */
export interface ChainedEntry {
  readonly sequence: number
  /** The entry's JSON text, byte for byte as it was hashed. */
  readonly entry: string
  readonly hash: Uint8Array
}

/**
 * The side of a store that keeps the audit chain. Entries are appended by `Store.commit` alone;
 * here they are read, and pruned after an export.
 */
export interface AuditLog {
  /** Entries with a sequence number above `after`, in order. */
  entries(after: number, limit: number): Promise<readonly ChainedEntry[]>
  /** @throws Fault RecordCorrupt when the sealed head is missing or does not open. */
  head(): Promise<ChainHead>
  /** Removes entries up to and including `through`; the head keeps the hash they ended in. */
  prune(through: number): Promise<void>
}

/** Seals the chain's head; the committing process holds one. */
export interface HeadSealer {
  sealHead(head: Uint8Array): Uint8Array
  /** @throws Fault RecordCorrupt when it was not sealed here or was changed. */
  openHead(sealed: Uint8Array): Uint8Array
}
