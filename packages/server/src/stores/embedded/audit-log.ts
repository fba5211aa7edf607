import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite'
import {
  Fault, openStoreHead, type AuditLog, type ChainedEntry, type ChainHead, type HeadSealer,
} from '@claviger/vault'
import { storedHead } from './open-chain.ts'
import { databaseFile, openForReading } from './schema.ts'
import { storeUnavailable } from './store-unavailable.ts'

/**
 * Reads the audit chain, beside the writer or in a process of its own, also when nothing else runs.
 * Head and entries are read one after the other: who verifies takes the head first, and entries up
 * to it. What tampering has turned into another type is handed out as empty, so that it fails to
 * verify instead of stopping the walk.
 */
export class EmbeddedAuditLog implements AuditLog {
  readonly #database: DatabaseSync
  readonly #sealer: HeadSealer
  readonly #prune: ((through: number) => Promise<void>) | undefined
  readonly #entries: StatementSync

  /** @param prune asks the writer; without it the log is for reading only. */
  constructor(
    database: DatabaseSync,
    sealer: HeadSealer,
    prune?: (through: number) => Promise<void>,
  ) {
    this.#database = database
    this.#sealer = sealer
    this.#prune = prune
    this.#entries = database.prepare(`
      SELECT sequence + 0.0 AS sequence, entry, hash FROM audit
      WHERE audit.sequence > ? ORDER BY audit.sequence LIMIT ?`)
  }

  /** Opens the log of a data folder. @throws Fault StoreUnavailable when that fails. */
  static open(
    folder: string,
    sealer: HeadSealer,
    prune?: (through: number) => Promise<void>,
  ): EmbeddedAuditLog {
    const database = openForReading(databaseFile(folder))
    try {
      return new EmbeddedAuditLog(database, sealer, prune)
    } catch (cause) {
      database.close()
      throw storeUnavailable(cause)
    }
  }

  async entries(after: number, limit: number): Promise<readonly ChainedEntry[]> {
    try {
      return this.#entries.all(after, limit).map(entryOf)
    } catch (cause) {
      throw storeUnavailable(cause)
    }
  }

  async head(): Promise<ChainHead> {
    let sealed: Uint8Array | undefined
    try {
      sealed = storedHead(this.#database)
    } catch (cause) {
      throw storeUnavailable(cause)
    }
    return openStoreHead(this.#sealer, sealed).chain
  }

  async prune(through: number): Promise<void> {
    if (this.#prune === undefined) {
      throw new Fault('StoreUnavailable', { reason: 'the audit log is open for reading only' })
    }
    const { count } = await this.head()
    if (through > count) throw new RangeError('there is no such audit entry yet')
    await this.#prune(through)
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close()
  }
}

function entryOf({ sequence, entry, hash }: Record<string, SQLOutputValue>): ChainedEntry {
  return {
    sequence: Number(sequence),
    entry: typeof entry === 'string' ? entry : '',
    hash: hash instanceof Uint8Array ? hash : new Uint8Array(0),
  }
}
