import { throwIfAborted } from '../core/abortable.ts'
import { decodeBase64, encodeBase64url } from '../core/base64.ts'
import { defined } from '../core/defined.ts'
import { AccessDeniedError, BadRequestError, ResourceNotFoundError } from '../core/errors.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import {
  type EncryptionAlgorithm,
  type KeyKind,
  type KeyWrapAlgorithm,
  type SignatureAlgorithm,
  type SignatureRow,
  SIGNATURES,
} from './algorithms.ts'
import type {
  AesGcmDecryptParameters,
  DecryptParameters,
  DecryptResult,
  EncryptParameters,
  EncryptResult,
  SignResult,
  VerifyResult,
  WrapResult,
} from './cryptography-models.ts'
import { givenMaterial, type KeyMaterial, readMaterial } from './key-material.ts'
import type { JsonWebKey, KeyVaultKey } from './key-models.ts'
import {
  decryptLocally,
  digestOf,
  drawIv,
  encryptLocally,
  signLocally,
  unwrapLocally,
  verifyLocally,
  wrapLocally,
} from './local-cryptography.ts'
import { partsOfKeyUrl } from './object-id.ts'
import type { TokenCredential } from './token-credential.ts'
import {
  segment,
  VaultConnection,
  type VaultClientOptions,
  versionSegment,
} from './vault-connection.ts'

/** How a client of one key is made. */
export interface CryptographyClientOptions extends VaultClientOptions {}

interface WireResult {
  readonly kid?: string
  readonly value: string
  readonly iv?: string
  readonly tag?: string
  readonly aad?: string
}

interface Remote {
  readonly connection: VaultConnection
  /** Of the key, with a slash at its end. */
  readonly path: string
  /** Empty for the newest. */
  readonly version: string
  readonly vaultUrl: string
}

/**
 * Uses one key. What needs its public part alone (encryption, wrapping, verification of data) is
 * done here where WebCrypto can and the key may; everything else, and all that would be refused, is
 * asked of the service. Results and errors are the same. `Kind` decides which algorithms compile.
 *
 * Of a key without a version the newest is used: here, the one that was read up to five minutes ago,
 * and as long as it is known, the service is asked for that same version, so that a rotation parts
 * no two calls of one client. It is read again when it is disabled, out of its dates or no longer
 * there; encryption, wrapping and signing then use the newest at once.
 * Where nothing has been read, as when a client only signs, the service uses its newest. Give the
 * version that a result names (`keyID`) to open or verify something older.
 */
export class CryptographyClient<Kind extends KeyKind = KeyKind> {
  /** The key's id, as it was given; none for a key at hand that has none. */
  readonly keyID: string | undefined
  readonly #material: KeyMaterial
  readonly #remote: Remote | undefined

  /** Uses a key of a vault, by its id or as it is; the newest version when the id has none. */
  constructor(
    key: string | KeyVaultKey<Kind>,
    credential: TokenCredential,
    options?: CryptographyClientOptions,
  )
  /** Uses a key that is at hand, without any service. */
  constructor(key: JsonWebKey<Kind>)
  constructor(
    key: string | KeyVaultKey<Kind> | JsonWebKey<Kind>,
    credential?: TokenCredential,
    options?: CryptographyClientOptions,
  ) {
    const id = typeof key === 'string' ? key : 'properties' in key ? key.id : key.kid
    this.keyID = id
    this.#remote = credential && id !== undefined ? remoteOf(id, credential, options) : undefined
    if (typeof key !== 'string') this.#material = givenMaterial(key)
    else if (this.#remote === undefined) throw new TypeError('A key of a vault needs a credential.')
    else {
      const { connection, path, version } = this.#remote
      this.#material = readMaterial(connection, `${path}${version}`)
    }
  }

  /** The vault of the key; empty for one that is only at hand. */
  get vaultUrl(): string {
    return this.#remote?.vaultUrl ?? ''
  }

  /**
   * Encrypts. Up to 190 octets with RSA-OAEP-256 and 2048 bits, any number with AES.
   * @throws BadRequestError when the algorithm is not the key's, or there are too many octets.
   * @throws AccessDeniedError when the key is disabled, out of its dates, or not for this.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/encrypt
   * @see RFC 8017 §7
   */
  encrypt(parameters: EncryptParameters<Kind>, options?: OperationOptions): Promise<EncryptResult>
  encrypt(
    algorithm: EncryptionAlgorithm<Kind>,
    plaintext: Uint8Array,
    options?: OperationOptions,
  ): Promise<EncryptResult>
  async encrypt(
    first: EncryptParameters | EncryptionAlgorithm,
    second?: Uint8Array | OperationOptions,
    third?: OperationOptions,
  ): Promise<EncryptResult> {
    const isNamed = typeof first === 'string'
    const options = (isNamed ? third : (second as OperationOptions | undefined)) ?? {}
    const given = isNamed ? { algorithm: first, plaintext: second as Uint8Array } : first
    const { algorithm, plaintext } = given
    const isCbc = algorithm.includes('CBC')
    const iv = 'iv' in given && given.iv !== undefined ? given.iv : isCbc ? drawIv() : undefined
    const additionalAuthenticatedData =
      'additionalAuthenticatedData' in given ? given.additionalAuthenticatedData : undefined
    const beside = defined({ iv, additionalAuthenticatedData })
    const key = await this.#material.for('encrypt', options)
    const local = key && (await this.#tried(encryptLocally(key, algorithm, plaintext, beside)))
    if (local !== undefined) return { algorithm, ...local, ...this.#usedKey(key) }
    const body = {
      alg: algorithm,
      value: encodeBase64url(plaintext),
      ...encoded({ iv, aad: additionalAuthenticatedData }),
    }
    return this.#ask('encrypt', body, options, (wire) => ({
      algorithm,
      ...resultOf(wire),
      ...decoded({
        iv: wire.iv,
        authenticationTag: wire.tag,
        additionalAuthenticatedData: wire.aad,
      }),
    }))
  }

  /**
   * Decrypts.
   * @throws BadRequestError when it is not of this key, or was changed.
   * @throws AccessDeniedError when the key is disabled or not for this.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/decrypt
   * @see RFC 8017 §7
   */
  decrypt(parameters: DecryptParameters<Kind>, options?: OperationOptions): Promise<DecryptResult>
  decrypt(
    algorithm: EncryptionAlgorithm<Kind>,
    ciphertext: Uint8Array,
    options?: OperationOptions,
  ): Promise<DecryptResult>
  async decrypt(
    first: DecryptParameters | EncryptionAlgorithm,
    second?: Uint8Array | OperationOptions,
    third?: OperationOptions,
  ): Promise<DecryptResult> {
    const isNamed = typeof first === 'string'
    const options = (isNamed ? third : (second as OperationOptions | undefined)) ?? {}
    const given = isNamed ? { algorithm: first, ciphertext: second as Uint8Array } : first
    const { algorithm, ciphertext } = given
    const { iv, authenticationTag, additionalAuthenticatedData } =
      given as Partial<AesGcmDecryptParameters>
    const beside = defined({ iv, authenticationTag, additionalAuthenticatedData })
    if (this.#remote === undefined) {
      const key = await this.#material.for('decrypt', options)
      const result = key && (await this.#tried(decryptLocally(key, algorithm, ciphertext, beside)))
      if (result !== undefined) return { algorithm, result, ...this.#usedKey(key) }
    }
    const body = {
      alg: algorithm,
      value: encodeBase64url(ciphertext),
      ...encoded({ iv, tag: authenticationTag, aad: additionalAuthenticatedData }),
    }
    return this.#ask('decrypt', body, options, (wire) => ({ algorithm, ...resultOf(wire) }))
  }

  /**
   * Wraps another key's material.
   * @throws BadRequestError when the algorithm is not the key's, or there are too many octets.
   * @throws AccessDeniedError when the key is disabled, out of its dates, or not for this.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/wrap-key
   * @see RFC 7518 §4
   */
  async wrapKey(
    algorithm: KeyWrapAlgorithm<Kind>,
    key: Uint8Array,
    options: OperationOptions = {},
  ): Promise<WrapResult> {
    const material = await this.#material.for('wrapKey', options)
    const result = material && (await this.#tried(wrapLocally(material, algorithm, key)))
    if (result !== undefined) return { algorithm, result, ...this.#usedKey(material) }
    const body = { alg: algorithm, value: encodeBase64url(key) }
    return this.#ask('wrapkey', body, options, (wire) => ({ algorithm, ...resultOf(wire) }))
  }

  /**
   * Unwraps what `wrapKey` gave.
   * @throws BadRequestError when it is not of this key, or was changed.
   * @throws AccessDeniedError when the key is disabled or not for this.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/unwrap-key
   * @see RFC 7518 §4
   */
  async unwrapKey(
    algorithm: KeyWrapAlgorithm<Kind>,
    encryptedKey: Uint8Array,
    options: OperationOptions = {},
  ): Promise<WrapResult> {
    if (this.#remote === undefined) {
      const material = await this.#material.for('unwrapKey', options)
      const result =
        material && (await this.#tried(unwrapLocally(material, algorithm, encryptedKey)))
      if (result !== undefined) return { algorithm, result, ...this.#usedKey(material) }
    }
    const body = { alg: algorithm, value: encodeBase64url(encryptedKey) }
    return this.#ask('unwrapkey', body, options, (wire) => ({ algorithm, ...resultOf(wire) }))
  }

  /**
   * Signs a digest: 32, 48 or 64 octets, as the algorithm has it.
   * @throws BadRequestError when the algorithm is not the key's, or the digest has another
   *   length.
   * @throws AccessDeniedError when the key is disabled, out of its dates, or not for this.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/sign
   * @see RFC 7518 §3
   */
  async sign(
    algorithm: SignatureAlgorithm<Kind>,
    digest: Uint8Array,
    options: OperationOptions = {},
  ): Promise<SignResult> {
    if (this.#remote === undefined) {
      const material = await this.#material.for('sign', options)
      const result = material && (await this.#tried(signLocally(material, algorithm, digest)))
      if (result !== undefined) return { algorithm, result, ...this.#usedKey(material) }
    }
    const body = { alg: algorithm, value: encodeBase64url(digest) }
    return this.#ask('sign', body, options, (wire) => ({ algorithm, ...resultOf(wire) }))
  }

  /**
   * Whether a signature of a digest is the key's.
   * @throws BadRequestError when the algorithm is not the key's, or the digest has another
   *   length.
   * @throws AccessDeniedError when the key is disabled or not for this.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/verify
   * @see RFC 7518 §3
   */
  async verify(
    algorithm: SignatureAlgorithm<Kind>,
    digest: Uint8Array,
    signature: Uint8Array,
    options: OperationOptions = {},
  ): Promise<VerifyResult> {
    const row: SignatureRow | undefined = SIGNATURES[algorithm]
    if (row?.kind !== 'oct' || row.hash === null || this.#remote !== undefined) {
      const body = {
        alg: algorithm,
        digest: encodeBase64url(digest),
        value: encodeBase64url(signature),
      }
      const result = await this.#ask('verify', body, options, verdictOf)
      return { result, ...defined({ keyID: this.keyID }) }
    }
    return this.verifyData(algorithm, digest, signature, options)
  }

  /**
   * Hashes data here and signs the digest.
   * @throws BadRequestError when the algorithm is not the key's.
   * @throws AccessDeniedError when the key is disabled, out of its dates, or not for this.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/sign
   * @see RFC 7518 §3
   */
  async signData(
    algorithm: SignatureAlgorithm<Kind>,
    data: Uint8Array,
    options: OperationOptions = {},
  ): Promise<SignResult> {
    return this.sign(algorithm, await signedOctets(algorithm, data), options)
  }

  /**
   * Whether a signature of data is the key's.
   * @throws BadRequestError when the algorithm is not the key's.
   * @throws AccessDeniedError when the key is disabled or not for this.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/verify
   * @see RFC 7518 §3
   */
  async verifyData(
    algorithm: SignatureAlgorithm<Kind>,
    data: Uint8Array,
    signature: Uint8Array,
    options: OperationOptions = {},
  ): Promise<VerifyResult> {
    const material = await this.#material.for('verify', options)
    const result =
      material && (await this.#tried(verifyLocally(material, algorithm, data, signature)))
    if (result !== undefined) return { result, ...this.#usedKey(material) }
    if (this.#remote === undefined) throw notHere('verify')
    return this.verify(algorithm, await signedOctets(algorithm, data), signature, options)
  }

  #usedKey(material: JsonWebKey | undefined): { readonly keyID?: string } {
    return defined({ keyID: material?.kid ?? this.keyID })
  }

  /** What WebCrypto refuses is asked of the service, which then says why, as far as it does. */
  async #tried<Result>(work: Promise<Result>): Promise<Result | undefined> {
    try {
      return await work
    } catch {
      if (this.#remote !== undefined) return undefined
      const message = 'What was given is not of this key, or was changed.'
      throw new BadRequestError({ code: 'BadParameter', message })
    }
  }

  /** Asks the service for the version that is used here, if there is one, or else the newest. */
  async #ask<Answer>(
    operation: string,
    body: object,
    options: OperationOptions,
    read: (wire: WireResult) => Answer,
  ): Promise<Answer> {
    if (this.#remote === undefined) throw notHere(operation)
    const { connection, path, version } = this.#remote
    const ask = (version: string, readIt = read): Promise<Answer> =>
      connection.ask(
        { method: 'POST', path: `${path}${version}/${operation}`, body, isRepeatable: true },
        options,
        readIt,
      )
    const known = this.#material.version
    if (version !== '' || known === '') return ask(version)
    try {
      return await ask(versionSegment(known), (wire) => {
        if (wire.kid?.endsWith(`/${known}`) === false) this.#material.forget()
        return read(wire)
      })
    } catch (error) {
      if (!isOfVersion(error)) throw error
      // It was disabled or went since it was read. The newest makes as good a result; what an older
      // one has made, it cannot open.
      this.#material.forget()
      if (!MAKES_SOMETHING.has(operation)) throw error
      return ask('').catch(() => {
        throwIfAborted(options.abortSignal)
        throw error
      })
    }
  }
}

const MAKES_SOMETHING: ReadonlySet<string> = new Set(['encrypt', 'wrapkey', 'sign'])
const UNUSABLE_NOW: ReadonlySet<unknown> = new Set(['KeyDisabled', 'KeyExpired', 'KeyNotYetValid'])

/** Whether a refusal is for this version, and not for who asks. */
function isOfVersion(error: unknown): boolean {
  if (error instanceof ResourceNotFoundError) return true
  return error instanceof AccessDeniedError && UNUSABLE_NOW.has(error.innerCode)
}

function remoteOf(
  id: string,
  credential: TokenCredential,
  options: CryptographyClientOptions | undefined,
): Remote {
  const { vaultUrl, name, version = '' } = partsOfKeyUrl(id)
  const connection = new VaultConnection(vaultUrl, credential, options)
  const path = `/keys/${segment(name)}/`
  return { connection, vaultUrl, path, version: versionSegment(version) }
}

/** What is signed of data: its digest, or the data itself where the algorithm hashes it. */
async function signedOctets(algorithm: SignatureAlgorithm, data: Uint8Array): Promise<Uint8Array> {
  const row: SignatureRow | undefined = SIGNATURES[algorithm]
  if (row === undefined) {
    const message = 'There is no such algorithm of signatures.'
    throw new BadRequestError({ code: 'BadParameter', message })
  }
  return row.hash === null || row.kind === 'oct' ? data : digestOf(row.hash, data)
}

/** @throws TypeError when the answer does not say whether it is. */
function verdictOf({ value }: { readonly value?: unknown }): boolean {
  if (typeof value === 'boolean') return value
  throw new TypeError('no verdict')
}

function resultOf({ kid, value }: WireResult): {
  readonly result: Uint8Array
  readonly keyID?: string
} {
  return { result: decodeBase64(value), ...defined({ keyID: kid }) }
}

function encoded(octets: Readonly<Record<string, Uint8Array | undefined>>): object {
  const given = Object.entries(defined(octets)) as [string, Uint8Array][]
  return Object.fromEntries(given.map(([name, value]) => [name, encodeBase64url(value)]))
}

function decoded(texts: Readonly<Record<string, string | undefined>>): Partial<EncryptResult> {
  const given = Object.entries(defined(texts)) as [string, string][]
  return Object.fromEntries(given.map(([name, value]) => [name, decodeBase64(value)]))
}

function notHere(operation: string): BadRequestError {
  const message = `A key that is only at hand cannot ${operation} by this algorithm.`
  return new BadRequestError({ code: 'NotSupportedLocally', message })
}
