import type { DatabaseSync } from 'node:sqlite'
import {
  Fault, openStoreHead, type ChainHead, type HeadSealer, type StoreHead,
} from '@claviger/vault'

/** The sealed head in the database; `undefined` when it was taken away. */
export function storedHead(database: DatabaseSync): Uint8Array | undefined {
  const sealed = database.prepare('SELECT sealed FROM audit_head').get()?.['sealed']
  return sealed instanceof Uint8Array ? sealed : undefined
}

/**
 * Opens the audit chain of a database to go on with it: the head opens, the entries end where it
 * says, and none is missing against the copy of the head. It does not walk the whole chain.
 * @param mirrored the copy of the sealed head, if there is one.
 * @throws Fault RecordCorrupt, naming `audit head`.
 */
export function openChain(
  database: DatabaseSync,
  sealer: HeadSealer,
  mirrored: Uint8Array | undefined,
): StoreHead {
  const head = openStoreHead(sealer, storedHead(database))
  demandSameEnd(database, head.chain)
  if (mirrored !== undefined) demandNotBehind(database, head.chain, openMirror(sealer, mirrored))
  return head
}

function openMirror(sealer: HeadSealer, mirrored: Uint8Array): ChainHead {
  try {
    return openStoreHead(sealer, mirrored).chain
  } catch (cause) {
    throw corrupt('its copy beside the database does not open', cause)
  }
}

function demandSameEnd(database: DatabaseSync, head: ChainHead): void {
  const last = database
    .prepare(`
      SELECT sequence + 0.0 AS sequence, hash FROM audit
      ORDER BY audit.sequence DESC LIMIT 1`)
    .get()
  const isEmpty = head.first > head.count
  const isSame = isEmpty
    ? last === undefined && equal(head.hash, head.base)
    : last?.['sequence'] === head.count && equal(last['hash'], head.hash)
  if (!isSame) throw corrupt('the last audit entry is not the one that it names')
}

function demandNotBehind(database: DatabaseSync, head: ChainHead, copy: ChainHead): void {
  if (copy.count > head.count) {
    const missing = copy.count - head.count
    throw corrupt(`the database is older than the copy of the head: ${missing} entries are missing`)
  }
  const hash = copy.count === head.count ? head.hash : hashAt(database, head, copy.count)
  if (hash !== undefined && !equal(hash, copy.hash)) {
    throw corrupt(`the database has another entry ${copy.count} than its copy`)
  }
}

/** `undefined` where it was pruned. */
function hashAt(database: DatabaseSync, head: ChainHead, sequence: number): unknown {
  if (sequence < head.first) return undefined
  const row = database.prepare('SELECT hash FROM audit WHERE sequence = ?').get(sequence)
  return row?.['hash'] ?? null
}

function equal(found: unknown, wanted: Uint8Array): boolean {
  return found instanceof Uint8Array && Buffer.compare(found, wanted) === 0
}

function corrupt(reason: string, cause?: unknown): Fault<'RecordCorrupt'> {
  return new Fault('RecordCorrupt', { record: 'audit head', reason }, { cause })
}
