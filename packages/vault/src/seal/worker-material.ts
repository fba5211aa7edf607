import { decodeRootKeys, encodeRootKeys, type RootSet } from './root-set.ts'
import { Secret } from './secret.ts'

const KEYS_AT = 8

/**
 * The unwrapped root keys as bytes for a worker process: `seal version(uint64) | root keys`. They
 * go over the channel between the processes and nowhere else; both sides wipe them after use.
 */
export function encodeWorkerMaterial(roots: RootSet): Secret {
  const keys = encodeRootKeys(roots)
  const bytes = Buffer.alloc(KEYS_AT + keys.byteLength)
  bytes.writeBigUInt64BE(BigInt(roots.sealVersion), 0)
  bytes.set(keys, KEYS_AT)
  keys.fill(0)
  return new Secret(bytes)
}

/**
 * Reads the material and wipes it.
 * @throws TypeError when it is not such material.
 */
export function decodeWorkerMaterial(material: Secret): RootSet {
  const bytes = Buffer.from(material.reveal())
  material.wipe()
  const keys = bytes.byteLength > KEYS_AT ? decodeRootKeys(bytes.subarray(KEYS_AT)) : undefined
  const sealVersion = keys && Number(bytes.readBigUInt64BE(0))
  bytes.fill(0)
  if (keys === undefined || sealVersion === undefined) throw new TypeError('not worker material')
  return { ...keys, sealVersion }
}
