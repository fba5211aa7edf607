import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { Seal } from '../seal/seal.ts'
import type { Store } from '../store/store.ts'
import type { EpochSeconds } from '../time.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { issuerKeyPrefix, scheduleOf, type IssuerKey } from './issuer-key.ts'

/** An issuer key that is ready for use. */
export interface LoadedIssuerKey {
  readonly kid: string
  readonly publicJwk: IssuerKey['publicJwk']
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

interface Scheduled extends LoadedIssuerKey {
  readonly signsFrom: EpochSeconds
  readonly verifiesUntil: EpochSeconds
}

/** The keys of one tenant as of one version of the epoch. */
export class TenantIssuerKeys {
  readonly #keys: readonly Scheduled[]

  constructor(keys: readonly Scheduled[]) {
    this.#keys = keys
  }

  /** The newest that signs by now; the first one when the clock stands before all of them. */
  signing(now: EpochSeconds): LoadedIssuerKey {
    const key = this.#keys.findLast(({ signsFrom }) => signsFrom <= now) ?? this.#keys[0]
    if (key === undefined)
      throw new TypeError('the tenant has no issuer key; the first start makes one')
    return key
  }

  /** The key of that id, while tokens signed with it may be valid. */
  verifying(kid: string, now: EpochSeconds): LoadedIssuerKey | undefined {
    return this.#keys.find((key) => key.kid === kid && key.verifiesUntil >= now)
  }

  /** What the key set shows: also keys that will sign soon. */
  published(now: EpochSeconds): readonly LoadedIssuerKey[] {
    return this.#keys.filter(({ verifiesUntil }) => verifiesUntil >= now)
  }

  /** A loaded key whatever its times, to load it once only. */
  loaded(kid: string): LoadedIssuerKey | undefined {
    return this.#keys.find((key) => key.kid === kid)
  }
}

const MAXIMUM_TENANTS = 1000

/** Loads the tenants' issuer keys once for each version of the epoch. */
export class IssuerKeys {
  readonly #store: Store
  readonly #seal: Seal
  readonly #tenants = new LRUCache<
    string,
    { readonly epoch: number | 'absent'; readonly keys: Promise<TenantIssuerKeys> }
  >({
    max: MAXIMUM_TENANTS,
  })

  constructor(store: Store, seal: Seal) {
    this.#store = store
    this.#seal = seal
  }

  /** The keys at this version of the epoch. @param tenant one that exists, in lower case. */
  of(tenant: string, epoch: number | 'absent'): Promise<TenantIssuerKeys> {
    const known = this.#tenants.get(tenant)
    if (known?.epoch === epoch) return known.keys
    const keys = this.#load(tenant, known?.keys)
    this.#tenants.set(tenant, { epoch, keys })
    keys.catch(() => {
      if (this.#tenants.peek(tenant)?.keys === keys) this.#tenants.delete(tenant)
    })
    return keys
  }

  async #load(
    tenant: string,
    before: Promise<TenantIssuerKeys> | undefined,
  ): Promise<TenantIssuerKeys> {
    const previous = await before?.catch(() => undefined)
    const listed = await new UnitOfWork(this.#store, this.#seal).listAll<IssuerKey>(
      issuerKeyPrefix(tenant),
    )
    const schedule = scheduleOf(listed.map(({ content }) => content.meta))
    return new TenantIssuerKeys(
      schedule.flatMap(({ key: { kid, publicJwk, signsFrom }, verifiesUntil }) => {
        const secret = listed.find(({ content }) => content.meta.kid === kid)?.content.secret
        if (secret === undefined) return []
        const loaded = previous?.loaded(kid) ?? {
          kid,
          publicJwk,
          publicKey: createPublicKey({ key: publicJwk, format: 'jwk' }),
          privateKey: createPrivateKey({
            key: Buffer.from(secret.reveal()),
            format: 'der',
            type: 'pkcs8',
          }),
        }
        return [{ ...loaded, signsFrom, verifiesUntil }]
      }),
    )
  }
}
