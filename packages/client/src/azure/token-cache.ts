import { abortable, type AbortSignalLike } from '../core/abortable.ts'
import { AuthenticationError } from '../core/errors.ts'
import type { AccessToken, TokenCredential } from './token-credential.ts'

/** Whose token is wanted, and for what. */
export interface TokenRequest {
  readonly scope: string
  readonly tenantId?: string | undefined
  readonly claims?: string | undefined
}

// A token is not used in its last two minutes: clocks differ, and the request takes its time.
const LAST_MILLISECONDS = 120_000
// Without a word from the issuer, a new one is asked for in the last tenth, ten minutes at most.
const EARLY_MILLISECONDS = 600_000
const PAUSE_AFTER_FAILURE_MILLISECONDS = 30_000

interface Held {
  readonly token: AccessToken
  readonly refreshAt: number
}

/**
 * The tokens of one credential, by scope and tenant. One is asked for at a time; a new one comes
 * before the old one ends, while the old one is still used.
 */
export class TokenCache {
  readonly #credential: TokenCredential
  readonly #held = new Map<string, Held>()
  readonly #asked = new Map<string, Promise<string>>()
  readonly #pauses = new Map<string, number>()

  constructor(credential: TokenCredential) {
    this.#credential = credential
  }

  /** @throws AuthenticationError when the credential gives none, or the credential's own error. */
  async get(request: TokenRequest, signal?: AbortSignalLike): Promise<string> {
    const key = `${request.tenantId ?? ''} ${request.scope}`
    const now = Date.now()
    const held = this.#held.get(key)
    const isUsable =
      held !== undefined &&
      request.claims === undefined &&
      now < held.token.expiresOnTimestamp - LAST_MILLISECONDS
    if (!isUsable) return abortable(this.#ask(key, request), signal)
    if (now >= held.refreshAt && now >= (this.#pauses.get(key) ?? 0)) {
      this.#ask(key, request).catch(() => {
        this.#pauses.set(key, Date.now() + PAUSE_AFTER_FAILURE_MILLISECONDS)
      })
    }
    return held.token.token
  }

  /** Forgets a token that was refused, unless another one has come meanwhile. */
  forget(token: string): void {
    for (const [key, held] of this.#held) if (held.token.token === token) this.#held.delete(key)
  }

  #ask(key: string, request: TokenRequest): Promise<string> {
    const asking = `${key} ${request.claims ?? ''}`
    let asked = this.#asked.get(asking)
    if (asked === undefined) {
      asked = this.#fetch(key, request).finally(() => this.#asked.delete(asking))
      this.#asked.set(asking, asked)
    }
    return asked
  }

  async #fetch(key: string, { scope, tenantId, claims }: TokenRequest): Promise<string> {
    const token = await this.#credential.getToken(scope, {
      enableCae: true,
      ...(tenantId === undefined ? {} : { tenantId }),
      ...(claims === undefined ? {} : { claims }),
    })
    if (token === null) {
      const message = `The credential gives no token for ${scope}.`
      throw new AuthenticationError({ code: 'NoToken', message })
    }
    const now = Date.now()
    const lifetime = token.expiresOnTimestamp - now
    const refreshAt =
      token.refreshAfterTimestamp ??
      token.expiresOnTimestamp - LAST_MILLISECONDS - Math.min(lifetime / 10, EARLY_MILLISECONDS)
    this.#held.set(key, { token, refreshAt })
    return token.token
  }
}

const caches = new WeakMap<TokenCredential, TokenCache>()

/** The one cache of a credential, which all clients that have it share. */
export function tokenCacheOf(credential: TokenCredential): TokenCache {
  let cache = caches.get(credential)
  if (cache === undefined) {
    cache = new TokenCache(credential)
    caches.set(credential, cache)
  }
  return cache
}
