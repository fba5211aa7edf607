import { LRUCache } from 'lru-cache'
import type { Content, Seal } from '../seal/seal.ts'
import { prefixOf, recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { Store } from '../store/store.ts'
import { aliasKey, type KeyAlias } from './aliases.ts'
import { isKeyId, keyIndexKey, type KeyIndex } from './key-id.ts'

/** How a wire without vaults names a key. */
export type KeyName = { readonly keyId: string } | { readonly alias: string }

/** Where a key is. */
export interface KeyPlace {
  readonly vault: string
  readonly vaultId: string
  readonly name: string
  readonly keyId: string
}

interface HeldPlace {
  /** Of the record that says so; another content has another version. */
  readonly recordVersion: number
  readonly place: KeyPlace
}

const MAXIMUM_HELD = 10_000

/**
 * Finds keys for doors that must know the vault before they know who asks. It tells where a key is
 * and nothing else of it; whoever asks for the key itself is decided upon.
 */
export class KeyFinder {
  readonly #store: Store
  readonly #seal: Seal
  /** Every request of such a wire asks for one, and to open a record costs more than to read it. */
  readonly #places = new LRUCache<RecordKey, HeldPlace>({ max: MAXIMUM_HELD })
  /** What a version's id begins with leads to the same version for ever. */
  readonly #versions = new LRUCache<string, string>({ max: MAXIMUM_HELD })

  constructor(store: Store, seal: Seal) {
    this.#store = store
    this.#seal = seal
  }

  /** `undefined` when no key of the tenant has the name. */
  async find(tenant: string, wanted: KeyName): Promise<KeyPlace | undefined> {
    if ('alias' in wanted) {
      const key = aliasKey(tenant, wanted.alias)
      return await this.#placeAt(key, ({ meta }) => meta as KeyAlias)
    }
    const { keyId } = wanted
    if (!isKeyId(keyId)) return undefined
    const key = keyIndexKey(tenant, keyId)
    return await this.#placeAt(key, ({ meta }) => ({ ...(meta as KeyIndex), keyId }))
  }

  /**
   * The whole version whose first characters are known.
   * @param beginning at least 10 lower-case hexadecimal characters.
   */
  async findVersion(
    tenant: string,
    { vaultId, name }: KeyPlace,
    beginning: string,
  ): Promise<string | undefined> {
    const lower = name.toLowerCase()
    const held = `${tenant}/${vaultId}/${lower}/${beginning}`
    const known = this.#versions.get(held)
    if (known !== undefined) return known
    const prefix = prefixOf(tenant, 'v', vaultId, 'key-version', lower)
    const after = recordKeyOf(tenant, 'v', vaultId, 'key-version', lower, beginning)
    const [first] = await this.#store.list(prefix, { after, limit: 1 })
    const version = first?.key.slice(prefix.length)
    if (version === undefined || !version.startsWith(beginning)) return undefined
    this.#versions.set(held, version)
    return version
  }

  /** @param placeOf knows what is written under such a key; the content is authenticated. */
  async #placeAt(
    key: RecordKey,
    placeOf: (content: Content) => KeyPlace,
  ): Promise<KeyPlace | undefined> {
    const [record] = await this.#store.read([key])
    if (record === undefined) return undefined
    const held = this.#places.get(key)
    if (held?.recordVersion === record.version) return held.place
    const loading = this.#seal.prepare([record])
    if (loading !== undefined) await loading
    const place = placeOf(this.#seal.open(record))
    this.#places.set(key, { recordVersion: record.version, place })
    return place
  }
}
