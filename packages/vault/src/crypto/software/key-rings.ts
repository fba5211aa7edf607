import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { Fault } from '../../fault.ts'
import type { PublicKey } from '../key-spec.ts'
import type { KeyHandle } from '../provider.ts'
import { publicKeyDer } from '../public-key-der.ts'
import { EvpKey } from './evp-key.ts'
import { HeldKeys } from './held-keys.ts'
import { OctKey } from './oct-key.ts'
import { OkpKey } from './okp-key.ts'
import type { Openssl } from './openssl.ts'

/**
 * Every key that is ready for use, by what can be done with it. Public halves are loaded from what
 * the handle says, so verifying and encrypting never ask for the material.
 */
export class KeyRings {
  readonly #openssl: Openssl
  readonly #private: HeldKeys<EvpKey>
  readonly #public: HeldKeys<EvpKey>
  readonly #okp: HeldKeys<OkpKey>
  readonly #okpPublic: HeldKeys<OkpKey>
  readonly #oct: HeldKeys<OctKey>

  /** @param limit how many keys each of the rings holds. */
  constructor(openssl: Openssl, limit: number) {
    this.#openssl = openssl
    this.#private = new HeldKeys(limit)
    this.#public = new HeldKeys(limit)
    this.#okp = new HeldKeys(limit)
    this.#okpPublic = new HeldKeys(limit)
    this.#oct = new HeldKeys(limit)
  }

  usePrivate<T>(handle: KeyHandle, use: (key: EvpKey) => T | Promise<T>): Promise<T> {
    return this.#private.use(handle.id, () => this.#loadPrivate(handle), use)
  }

  usePublic<T>(handle: KeyHandle, use: (key: EvpKey) => T | Promise<T>): Promise<T> {
    return this.#public.use(handle.id, () => this.#loadPublic(handle), use)
  }

  useOkp<T>(handle: KeyHandle, use: (key: OkpKey) => T | Promise<T>): Promise<T> {
    return this.#okp.use(handle.id, () => loadOkp(handle), use)
  }

  useOkpPublic<T>(handle: KeyHandle, use: (key: OkpKey) => T | Promise<T>): Promise<T> {
    return this.#okpPublic.use(handle.id, async () => new OkpKey(publicKeyObject(handle)), use)
  }

  useOct<T>(handle: KeyHandle, use: (key: OctKey) => T | Promise<T>): Promise<T> {
    return this.#oct.use(handle.id, () => loadOct(handle), use)
  }

  forget({ id }: KeyHandle): void {
    for (const ring of this.#all()) ring.forget(id)
  }

  clear(): void {
    for (const ring of this.#all()) ring.clear()
  }

  #all(): readonly Pick<HeldKeys<EvpKey>, 'forget' | 'clear'>[] {
    return [this.#private, this.#public, this.#okp, this.#okpPublic, this.#oct]
  }

  async #loadPrivate(handle: KeyHandle): Promise<EvpKey> {
    const key = await withMaterial(handle, (der) => EvpKey.fromPrivate(this.#openssl, der))
    return fitting(handle, key)
  }

  async #loadPublic(handle: KeyHandle): Promise<EvpKey> {
    const spki = publicKeyDer(publicHalf(handle))
    return fitting(handle, EvpKey.fromPublic(this.#openssl, spki))
  }
}

/**
 * The key, when it is what its handle says: OpenSSL fills buffers of the size of an RSA key, and
 * goes by the key, not by the algorithm asked for, when it chooses between ECDSA and SM2.
 */
function fitting(handle: KeyHandle, key: EvpKey | undefined): EvpKey {
  if (key === undefined) return corrupt(handle)
  const { spec } = handle
  const isFit =
    spec.type === 'RSA'
      ? key.bits === spec.bits
      : key.isSm2 === (spec.type === 'EC' && spec.curve === 'SM2')
  if (isFit) return key
  key.leave()
  return corrupt(handle)
}

function publicHalf(handle: KeyHandle): PublicKey {
  return handle.publicKey ?? corrupt(handle)
}

function publicKeyObject(handle: KeyHandle): KeyObject {
  return createPublicKey({ key: { ...publicHalf(handle) }, format: 'jwk' })
}

function loadOkp(handle: KeyHandle): Promise<OkpKey> {
  return withMaterial(handle, (bytes) => {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return new OkpKey(createPrivateKey({ key, type: 'pkcs8', format: 'der' }))
  })
}

function loadOct(handle: KeyHandle): Promise<OctKey> {
  return withMaterial(handle, (bytes) => {
    const isFit = 'bits' in handle.spec && bytes.byteLength * 8 === handle.spec.bits
    return isFit ? new OctKey(Uint8Array.from(bytes)) : corrupt(handle)
  })
}

async function withMaterial<Key>(handle: KeyHandle, use: (bytes: Uint8Array) => Key): Promise<Key> {
  const material = await handle.load()
  try {
    return use(material.reveal())
  } finally {
    material.wipe()
  }
}

function corrupt({ id }: KeyHandle): never {
  throw new Fault('RecordCorrupt', { record: id, reason: 'its key cannot be read' })
}
