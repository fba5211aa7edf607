import { createSecretKey, randomFillSync, type KeyObject } from 'node:crypto'

/**
 * The root keys in force: one, or two while a rotation rewraps the data keys.
 * `sealVersion` is the version of the record `system/seal` they were read from. Every commit that
 * makes a data key checks it, so none is wrapped under a root key that a rotation is about to drop.
 */
export interface RootSet {
  readonly sealVersion: number
  /** The generation new data keys are wrapped under. */
  readonly current: number
  readonly keys: ReadonlyMap<number, KeyObject>
}

/** Octets of a root key and of a data key. */
export const KEY_BYTES = 32

const ENTRY_BYTES = 4 + KEY_BYTES

/** A new random key. */
export function randomKey(): KeyObject {
  const bytes = randomFillSync(Buffer.alloc(KEY_BYTES))
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}

/** `current(uint32) | (generation(uint32) | key(32))…`; the caller erases it. */
export function encodeRootKeys({ current, keys }: Pick<RootSet, 'current' | 'keys'>): Buffer {
  const bytes = Buffer.alloc(4 + keys.size * ENTRY_BYTES)
  bytes.writeUInt32BE(current, 0)
  let at = 4
  for (const [generation, key] of keys) {
    const keyBytes = key.export()
    bytes.writeUInt32BE(generation, at)
    bytes.set(keyBytes, at + 4)
    keyBytes.fill(0)
    at += ENTRY_BYTES
  }
  return bytes
}

/** Reads them back; `undefined` when the octets are not such a list with its current key in it. */
export function decodeRootKeys(bytes: Buffer): Pick<RootSet, 'current' | 'keys'> | undefined {
  if (bytes.byteLength < 4 || (bytes.byteLength - 4) % ENTRY_BYTES !== 0) return undefined
  const current = bytes.readUInt32BE(0)
  const keys = new Map<number, KeyObject>()
  for (let at = 4; at < bytes.byteLength; at += ENTRY_BYTES) {
    keys.set(bytes.readUInt32BE(at), createSecretKey(bytes.subarray(at + 4, at + ENTRY_BYTES)))
  }
  // Generations count from 1, so octets that were wiped are no root keys.
  return current > 0 && keys.has(current) ? { current, keys } : undefined
}
