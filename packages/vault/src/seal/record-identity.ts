import type { RecordKey } from '../store/record-key.ts'

/**
 * What a sealed record is bound to: `key | 0x00 | version(uint64)`. A key has no zero octet, so two
 * records never have the same identity.
 */
export function recordIdentity(key: RecordKey, version: number): Uint8Array {
  const keyBytes = Buffer.byteLength(key)
  const identity = Buffer.alloc(keyBytes + 9)
  identity.write(key, 0)
  identity.writeBigUInt64BE(BigInt(version), keyBytes + 1)
  return identity
}
