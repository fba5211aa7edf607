import { encodeBase64url } from '../core/base64.ts'
import { defined } from '../core/defined.ts'
import type { PagedAsyncIterableIterator } from '../core/paging.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import type { PollerOptions } from '../core/poller.ts'
import { objectPoller, type ObjectPoller, recoverOrFind } from './deletion-pollers.ts'
import { octetsIn, toWireAttributes } from './object-properties.ts'
import type {
  DeletedSecret,
  GetSecretOptions,
  KeyVaultSecret,
  SecretProperties,
  SetSecretOptions,
  UpdateSecretPropertiesOptions,
} from './secret-models.ts'
import { deletedSecret, keyVaultSecret, secretProperties } from './secret-wire.ts'
import type { TokenCredential } from './token-credential.ts'
import {
  segment,
  VaultConnection,
  type VaultClientOptions,
  versionSegment,
} from './vault-connection.ts'
import { vaultList } from './vault-list.ts'

/** How a client of secrets is made. */
export interface SecretClientOptions extends VaultClientOptions {}

/**
 * The secrets of one vault. Every method rejects with a `ClavigerError` of the class that the
 * status has: 400, 401, 403, 404, 409, 429 or 5xx. Source: Key Vault REST, secrets.
 */
export class SecretClient {
  /** The vault's URL, as it was given. */
  readonly vaultUrl: string
  readonly #connection: VaultConnection

  /**
   * @param vaultUrl `https://name.vault.azure.net`, or that of a vault of your own.
   * @throws TypeError unless it is an https URL.
   */
  constructor(vaultUrl: string, credential: TokenCredential, options: SecretClientOptions = {}) {
    this.vaultUrl = vaultUrl
    this.#connection = new VaultConnection(vaultUrl, credential, options)
  }

  /**
   * Makes a new version with this value of up to 25,600 octets, and the secret if need be.
   * @throws ConflictError while a deleted secret has this name.
   * @throws BadRequestError when the name or the value is too long.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/set-secret
   */
  async setSecret(
    secretName: string,
    value: string,
    options: SetSecretOptions = {},
  ): Promise<KeyVaultSecret> {
    const { contentType, tags } = options
    const attributes = toWireAttributes(options)
    const body = { value, ...defined({ contentType, tags }), attributes }
    const path = pathOf(secretName)
    return this.#connection.ask({ method: 'PUT', path, body }, options, keyVaultSecret)
  }

  /**
   * Reads a version, the newest unless said.
   * @throws ResourceNotFoundError when there is no such version.
   * @throws AccessDeniedError when it is disabled, or may not be read.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret
   */
  async getSecret(secretName: string, options: GetSecretOptions = {}): Promise<KeyVaultSecret> {
    const { version = '', outContentType } = options
    const path = `${pathOf(secretName)}/${versionSegment(version)}`
    return this.#connection.ask(
      { method: 'GET', path, query: { outContentType } },
      options,
      keyVaultSecret,
    )
  }

  /**
   * Changes what a version has beside its value; `''` is the newest version.
   * @throws ResourceNotFoundError when there is no such version.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/update-secret
   */
  async updateSecretProperties(
    secretName: string,
    secretVersion: string,
    options: UpdateSecretPropertiesOptions = {},
  ): Promise<SecretProperties> {
    const { contentType, tags } = options
    const body = { ...defined({ contentType, tags }), attributes: toWireAttributes(options) }
    const path = `${pathOf(secretName)}/${versionSegment(secretVersion)}`
    return this.#connection.ask({ method: 'PATCH', path, body }, options, secretProperties)
  }

  /**
   * The newest version of each secret, without values.
   * @throws AccessDeniedError when secrets may not be listed; at the first item.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/get-secrets
   */
  listPropertiesOfSecrets(
    options: OperationOptions = {},
  ): PagedAsyncIterableIterator<SecretProperties> {
    return vaultList(this.#connection, '/secrets', secretProperties, options)
  }

  /**
   * All versions of a secret, without values, in no order of time.
   * @throws AccessDeniedError when secrets may not be listed; at the first item.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret-versions
   */
  listPropertiesOfSecretVersions(
    secretName: string,
    options: OperationOptions = {},
  ): PagedAsyncIterableIterator<SecretProperties> {
    const path = `${pathOf(secretName)}/versions`
    return vaultList(this.#connection, path, secretProperties, options)
  }

  /**
   * Deletes all versions; they can be recovered until they are purged.
   * @throws ResourceNotFoundError when there is no such secret.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/delete-secret
   */
  beginDeleteSecret(
    name: string,
    options: PollerOptions = {},
  ): Promise<ObjectPoller<DeletedSecret>> {
    const begin = async (name: string, call: OperationOptions): Promise<DeletedSecret> =>
      this.#connection.ask({ method: 'DELETE', path: pathOf(name) }, call, deletedSecret)
    const look = (name: string, call: OperationOptions): Promise<DeletedSecret> =>
      this.getDeletedSecret(name, call)
    const isDone = ({ recoveryId }: DeletedSecret): boolean => recoveryId === undefined
    const operation = 'delete secret'
    const requests = { operation, vaultUrl: this.#connection.base, begin, look, isDone }
    return objectPoller(name, requests, options)
  }

  /**
   * Reads a deleted secret, without its value.
   * @throws ResourceNotFoundError when no deleted secret has this name.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/get-deleted-secret
   */
  async getDeletedSecret(
    secretName: string,
    options: OperationOptions = {},
  ): Promise<DeletedSecret> {
    const path = deletedPathOf(secretName)
    return this.#connection.ask({ method: 'GET', path }, options, deletedSecret)
  }

  /**
   * All deleted secrets, without values.
   * @throws AccessDeniedError when secrets may not be listed; at the first item.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/get-deleted-secrets
   */
  listDeletedSecrets(options: OperationOptions = {}): PagedAsyncIterableIterator<DeletedSecret> {
    return vaultList(this.#connection, '/deletedsecrets', deletedSecret, options)
  }

  /**
   * Brings a deleted secret back with all its versions; one that is there is there already.
   * @throws ResourceNotFoundError when the secret is neither deleted nor there.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/recover-deleted-secret
   */
  beginRecoverDeletedSecret(
    name: string,
    options: PollerOptions = {},
  ): Promise<ObjectPoller<SecretProperties>> {
    let isThere = false
    const look = async (name: string, call: OperationOptions): Promise<SecretProperties> =>
      (await this.getSecret(name, call)).properties
    const begin = async (name: string, call: OperationOptions): Promise<SecretProperties> => {
      const request = { method: 'POST', path: `${deletedPathOf(name)}/recover` } as const
      const recover = async (): Promise<SecretProperties> =>
        this.#connection.ask(request, call, secretProperties)
      const recovered = await recoverOrFind(recover, () => look(name, call))
      isThere = recovered.isThere
      return recovered.result
    }
    const operation = 'recover secret'
    const isDone = (): boolean => isThere
    const requests = { operation, vaultUrl: this.#connection.base, begin, look, isDone }
    return objectPoller(name, requests, options)
  }

  /**
   * Deletes a deleted secret for good.
   * @throws ResourceNotFoundError when no deleted secret has this name.
   * @throws AccessDeniedError under purge protection.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/purge-deleted-secret
   */
  async purgeDeletedSecret(secretName: string, options: OperationOptions = {}): Promise<void> {
    await this.#connection.ask({ method: 'DELETE', path: deletedPathOf(secretName) }, options)
  }

  /**
   * All versions in a form that this vault's service alone can read.
   * @throws ResourceNotFoundError when there is no such secret.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/backup-secret
   */
  async backupSecret(secretName: string, options: OperationOptions = {}): Promise<Uint8Array> {
    return this.#connection.ask(
      { method: 'POST', path: `${pathOf(secretName)}/backup`, isRepeatable: true },
      options,
      octetsIn,
    )
  }

  /**
   * Brings back what `backupSecret` gave.
   * @throws ConflictError when the name is there, deleted or not.
   * @throws BadRequestError when it is no backup.
   * @see https://learn.microsoft.com/rest/api/keyvault/secrets/restore-secret
   */
  async restoreSecretBackup(
    secretBundleBackup: Uint8Array,
    options: OperationOptions = {},
  ): Promise<SecretProperties> {
    const body = { value: encodeBase64url(secretBundleBackup) }
    return this.#connection.ask(
      { method: 'POST', path: '/secrets/restore', body },
      options,
      secretProperties,
    )
  }
}

function pathOf(name: string): string {
  return `/secrets/${segment(name)}`
}

function deletedPathOf(name: string): string {
  return `/deletedsecrets/${segment(name)}`
}
