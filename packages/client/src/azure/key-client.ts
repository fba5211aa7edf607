import { encodeBase64url } from '../core/base64.ts'
import { defined } from '../core/defined.ts'
import type { PagedAsyncIterableIterator } from '../core/paging.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import type { PollerOptions } from '../core/poller.ts'
import type { KeyCurveName, KeyKind } from './algorithms.ts'
import { CryptographyClient } from './cryptography-client.ts'
import { objectPoller, type ObjectPoller, recoverOrFind } from './deletion-pollers.ts'
import type {
  DeletedKey,
  JsonWebKey,
  KeyProperties,
  KeyRotationPolicy,
  KeyRotationPolicyProperties,
  KeyType,
  KeyVaultKey,
  KindOf,
  ReleaseKeyResult,
} from './key-models.ts'
import type {
  CreateEcKeyOptions,
  CreateKeyOptions,
  CreateOctKeyOptions,
  CreateRsaKeyOptions,
  GetKeyOptions,
  ImportKeyOptions,
  ReleaseKeyOptions,
  UpdateKeyPropertiesOptions,
} from './key-options.ts'
import {
  deletedKey,
  deletedKeyItem,
  keyProperties,
  keyVaultKey,
  rotationPolicy,
  toWireKey,
  toWireReleasePolicy,
  toWireRotationPolicy,
} from './key-wire.ts'
import { octetsIn, toWireAttributes } from './object-properties.ts'
import type { TokenCredential } from './token-credential.ts'
import {
  segment,
  VaultConnection,
  type VaultClientOptions,
  versionSegment,
} from './vault-connection.ts'
import { vaultList } from './vault-list.ts'

/** How a client of keys is made. */
export interface KeyClientOptions extends VaultClientOptions {}

/**
 * The keys of one vault. Every method rejects with a `ClavigerError` of the class that the status
 * has: 400, 401, 403, 404, 409, 429 or 5xx. Source: Key Vault REST, keys.
 */
export class KeyClient {
  /** The vault's URL, as it was given. */
  readonly vaultUrl: string
  readonly #credential: TokenCredential
  readonly #options: KeyClientOptions
  readonly #connection: VaultConnection

  /**
   * @param vaultUrl `https://name.vault.azure.net`, or that of a vault of your own.
   * @throws TypeError unless it is an https URL.
   */
  constructor(vaultUrl: string, credential: TokenCredential, options: KeyClientOptions = {}) {
    this.vaultUrl = vaultUrl
    this.#credential = credential
    this.#options = options
    this.#connection = new VaultConnection(vaultUrl, credential, options)
  }

  /**
   * Makes a new version of a key in the service, and the key if it is not there.
   * @throws ConflictError while a deleted key has this name.
   * @throws BadRequestError for a size, curve or use that the service does not have.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
   */
  async createKey<Type extends KeyType>(
    name: string,
    keyType: Type,
    options?: CreateKeyOptions<Type>,
  ): Promise<KeyVaultKey<KindOf<Type>>> {
    // What a type has no use for cannot be given, so all members may be looked at.
    const given: CreateRsaKeyOptions & Pick<CreateEcKeyOptions, 'curve'> = {
      ...(options as object),
    }
    const { keyOps, keySize, publicExponent, curve, tags, exportable, hsm } = given
    const isMoved = hsm === true && !keyType.endsWith('-HSM')
    const body = {
      // Who says so gets hardware or a refusal, and never a key in software.
      kty: isMoved ? `${keyType}-HSM` : keyType,
      ...defined({
        key_ops: keyOps,
        key_size: keySize,
        public_exponent: publicExponent,
        crv: curve,
        tags,
        release_policy: toWireReleasePolicy(given.releasePolicy),
      }),
      attributes: { ...toWireAttributes(given), ...defined({ exportable }) },
    }
    const path = `${pathOf(name)}/create`
    return this.#connection.ask({ method: 'POST', path, body }, given, keyVaultKey<KindOf<Type>>)
  }

  /**
   * Makes an RSA key of 2048, 3072 or 4096 bits.
   * @throws ConflictError while a deleted key has this name.
   * @throws BadRequestError for a size or use that the service does not have.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
   */
  createRsaKey(name: string, options: CreateRsaKeyOptions = {}): Promise<KeyVaultKey<'RSA'>> {
    return this.createKey(name, options.hsm ? 'RSA-HSM' : 'RSA', options)
  }

  /**
   * Makes a key of a curve, P-256 unless said.
   * @throws ConflictError while a deleted key has this name.
   * @throws BadRequestError for a curve or use that the service does not have.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
   */
  async createEcKey<Curve extends KeyCurveName = 'P-256'>(
    name: string,
    options: CreateEcKeyOptions<Curve> = {},
  ): Promise<KeyVaultKey<Curve>> {
    const key: KeyVaultKey = await this.createKey(name, options.hsm ? 'EC-HSM' : 'EC', options)
    return key as KeyVaultKey<Curve>
  }

  /**
   * Makes a symmetric key of 128, 192 or 256 bits, where the service has them.
   * @throws ConflictError while a deleted key has this name.
   * @throws BadRequestError where the service has no such keys.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
   */
  createOctKey(name: string, options: CreateOctKeyOptions = {}): Promise<KeyVaultKey<'oct'>> {
    return this.createKey(name, options.hsm ? 'oct-HSM' : 'oct', options)
  }

  /**
   * Brings a key of one's own, its private members included.
   * @throws ConflictError while a deleted key has this name.
   * @throws BadRequestError when the key is not whole, or not one that the service has.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/import-key
   * @see RFC 7517 §4
   */
  async importKey<Kind extends KeyKind = KeyKind>(
    name: string,
    key: JsonWebKey<Kind>,
    options: ImportKeyOptions = {},
  ): Promise<KeyVaultKey<Kind>> {
    const { hardwareProtected, exportable, tags } = options
    const body = {
      key: toWireKey(key),
      ...defined({
        Hsm: hardwareProtected,
        tags,
        release_policy: toWireReleasePolicy(options.releasePolicy),
      }),
      attributes: { ...toWireAttributes(options), ...defined({ exportable }) },
    }
    const request = { method: 'PUT', path: pathOf(name), body } as const
    return this.#connection.ask(request, options, keyVaultKey<Kind>)
  }

  /**
   * Reads the public part of a version, the newest unless said.
   * @throws ResourceNotFoundError when there is no such version.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key
   */
  async getKey(name: string, options: GetKeyOptions = {}): Promise<KeyVaultKey> {
    const path = versionPathOf(name, options.version)
    return this.#connection.ask({ method: 'GET', path }, options, keyVaultKey)
  }

  /**
   * Reads a key with what its hardware says about it.
   * @throws ResourceNotFoundError when there is no such version.
   * @throws BadRequestError where the service attests none, as Claviger.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key-attestation
   */
  async getKeyAttestation(name: string, options: GetKeyOptions = {}): Promise<KeyVaultKey> {
    const version = options.version ? `/${versionSegment(options.version)}` : ''
    const path = `${pathOf(name)}${version}/attestation`
    return this.#connection.ask({ method: 'GET', path }, options, keyVaultKey)
  }

  /**
   * Changes a version, the newest when it is left out.
   * @throws ResourceNotFoundError when there is no such version.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/update-key
   */
  async updateKeyProperties(
    name: string,
    ...rest:
      | [options?: UpdateKeyPropertiesOptions]
      | [keyVersion: string, options?: UpdateKeyPropertiesOptions]
  ): Promise<KeyVaultKey> {
    const [first, second] = rest
    const version = typeof first === 'string' ? first : ''
    const options = (typeof first === 'string' ? second : first) ?? {}
    const { keyOps, tags } = options
    const release_policy = toWireReleasePolicy(options.releasePolicy)
    const body = {
      ...defined({ key_ops: keyOps, tags, release_policy }),
      attributes: toWireAttributes(options),
    }
    const path = versionPathOf(name, version)
    return this.#connection.ask({ method: 'PATCH', path, body }, options, keyVaultKey)
  }

  /**
   * What encrypts, signs and wraps with a key; nothing is asked before it is used.
   * @throws BadRequestError for a name that no URL can carry, such as `..`.
   * @see https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
   */
  getCryptographyClient(
    keyName: string,
    options: { readonly keyVersion?: string } = {},
  ): CryptographyClient {
    const { keyVersion } = options
    const version = keyVersion ? `/${versionSegment(keyVersion)}` : ''
    const id = `${this.#connection.base}${pathOf(keyName)}${version}`
    return new CryptographyClient(id, this.#credential, this.#options)
  }

  /**
   * The newest version of each key.
   * @throws AccessDeniedError when keys may not be listed; at the first item.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-keys
   */
  listPropertiesOfKeys(options: OperationOptions = {}): PagedAsyncIterableIterator<KeyProperties> {
    return vaultList(this.#connection, '/keys', keyProperties, options)
  }

  /**
   * All versions of a key, in no order of time.
   * @throws AccessDeniedError when keys may not be listed; at the first item.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key-versions
   */
  listPropertiesOfKeyVersions(
    name: string,
    options: OperationOptions = {},
  ): PagedAsyncIterableIterator<KeyProperties> {
    return vaultList(this.#connection, `${pathOf(name)}/versions`, keyProperties, options)
  }

  /**
   * Deletes all versions; they can be recovered until they are purged.
   * @throws ResourceNotFoundError when there is no such key.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/delete-key
   */
  beginDeleteKey(name: string, options: PollerOptions = {}): Promise<ObjectPoller<DeletedKey>> {
    const begin = async (name: string, call: OperationOptions): Promise<DeletedKey> =>
      this.#connection.ask({ method: 'DELETE', path: pathOf(name) }, call, deletedKey)
    const look = (name: string, call: OperationOptions): Promise<DeletedKey> =>
      this.getDeletedKey(name, call)
    const isDone = ({ properties }: DeletedKey): boolean => properties.recoveryId === undefined
    const operation = 'delete key'
    const requests = { operation, vaultUrl: this.#connection.base, begin, look, isDone }
    return objectPoller(name, requests, options)
  }

  /**
   * Reads a deleted key.
   * @throws ResourceNotFoundError when no deleted key has this name.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-deleted-key
   */
  async getDeletedKey(name: string, options: OperationOptions = {}): Promise<DeletedKey> {
    return this.#connection.ask({ method: 'GET', path: deletedPathOf(name) }, options, deletedKey)
  }

  /**
   * All deleted keys, without their material.
   * @throws AccessDeniedError when keys may not be listed; at the first item.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-deleted-keys
   */
  listDeletedKeys(options: OperationOptions = {}): PagedAsyncIterableIterator<DeletedKey> {
    return vaultList(this.#connection, '/deletedkeys', deletedKeyItem, options)
  }

  /**
   * Brings a deleted key back with all its versions; one that is there is there already.
   * @throws ResourceNotFoundError when the key is neither deleted nor there.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/recover-deleted-key
   */
  beginRecoverDeletedKey(
    name: string,
    options: PollerOptions = {},
  ): Promise<ObjectPoller<KeyVaultKey>> {
    let isThere = false
    const look = (name: string, call: OperationOptions): Promise<KeyVaultKey> =>
      this.getKey(name, call)
    const begin = async (name: string, call: OperationOptions): Promise<KeyVaultKey> => {
      const request = { method: 'POST', path: `${deletedPathOf(name)}/recover` } as const
      const recover = async (): Promise<KeyVaultKey> =>
        this.#connection.ask(request, call, keyVaultKey)
      const recovered = await recoverOrFind(recover, () => look(name, call))
      isThere = recovered.isThere
      return recovered.result
    }
    const operation = 'recover key'
    const isDone = (): boolean => isThere
    const requests = { operation, vaultUrl: this.#connection.base, begin, look, isDone }
    return objectPoller(name, requests, options)
  }

  /**
   * Deletes a deleted key for good.
   * @throws ResourceNotFoundError when no deleted key has this name.
   * @throws AccessDeniedError under purge protection.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/purge-deleted-key
   */
  async purgeDeletedKey(name: string, options: OperationOptions = {}): Promise<void> {
    await this.#connection.ask({ method: 'DELETE', path: deletedPathOf(name) }, options)
  }

  /**
   * All versions in a form that this vault's service alone can read.
   * @throws ResourceNotFoundError when there is no such key.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/backup-key
   */
  async backupKey(name: string, options: OperationOptions = {}): Promise<Uint8Array> {
    const path = `${pathOf(name)}/backup`
    return this.#connection.ask({ method: 'POST', path, isRepeatable: true }, options, octetsIn)
  }

  /**
   * Brings back what `backupKey` gave.
   * @throws ConflictError when the name is there, deleted or not.
   * @throws BadRequestError when it is no backup.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/restore-key
   */
  async restoreKeyBackup(backup: Uint8Array, options: OperationOptions = {}): Promise<KeyVaultKey> {
    const body = { value: encodeBase64url(backup) }
    return this.#connection.ask(
      { method: 'POST', path: '/keys/restore', body },
      options,
      keyVaultKey,
    )
  }

  /**
   * Random octets from the service's generator: 1 to 128, where the service has it.
   * @throws BadRequestError for any other number.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-random-bytes
   */
  async getRandomBytes(count: number, options: OperationOptions = {}): Promise<Uint8Array> {
    return this.#connection.ask(
      { method: 'POST', path: '/rng', body: { count }, isRepeatable: true },
      options,
      octetsIn,
    )
  }

  /**
   * Makes a new version like the newest one.
   * @throws ResourceNotFoundError when there is no such key.
   * @throws AccessDeniedError when keys may not be rotated.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/rotate-key
   */
  async rotateKey(name: string, options: OperationOptions = {}): Promise<KeyVaultKey> {
    const path = `${pathOf(name)}/rotate`
    return this.#connection.ask({ method: 'POST', path }, options, keyVaultKey)
  }

  /**
   * Gives an exportable key to the environment whose attestation satisfies its policy.
   * @throws ResourceNotFoundError when there is no such version.
   * @throws AccessDeniedError when the attestation does not satisfy the policy.
   * @throws BadRequestError where the service releases none, as Claviger.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/release
   */
  async releaseKey(
    name: string,
    targetAttestationToken: string,
    options: ReleaseKeyOptions = {},
  ): Promise<ReleaseKeyResult> {
    const { nonce, algorithm: enc, version } = options
    const inVersion = version ? `/${versionSegment(version)}` : ''
    const body = { target: targetAttestationToken, ...defined({ nonce, enc }) }
    const path = `${pathOf(name)}${inVersion}/release`
    return this.#connection.ask({ method: 'POST', path, body, isRepeatable: true }, options)
  }

  /**
   * Reads when a key is rotated; one that was never set has a policy too.
   * @throws ResourceNotFoundError when there is no such key.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/get-key-rotation-policy
   */
  async getKeyRotationPolicy(
    keyName: string,
    options: OperationOptions = {},
  ): Promise<KeyRotationPolicy> {
    const path = `${pathOf(keyName)}/rotationpolicy`
    return this.#connection.ask({ method: 'GET', path }, options, rotationPolicy)
  }

  /**
   * Sets when a key is rotated.
   * @throws ResourceNotFoundError when there is no such key.
   * @throws BadRequestError for durations that are too short or do not fit each other.
   * @see https://learn.microsoft.com/rest/api/keyvault/keys/update-key-rotation-policy
   */
  async updateKeyRotationPolicy(
    keyName: string,
    policy: KeyRotationPolicyProperties,
    options: OperationOptions = {},
  ): Promise<KeyRotationPolicy> {
    const path = `${pathOf(keyName)}/rotationpolicy`
    const body = toWireRotationPolicy(policy)
    return this.#connection.ask(
      { method: 'PUT', path, body, isRepeatable: true },
      options,
      rotationPolicy,
    )
  }
}

function pathOf(name: string): string {
  return `/keys/${segment(name)}`
}

function versionPathOf(name: string, version = ''): string {
  return `${pathOf(name)}/${versionSegment(version)}`
}

function deletedPathOf(name: string): string {
  return `/deletedkeys/${segment(name)}`
}
