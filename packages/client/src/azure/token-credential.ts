import type { AbortSignalLike } from '../core/abortable.ts'

/**
 * A token and its end.
 * @see https://learn.microsoft.com/javascript/api/@azure/core-auth/tokencredential
 */
export interface AccessToken {
  /** What a request shows as its bearer (RFC 6750); secret. */
  readonly token: string
  /** When it ends, in milliseconds since 1970. */
  readonly expiresOnTimestamp: number
  /** From when on a new one should be asked for, in milliseconds since 1970. */
  readonly refreshAfterTimestamp?: number
}

/**
 * What a token is asked for with.
 * @see https://learn.microsoft.com/javascript/api/@azure/core-auth/tokencredential
 */
export interface GetTokenOptions {
  /** Ends the asking; it rejects with the signal's reason. */
  readonly abortSignal?: AbortSignalLike
  /** Claims that the service has demanded, as JSON. */
  readonly claims?: string
  /** That the token may be taken back before its end (continuous access evaluation). */
  readonly enableCae?: boolean
  /** The tenant that the vault belongs to. */
  readonly tenantId?: string
}

/**
 * Whatever gives tokens. That of `@azure/identity` is one as it is; this library needs of it what
 * stands here.
 * @see https://learn.microsoft.com/javascript/api/@azure/core-auth/tokencredential
 */
export interface TokenCredential {
  /** A token for scopes such as `https://vault.azure.net/.default`; `null` when it has none. */
  getToken(scopes: string | string[], options?: GetTokenOptions): Promise<AccessToken | null>
}
