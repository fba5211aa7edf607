import type { KeyVaultKey } from '../azure/key-models.ts'
import type { GetKeyOptions } from '../azure/key-options.ts'
import { isOfVault, keyVaultEventSubject } from './key-vault-event.ts'
import { type BulkOptions, ObjectCache, type VersionOptions } from './object-cache.ts'
import type { CacheOptions } from './value-cache.ts'

/** What reads keys: a `KeyClient`, of this library or of `@azure/keyvault-keys`. */
export interface KeyReader<Key = KeyVaultKey> {
  /** Reads a version of a key, the newest unless said. */
  getKey(name: string, options?: GetKeyOptions): Promise<Key>
}

/**
 * Keeps the public parts of one vault's keys in memory, as its reader gives them. Has the `getKey`
 * of the client.
 */
export class KeyCache<Key = KeyVaultKey> implements KeyReader<Key> {
  readonly #cache: ObjectCache<Key>
  readonly #reader: KeyReader<Key>

  /** Keeps what this reader reads. */
  constructor(reader: KeyReader<Key>, options: CacheOptions = {}) {
    this.#reader = reader
    this.#cache = new ObjectCache((name, asked) => reader.getKey(name, asked), options)
  }

  /**
   * The key, kept or read. Many that ask for one at a time make one request.
   * @throws ResourceNotFoundError when there is no such version, or what else the reader throws.
   * @see https://learn.microsoft.com/azure/key-vault/general/overview-throttling
   */
  getKey(name: string, options: VersionOptions = {}): Promise<Key> {
    return this.#cache.get(name, options)
  }

  /**
   * Many keys by their names.
   * @throws ResourceNotFoundError for the first that is not there, or whatever else the reader
   *   throws; no more are read.
   * @see https://learn.microsoft.com/azure/key-vault/general/overview-throttling
   */
  getKeys(names: Iterable<string>, options: BulkOptions = {}): Promise<Map<string, Key>> {
    return this.#cache.getAll(names, options)
  }

  /** Forgets all versions of a key, as after its rotation, or everything. */
  clear(name?: string): void {
    this.#cache.clear(name)
  }

  /**
   * Forgets what an event of Azure Event Grid says has a new version or comes to its end: a key, or
   * the key of a certificate. whether it was one; what is none changes nothing.
   * @param event in Event Grid's own schema or in that of CloudEvents, as parsed JSON.
   * @see https://learn.microsoft.com/azure/event-grid/event-schema-key-vault
   */
  handleEvent(event: unknown): boolean {
    const subject = keyVaultEventSubject(event)
    if (subject === undefined || subject.objectType === 'secret') return false
    if (!isOfVault(subject, this.#reader)) return false
    this.#cache.clear(subject.objectName)
    return true
  }
}
