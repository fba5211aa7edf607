import { Fault } from '../../fault.ts'
import {
  ENCRYPTIONS,
  WRAPS,
  type EncryptionAlgorithm,
  type WrapAlgorithm,
} from '../algorithms.ts'
import type {
  EncryptionRow,
  RsaEncryptionRow,
  Sm2EncryptionRow,
  WrapRow,
} from '../algorithm-rows.ts'
import { assertFit } from '../assert-fit.ts'
import type { CipherInput, CipherOutput, KeyHandle, PlainInput } from '../provider.ts'
import { assertCipherInput, assertPlainInput } from './assert-lengths.ts'
import {
  decryptBlocks,
  decryptGcm,
  encryptBlocks,
  encryptGcm,
  unwrapKey,
  wrapKey,
} from './block-ciphers.ts'
import type { CallQueue } from './call-queue.ts'
import type { KeyRings } from './key-rings.ts'
import { modulusBytes } from './modulus-bytes.ts'
import { rsaDecrypt, rsaEncrypt } from './rsa.ts'
import { sm2Decrypt, sm2Encrypt } from './sm2.ts'

/** Encrypts and wraps: RSA private operations and SM2 on the thread pool, all else here. */
export class SoftwareCipher {
  readonly #rings: KeyRings
  readonly #queue: CallQueue

  constructor(rings: KeyRings, queue: CallQueue) {
    this.#rings = rings
    this.#queue = queue
  }

  async encrypt(
    handle: KeyHandle,
    algorithm: EncryptionAlgorithm,
    input: PlainInput,
  ): Promise<CipherOutput> {
    const row: EncryptionRow = ENCRYPTIONS[algorithm]
    checkPlain(handle, algorithm, row, input)
    if (row.keyType === 'RSA') return this.#encryptRsa(handle, row, input)
    if (row.keyType === 'EC') return this.#encryptSm2(handle, row, input)
    return this.#rings.useOct(handle, ({ octets }) =>
      row.mode === 'gcm' ? encryptGcm(row, octets, input) : encryptBlocks(row, octets, input),
    )
  }

  async decrypt(
    handle: KeyHandle,
    algorithm: EncryptionAlgorithm,
    input: CipherInput,
  ): Promise<Uint8Array> {
    const row: EncryptionRow = ENCRYPTIONS[algorithm]
    assertFit(handle.spec, algorithm, row)
    assertCipherInput(row, input)
    if (row.keyType === 'RSA') return this.#decryptRsa(handle, algorithm, row, input)
    if (row.keyType === 'EC') {
      return this.#rings.usePrivate(handle, (key) =>
        sm2Decrypt(key, this.#queue, algorithm, row, input.ciphertext),
      )
    }
    const plaintext = await this.#rings.useOct(handle, ({ octets }) =>
      row.mode === 'gcm' ? decryptGcm(row, octets, input) : decryptBlocks(row, octets, input),
    )
    return plaintext ?? failed(algorithm)
  }

  async wrap(
    handle: KeyHandle,
    algorithm: WrapAlgorithm,
    input: PlainInput,
  ): Promise<CipherOutput> {
    const row: WrapRow = WRAPS[algorithm]
    checkPlain(handle, algorithm, row, input)
    if (row.keyType === 'RSA') return this.#encryptRsa(handle, row, input)
    return this.#rings.useOct(handle, ({ octets }) => ({
      ciphertext: wrapKey(row, octets, input.plaintext),
    }))
  }

  async unwrap(
    handle: KeyHandle,
    algorithm: WrapAlgorithm,
    input: CipherInput,
  ): Promise<Uint8Array> {
    const row: WrapRow = WRAPS[algorithm]
    assertFit(handle.spec, algorithm, row)
    assertCipherInput(row, input)
    if (row.keyType === 'RSA') return this.#decryptRsa(handle, algorithm, row, input)
    const plaintext = await this.#rings.useOct(handle, ({ octets }) =>
      unwrapKey(row, octets, input.ciphertext),
    )
    return plaintext ?? failed(algorithm)
  }

  #encryptRsa(
    handle: KeyHandle,
    row: RsaEncryptionRow,
    { plaintext }: PlainInput,
  ): Promise<CipherOutput> {
    const blockBytes = modulusBytes(handle.spec)
    return this.#rings.usePublic(handle, (key) => ({
      ciphertext: rsaEncrypt(key, row, plaintext, blockBytes),
    }))
  }

  async #encryptSm2(
    handle: KeyHandle,
    row: Sm2EncryptionRow,
    { plaintext }: PlainInput,
  ): Promise<CipherOutput> {
    const ciphertext = await this.#rings.usePublic(handle, (key) =>
      sm2Encrypt(key, this.#queue, row, plaintext),
    )
    return { ciphertext }
  }

  #decryptRsa(
    handle: KeyHandle,
    algorithm: string,
    row: RsaEncryptionRow,
    { ciphertext }: CipherInput,
  ): Promise<Uint8Array> {
    const blockBytes = modulusBytes(handle.spec)
    return this.#rings.usePrivate(handle, (key) =>
      rsaDecrypt(key, this.#queue, algorithm, row, ciphertext, blockBytes),
    )
  }
}

function checkPlain(
  { spec }: KeyHandle,
  algorithm: string,
  row: EncryptionRow | WrapRow,
  input: PlainInput,
): void {
  assertFit(spec, algorithm, row)
  assertPlainInput(row, input, modulusBytes(spec))
}

function failed(algorithm: string): never {
  throw new Fault('DecryptionFailed', { algorithm })
}
