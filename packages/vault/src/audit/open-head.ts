import { Fault, isFault } from '../fault.ts'
import type { HeadSealer } from './audit-log.ts'
import { decodeHead, type ChainHead } from './chain.ts'

/**
 * Opens a sealed chain head as a store has kept it.
 * @throws Fault RecordCorrupt, naming `audit head`, when it is missing, is none or does not open.
 */
export function openHead(sealer: HeadSealer, sealed: Uint8Array | undefined): ChainHead {
  return openHeadWith(sealer, sealed, decodeHead)
}

/**
 * Opens whatever a store seals as its head.
 * @param decode throws RangeError for bytes that are none.
 * @throws Fault RecordCorrupt as `openHead`.
 */
export function openHeadWith<Head>(
  sealer: HeadSealer,
  sealed: Uint8Array | undefined,
  decode: (bytes: Uint8Array) => Head,
): Head {
  if (sealed === undefined) {
    throw new Fault('RecordCorrupt', { record: 'audit head', reason: 'it is missing' })
  }
  try {
    return decode(sealer.openHead(sealed))
  } catch (cause) {
    const reason = isFault(cause, 'RecordCorrupt') ? cause.detail.reason : 'it does not open'
    throw new Fault('RecordCorrupt', { record: 'audit head', reason }, { cause })
  }
}
