import { argon2, createSecretKey, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'
import { Fault } from '../fault.ts'
import { deriveKey } from './derive-key.ts'
import { KEY_BYTES } from './root-set.ts'
import type { Argon2Parameters, SealHeader } from './seal-header.ts'
import type { SealMaterial } from './seal-material.ts'

/** The key that wraps the root keys, and the header that says which it is. */
export interface SealKey {
  readonly key: KeyObject
  readonly header: SealHeader
}

// RFC 9106 §4, the second recommended choice: 64 MiB, so that a start fits in a container of
// 256 MiB, and a third of a second. The parameters are stored with each seal, so raising them here
// needs no migration: the next change of the seal takes them.
const COST = { memoryKiB: 65_536, passes: 3, parallelism: 4 } as const
const SALT_BYTES = 16
const KEY_ID_BYTES = 16

/** A seal key for a store that is sealed with this material from now on. */
export async function newSealKey(material: SealMaterial): Promise<SealKey> {
  if (material.kind === 'file') {
    const key = keyFromFile(material)
    return { key, header: { kind: 'file', keyId: keyIdOf(key).toString('hex') } }
  }
  const argon2id = { ...COST, salt: randomBytes(SALT_BYTES).toString('base64url') }
  const key = await keyFromPassphrase(material, argon2id)
  return { key, header: { kind: 'passphrase', keyId: keyIdOf(key).toString('hex'), argon2id } }
}

/**
 * The seal key of a store that was sealed before.
 * @throws Fault UnsealFailed when the material is not what it was sealed with.
 */
export async function sealKeyFor(material: SealMaterial, header: SealHeader): Promise<SealKey> {
  if (material.kind !== header.kind) {
    throw new Fault('UnsealFailed', {
      reason:
        header.kind === 'file'
          ? 'the store is sealed with a root key file, but a passphrase was given'
          : 'the store is sealed with a passphrase, but a root key file was given',
    })
  }
  const key =
    header.kind === 'file'
      ? keyFromFile(material)
      : await keyFromPassphrase(material, header.argon2id)
  if (!timingSafeEqual(keyIdOf(key), Buffer.from(header.keyId, 'hex'))) {
    throw new Fault('UnsealFailed', {
      reason:
        header.kind === 'file'
          ? 'the root key file is not the one this store is sealed with; give the one made with it'
          : 'the passphrase is wrong for this store, or its seal record was changed',
    })
  }
  return { key, header }
}

function keyFromFile({ secret }: SealMaterial): KeyObject {
  if (secret.byteLength !== KEY_BYTES) {
    throw new Fault('UnsealFailed', { reason: `a root key has ${KEY_BYTES} octets` })
  }
  return createSecretKey(secret.reveal())
}

function keyFromPassphrase({ secret }: SealMaterial, cost: Argon2Parameters): Promise<KeyObject> {
  const { promise, resolve, reject } = Promise.withResolvers<KeyObject>()
  const parameters = {
    message: secret.reveal(),
    nonce: Buffer.from(cost.salt, 'base64url'),
    memory: cost.memoryKiB,
    passes: cost.passes,
    parallelism: cost.parallelism,
    tagLength: KEY_BYTES,
  }
  argon2('argon2id', parameters, (error, bytes) => {
    if (error !== null) {
      const reason = `Argon2id did not run with ${cost.memoryKiB} KiB; give the process more memory`
      return reject(new Fault('UnsealFailed', { reason }, { cause: error }))
    }
    const key = createSecretKey(bytes)
    bytes.fill(0)
    resolve(key)
  })
  return promise
}

/** Tells seal keys apart without telling anything of them: a value derived from the key. */
function keyIdOf(key: KeyObject): Buffer {
  return deriveKey(key, 'claviger seal key id 1', new Uint8Array(0)).subarray(0, KEY_ID_BYTES)
}
