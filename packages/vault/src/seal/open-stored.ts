import type { KeyObject } from 'node:crypto'
import { Fault } from '../fault.ts'
import type { StoredRecord } from '../store/store.ts'
import { openEnvelope, type CorruptReason, type EnvelopeKind } from './envelope.ts'
import { recordIdentity } from './record-identity.ts'

/**
 * The plaintext of a stored record.
 * @throws Fault RecordCorrupt, naming the record, when it does not open.
 */
export function openStored(
  kind: EnvelopeKind,
  parentOf: (generation: number) => KeyObject | undefined,
  record: StoredRecord,
): Buffer {
  const identity = identityOf(record)
  const opened =
    identity === undefined
      ? 'authentication failed'
      : openEnvelope(kind, parentOf, identity, { body: record.body, tag: record.witness })
  if (typeof opened === 'string') throw recordCorrupt(record.key, opened)
  return opened
}

/** The fault for something that does not open. */
export function recordCorrupt(
  record: string,
  reason: CorruptReason,
  cause?: unknown,
): Fault<'RecordCorrupt'> {
  return new Fault('RecordCorrupt', { record, reason }, { cause })
}

/** `undefined` for a version that no commit gives: it was written from outside. */
export function identityOf(record: StoredRecord): Uint8Array | undefined {
  const { key, version } = record
  return Number.isSafeInteger(version) && version > 0 ? recordIdentity(key, version) : undefined
}
