import {
  createLocalJWKSet,
  errors,
  type CompactJWSHeaderParameters,
  type CryptoKey,
  type FlattenedJWSInput,
  type JSONWebKeySet,
} from 'jose'
import type { Clock } from '../time.ts'
import type { FetchJson } from './fetch-json.ts'
import { parsePublicJwks } from './public-jwks.ts'

/** Where another issuer's keys are: at hand, at an address, or where its OpenID metadata says. */
export type IssuerKeyPlace =
  { readonly jwks: JSONWebKeySet } | { readonly jwksUri: string } | { readonly issuer: string }

/** Gives jose the key for a token's header. */
export type KeyLookup = (
  header: CompactJWSHeaderParameters,
  token: FlattenedJWSInput,
) => Promise<CryptoKey>

/** A key, and the generation of the keys that it was found among. */
export interface FoundKey {
  readonly key: CryptoKey
  readonly generation: number
}

/** An unknown `kid` makes it ask again, but no more often than this: anybody can invent a `kid`. */
const MINIMUM_INTERVAL_MS = 30_000
/** Keys are asked for anew when older than this, so that a withdrawn one goes. */
const FRESH_MS = 3_600_000
/** Keys that could not be asked for anew are trusted no longer than this. */
const STALE_MS = 86_400_000

/** The keys of one other issuer. */
export class IssuerKeySource {
  readonly #place: IssuerKeyPlace
  readonly #fetchJson: FetchJson
  readonly #clock: Clock
  #keys:
    { readonly lookup: KeyLookup; readonly text: string; readonly loadedAt: number } | undefined
  #askedAt = Number.NEGATIVE_INFINITY
  #asking: Promise<void> | undefined
  #generation = 0

  constructor(place: IssuerKeyPlace, fetchJson: FetchJson, clock: Clock) {
    this.#place = place
    this.#fetchJson = fetchJson
    this.#clock = clock
  }

  /** Another number after the keys have changed: what was verified before is verified again. */
  get generation(): number {
    if (this.#isOlderThan(FRESH_MS)) void this.#ask()
    if (this.#isOlderThan(STALE_MS)) this.#drop()
    return this.#generation
  }

  /**
   * Finds the key for a token; asks the issuer when none is known that fits.
   * @throws JWKSNoMatchingKey (jose) when there is none.
   */
  readonly lookup: KeyLookup = async (header, token) => (await this.find(header, token)).key

  /** As `lookup`, for those who remember what they have verified and under which generation. */
  async find(...asked: Parameters<KeyLookup>): Promise<FoundKey> {
    if (this.#isOlderThan(FRESH_MS)) await this.#ask()
    if (this.#isOlderThan(STALE_MS)) this.#drop()
    try {
      return await this.#known(asked)
    } catch (thrown) {
      if (!(thrown instanceof errors.JWKSNoMatchingKey)) throw thrown
      await this.#ask()
      return this.#known(asked)
    }
  }

  async #known(asked: Parameters<KeyLookup>): Promise<FoundKey> {
    if (this.#keys === undefined) throw new errors.JWKSNoMatchingKey()
    // Read before the key is awaited: the keys may change meanwhile.
    const generation = this.#generation
    return { key: await this.#keys.lookup(...asked), generation }
  }

  #isOlderThan(ageMs: number): boolean {
    if (this.#keys === undefined) return true
    return !('jwks' in this.#place) && Math.abs(this.#clock.now() - this.#keys.loadedAt) > ageMs
  }

  #drop(): void {
    if (this.#keys === undefined) return
    this.#keys = undefined
    this.#generation++
  }

  /** Never rejects: keys that cannot be had are keys that are not known. */
  #ask(): Promise<void> {
    if (this.#asking !== undefined) return this.#asking
    const now = this.#clock.now()
    if (Math.abs(now - this.#askedAt) < MINIMUM_INTERVAL_MS) return Promise.resolve()
    this.#askedAt = now
    this.#asking = this.#load()
      .then((jwks) => this.#keep(jwks))
      .catch(() => undefined)
      .finally(() => {
        this.#asking = undefined
      })
    return this.#asking
  }

  async #load(): Promise<JSONWebKeySet | undefined> {
    if ('jwks' in this.#place) return this.#place.jwks
    if ('jwksUri' in this.#place) return parsePublicJwks(await this.#fetchJson(this.#place.jwksUri))
    const { issuer } = this.#place
    const metadata = await this.#fetchJson(
      `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    )
    if (typeof metadata !== 'object' || metadata === null) return undefined
    // OpenID Connect Discovery §4.3: else another issuer's keys would speak for this one.
    if (!('issuer' in metadata) || metadata.issuer !== issuer) return undefined
    if (!('jwks_uri' in metadata) || typeof metadata.jwks_uri !== 'string') return undefined
    return parsePublicJwks(await this.#fetchJson(metadata.jwks_uri))
  }

  #keep(jwks: JSONWebKeySet | undefined): void {
    if (jwks === undefined) return
    const text = JSON.stringify(jwks)
    const loadedAt = this.#clock.now()
    if (this.#keys?.text === text) {
      this.#keys = { ...this.#keys, loadedAt }
      return
    }
    this.#keys = { lookup: createLocalJWKSet(jwks), text, loadedAt }
    this.#generation++
  }
}
