import { LRUCache } from 'lru-cache'
import type { Seal } from '../seal/seal.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { Store } from '../store/store.ts'
import { UnitOfWork } from '../unit-of-work.ts'
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

const MAXIMUM_VERSIONS_HELD = 10_000

/**
 * Finds keys for doors that must know the vault before they know who asks. It tells where a key is
 * and nothing else of it; whoever asks for the key itself is decided upon.
 */
export class KeyFinder {
  readonly #store: Store
  readonly #seal: Seal
  /** What a version's id begins with leads to the same version for ever. */
  readonly #versions = new LRUCache<string, string>({ max: MAXIMUM_VERSIONS_HELD })

  constructor(store: Store, seal: Seal) {
    this.#store = store
    this.#seal = seal
  }

  /** `undefined` when no key of the tenant has the name. */
  async find(tenant: string, wanted: KeyName): Promise<KeyPlace | undefined> {
    const unit = new UnitOfWork(this.#store, this.#seal)
    if ('alias' in wanted) {
      return (await unit.get<KeyAlias>(aliasKey(tenant, wanted.alias)))?.meta
    }
    const { keyId } = wanted
    if (!isKeyId(keyId)) return undefined
    const found = await unit.get<KeyIndex>(keyIndexKey(tenant, keyId))
    return found && { ...found.meta, keyId }
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
}
