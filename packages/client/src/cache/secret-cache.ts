import type { GetSecretOptions, KeyVaultSecret } from '../azure/secret-models.ts'
import type { AbortSignalLike } from '../core/abortable.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import { type BulkOptions, ObjectCache } from './object-cache.ts'
import { isOfVault, keyVaultEventSubject } from './key-vault-event.ts'
import type { CacheOptions } from './value-cache.ts'

/** What reads secrets: a `SecretClient`, of this library or of `@azure/keyvault-secrets`. */
export interface SecretReader {
  /** Reads a version of a secret, the newest unless said. */
  getSecret(name: string, options?: GetSecretOptions): Promise<KeyVaultSecret>
}

/** Which version of a secret is meant, and in what form, as for the client. */
export interface CachedSecretOptions extends Omit<GetSecretOptions, keyof OperationOptions> {
  /** Ends the caller's waiting, not that of others who wait for the same. */
  readonly abortSignal?: AbortSignalLike
}

/**
 * Keeps secrets of one vault in memory. Has the `getSecret` of the client it reads with, so that it
 * stands in its place; errors are that client's and are never kept.
 */
export class SecretCache implements SecretReader {
  readonly #cache: ObjectCache<KeyVaultSecret, CachedSecretOptions>
  readonly #reader: SecretReader

  /** Keeps what this reader reads. */
  constructor(reader: SecretReader, options: CacheOptions = {}) {
    this.#reader = reader
    this.#cache = new ObjectCache((name, asked) => reader.getSecret(name, asked), options)
  }

  /**
   * The secret, kept or read. Many that ask for one at a time make one request.
   * @throws ResourceNotFoundError when there is no such version, or what else the reader throws.
   * @see https://learn.microsoft.com/azure/key-vault/general/overview-throttling
   */
  getSecret(name: string, options: CachedSecretOptions = {}): Promise<KeyVaultSecret> {
    return this.#cache.get(name, options)
  }

  /**
   * Many secrets by their names.
   * @throws ResourceNotFoundError for the first that is not there, or whatever else the reader
   *   throws; no more are read.
   * @see https://learn.microsoft.com/azure/key-vault/general/overview-throttling
   */
  getSecrets(
    names: Iterable<string>,
    options: BulkOptions = {},
  ): Promise<Map<string, KeyVaultSecret>> {
    return this.#cache.getAll(names, options)
  }

  /** Forgets all versions of a secret, as after its rotation, or everything. */
  clear(name?: string): void {
    this.#cache.clear(name)
  }

  /**
   * Forgets what an event of Azure Event Grid says has a new version or comes to its end: a secret, or
   * the secret of a certificate. whether it was one; what is none changes nothing.
   * @param event in Event Grid's own schema or in that of CloudEvents, as parsed JSON.
   * @see https://learn.microsoft.com/azure/event-grid/event-schema-key-vault
   */
  handleEvent(event: unknown): boolean {
    const subject = keyVaultEventSubject(event)
    if (subject === undefined || subject.objectType === 'key') return false
    if (!isOfVault(subject, this.#reader)) return false
    this.#cache.clear(subject.objectName)
    return true
  }
}
