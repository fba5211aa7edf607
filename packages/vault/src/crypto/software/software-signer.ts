import { sign as signMessage, verify as verifyMessage } from 'node:crypto'
import { SIGNATURES, type SignatureAlgorithm } from '../algorithms.ts'
import type { SignatureRow } from '../algorithm-rows.ts'
import { assertFit } from '../assert-fit.ts'
import type { KeyHandle } from '../provider.ts'
import { assertSignable } from './assert-lengths.ts'
import type { CallQueue } from './call-queue.ts'
import { ecdsaSign, ecdsaVerify } from './ecdsa.ts'
import { isMac, mac } from './hmac.ts'
import type { KeyRings } from './key-rings.ts'
import { modulusBytes } from './modulus-bytes.ts'
import { rsaSign } from './rsa.ts'

/** Signs and verifies: RSA private operations and slow curves on the thread pool, all else here. */
export class SoftwareSigner {
  readonly #rings: KeyRings
  readonly #queue: CallQueue

  constructor(rings: KeyRings, queue: CallQueue) {
    this.#rings = rings
    this.#queue = queue
  }

  async sign(
    handle: KeyHandle,
    algorithm: SignatureAlgorithm,
    digest: Uint8Array,
  ): Promise<Uint8Array> {
    const row: SignatureRow = SIGNATURES[algorithm]
    const blockBytes = this.#check(handle, algorithm, row, digest, 'value')
    switch (row.keyType) {
      case 'RSA':
        return this.#rings.usePrivate(handle, (key) =>
          rsaSign(key, this.#queue, row, digest, blockBytes),
        )
      case 'EC':
        return this.#rings.usePrivate(handle, (key) =>
          ecdsaSign(key, this.#queue, row, digest),
        )
      case 'OKP':
        return this.#rings.useOkp(handle, ({ keyObject }) => signMessage(null, digest, keyObject))
      case 'oct':
        return this.#rings.useOct(handle, ({ octets }) => mac(row, octets, digest))
    }
  }

  async verify(
    handle: KeyHandle,
    algorithm: SignatureAlgorithm,
    digest: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean> {
    const row: SignatureRow = SIGNATURES[algorithm]
    const blockBytes = this.#check(handle, algorithm, row, digest, 'digest')
    switch (row.keyType) {
      case 'RSA':
        // RFC 8017 §8.1.2 and §8.2.2, step 1. OpenSSL takes one without its leading zero octet.
        return this.#rings.usePublic(
          handle,
          (key) => signature.byteLength === blockBytes && key.verify(row, digest, signature),
        )
      case 'EC':
        return this.#rings.usePublic(handle, (key) =>
          ecdsaVerify(key, this.#queue, row, digest, signature),
        )
      case 'OKP':
        return this.#rings.useOkpPublic(handle, ({ keyObject }) =>
          verifyMessage(null, digest, keyObject, signature),
        )
      case 'oct':
        return this.#rings.useOct(handle, ({ octets }) => isMac(row, octets, digest, signature))
    }
  }

  #check(
    { spec }: KeyHandle,
    algorithm: string,
    row: SignatureRow,
    digest: Uint8Array,
    property: 'value' | 'digest',
  ): number {
    assertFit(spec, algorithm, row)
    const blockBytes = modulusBytes(spec)
    assertSignable(algorithm, row, digest, blockBytes, property)
    return blockBytes
  }
}
