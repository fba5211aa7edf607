import { createHash } from 'node:crypto'

/**
 * The hash chain of audit entries: each hash covers the one before, the position and the entry, so
 * that a changed, dropped or reordered entry no longer fits; the head (count and hash), sealed and
 * kept apart, shows a cut tail.
 */
export interface ChainHead {
  /** How many entries were ever appended; the last entry has this sequence number. */
  readonly count: number
  /** Hash of the last entry, 32 bytes. */
  readonly hash: Uint8Array
  /** Sequence number of the first entry that is still kept; entries before it were pruned. */
  readonly first: number
  /** Hash of the entry before `first`, 32 bytes, to verify the rest against after pruning. */
  readonly base: Uint8Array
}

const ZERO = new Uint8Array(32)

/** The head of a chain without entries. */
export const EMPTY_CHAIN: ChainHead = { count: 0, hash: ZERO, first: 1, base: ZERO }

/** SHA-256 over the previous hash, the sequence number (8 octets, big endian) and the entry. */
export function linkHash(previous: Uint8Array, sequence: number, entry: string): Uint8Array {
  const position = Buffer.alloc(8)
  position.writeBigUInt64BE(BigInt(sequence))
  return createHash('sha256').update(previous).update(position).update(entry, 'utf8').digest()
}

/** Appends one entry. */
export function append(
  head: ChainHead,
  entry: string,
): { readonly sequence: number; readonly hash: Uint8Array; readonly head: ChainHead } {
  const sequence = head.count + 1
  const hash = linkHash(head.hash, sequence, entry)
  return { sequence, hash, head: { ...head, count: sequence, hash } }
}

const HEAD_BYTES = 80

/** The head as 80 octets: count, first (8 each, big endian), hash, base. */
export function encodeHead(head: ChainHead): Uint8Array {
  const bytes = Buffer.alloc(HEAD_BYTES)
  bytes.writeBigUInt64BE(BigInt(head.count), 0)
  bytes.writeBigUInt64BE(BigInt(head.first), 8)
  bytes.set(head.hash, 16)
  bytes.set(head.base, 48)
  return bytes
}

/** @throws RangeError when the bytes are not a head. */
export function decodeHead(bytes: Uint8Array): ChainHead {
  if (bytes.byteLength !== HEAD_BYTES) throw new RangeError(`a chain head has ${HEAD_BYTES} octets`)
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    count: Number(view.readBigUInt64BE(0)),
    first: Number(view.readBigUInt64BE(8)),
    hash: view.subarray(16, 48),
    base: view.subarray(48, 80),
  }
}
