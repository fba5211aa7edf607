import type { Seal } from '../seal/seal.ts'
import { isObjectName } from '../object-name.ts'
import type { Store } from '../store/store.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { secretNameKey, type SecretNameIndex } from './secret-name.ts'

/**
 * Finds secrets for doors that must know the vault before they know who asks. It tells where a
 * secret is and nothing else of it; whoever asks for the secret itself is decided upon.
 */
export class SecretFinder {
  readonly #store: Store
  readonly #seal: Seal

  constructor(store: Store, seal: Seal) {
    this.#store = store
    this.#seal = seal
  }

  /** The vault's name; `undefined` for one without an entry, such as each of the home vault. */
  async find(tenant: string, name: string): Promise<string | undefined> {
    if (!isObjectName(name)) return undefined
    const unit = new UnitOfWork(this.#store, this.#seal)
    return (await unit.get<SecretNameIndex>(secretNameKey(tenant, name)))?.meta.vault
  }
}
