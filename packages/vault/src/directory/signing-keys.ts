import { LRUCache } from 'lru-cache'
import type { Secret } from '../seal/secret.ts'
import type { Seal } from '../seal/seal.ts'
import type { Store } from '../store/store.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import {
  credentialKey,
  type AccessKeyCredential,
  type ClientKeyCredential,
  type Credential,
} from './credential.ts'
import {
  isSigningKeyId,
  signingKeyIdOf,
  signingKeyIndexKey,
  type SigningKeyIndex,
} from './signing-key-index.ts'

/** A credential that requests are signed with, and whose it is. */
export interface SigningKey {
  readonly tenant: string
  /** Object id. */
  readonly principal: string
  readonly credential: AccessKeyCredential | ClientKeyCredential
  /** Of an access key. */
  readonly secret: Secret | undefined
}

interface Loaded {
  readonly epoch: number | 'absent'
  readonly key: Promise<SigningKey | undefined>
}

const MAXIMUM_KEYS = 20_000

/** Finds access keys and client keys by their ids, each once for each version of the epoch. */
export class SigningKeys {
  readonly #store: Store
  readonly #seal: Seal
  readonly #loaded = new LRUCache<string, Loaded>({ max: MAXIMUM_KEYS })

  constructor(store: Store, seal: Seal) {
    this.#store = store
    this.#seal = seal
  }

  /** The key of this very id, at this version of the epoch; `undefined` when there is none. */
  async find(id: string, epoch: number | 'absent'): Promise<SigningKey | undefined> {
    const known = this.#loaded.get(id)
    if (known?.epoch === epoch) return known.key
    if (!isSigningKeyId(id)) return undefined
    const key = this.#load(id)
    const loaded: Loaded = { epoch, key }
    this.#loaded.set(id, loaded)
    // What is not there is not kept: strangers would push out what is.
    const forget = (): void => {
      if (this.#loaded.peek(id) === loaded) this.#loaded.delete(id)
    }
    key.then((found) => found ?? forget(), forget)
    return key
  }

  async #load(id: string): Promise<SigningKey | undefined> {
    const unit = new UnitOfWork(this.#store, this.#seal)
    const index = await unit.get<SigningKeyIndex>(signingKeyIndexKey(id))
    if (index === undefined) return undefined
    const { tenant, principal, credential } = index.meta
    const found = await unit.get<Credential>(credentialKey(tenant, principal, credential))
    if (found === undefined || signingKeyIdOf(found.meta) !== id) return undefined
    if (found.meta.kind !== 'accessKey' && found.meta.kind !== 'clientKey') return undefined
    return { tenant, principal, credential: found.meta, secret: found.secret }
  }
}
