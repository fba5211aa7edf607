import type { DatabaseSync, StatementSync } from 'node:sqlite'
import {
  append, Fault, type ChainHead, type Change, type RecordDigest, type RecordKey,
} from '@claviger/vault'

const put = (table: 'body' | 'witness'): string => `
  INSERT INTO ${table} (key, version, bytes) VALUES (?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET version = excluded.version, bytes = excluded.bytes`

const NOTHING = new Uint8Array(0)

/** The writer's prepared statements; each method runs inside the transaction of a group. */
export class WriteStatements {
  readonly #version: StatementSync
  readonly #putBody: StatementSync
  readonly #putWitness: StatementSync
  readonly #deleteBody: StatementSync
  readonly #deleteWitness: StatementSync
  readonly #addEntry: StatementSync
  readonly #entryHash: StatementSync
  readonly #deleteEntries: StatementSync
  readonly #moveHead: StatementSync
  readonly #beat: StatementSync
  readonly #probe: StatementSync
  readonly #undoProbe: StatementSync
  readonly #endProbe: StatementSync

  constructor(database: DatabaseSync) {
    this.#version = database.prepare(`
      SELECT coalesce(
        (SELECT version FROM body WHERE key = ?1), (SELECT version FROM witness WHERE key = ?1)
      ) + 0.0 AS version`)
    this.#putBody = database.prepare(put('body'))
    this.#putWitness = database.prepare(put('witness'))
    this.#deleteBody = database.prepare('DELETE FROM body WHERE key = ?')
    this.#deleteWitness = database.prepare('DELETE FROM witness WHERE key = ?')
    this.#addEntry = database.prepare('INSERT INTO audit VALUES (?, ?, ?)')
    this.#entryHash = database.prepare('SELECT hash FROM audit WHERE sequence = ?')
    this.#deleteEntries = database.prepare('DELETE FROM audit WHERE sequence <= ?')
    this.#moveHead = database.prepare(`
      INSERT INTO audit_head VALUES (1, ?)
      ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed`)
    this.#beat = database.prepare(`
      INSERT INTO heartbeat VALUES (1, 1)
      ON CONFLICT (id) DO UPDATE SET beats = beats + 1`)
    this.#probe = database.prepare('SAVEPOINT probe')
    this.#undoProbe = database.prepare('ROLLBACK TO probe')
    this.#endProbe = database.prepare('RELEASE probe')
  }

  /**
   * Writes one change, keeps the digest of the records current, and returns the chain's head after
   * it.
   * @throws Fault Conflict when a check does not hold; then nothing was written.
   */
  apply(change: Change, before: ChainHead, records: RecordDigest): ChainHead {
    const versions = new Map<RecordKey, unknown>()
    for (const { key, version } of change.checks) {
      if (this.#versionOf(key) !== version) throw new Fault('Conflict', {})
      versions.set(key, version)
    }
    const takeOut = (key: RecordKey, version: unknown): void => {
      if (typeof version === 'number') records.toggle({ key, version })
    }
    for (const { key, version, body, witness } of change.puts) {
      takeOut(key, versions.get(key))
      records.toggle({ key, version })
      this.#putBody.run(key, version, body)
      this.#putWitness.run(key, version, witness)
    }
    for (const key of change.deletes) {
      takeOut(key, versions.get(key) ?? this.#versionOf(key))
      this.#deleteBody.run(key)
      this.#deleteWitness.run(key)
    }
    let head = before
    for (const entry of change.audit) {
      const link = append(head, entry)
      this.#addEntry.run(link.sequence, entry, link.hash)
      head = link.head
    }
    return head
  }

  /**
   * Removes audit entries and returns the head that tells where the rest begins.
   * @throws Fault RecordCorrupt when the last of them is missing; then nothing was removed.
   */
  prune(through: number, before: ChainHead): ChainHead {
    const base = this.#entryHash.get(through)?.['hash']
    if (!(base instanceof Uint8Array)) {
      const record = `audit entry ${through}`
      throw new Fault('RecordCorrupt', { record, reason: 'it is missing' })
    }
    this.#deleteEntries.run(through)
    return { ...before, first: through + 1, base }
  }

  moveHead(sealed: Uint8Array): void {
    this.#moveHead.run(sealed)
  }

  /** Counts one beat, and shows that an audit entry could follow without leaving one. */
  beat({ count }: ChainHead): void {
    this.#beat.run()
    this.#probe.run()
    this.#addEntry.run(count + 1, '', NOTHING)
    this.#undoProbe.run()
    this.#endProbe.run()
  }

  #versionOf(key: RecordKey): unknown {
    return this.#version.get(key)?.['version'] ?? 'absent'
  }
}
