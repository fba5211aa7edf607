import type { AccessToken, GetTokenOptions, TokenCredential } from '../token-credential.ts'
import { type AuthorityOptions, grantedToken } from './authority.ts'

/** How a client secret is used. */
export interface ClientSecretCredentialOptions extends AuthorityOptions {}

/**
 * An application by its secret. Each call asks anew: the clients of this library keep tokens.
 * Source: RFC 6749 §4.4.
 */
export class ClientSecretCredential implements TokenCredential {
  readonly #tenantId: string
  readonly #clientId: string
  readonly #secret: string
  readonly #options: ClientSecretCredentialOptions

  /**
   * Keeps what it takes to ask; nothing is asked before a token is wanted.
   * @param tenantId the tenant's GUID, as vaults name their tenants, or `adfs`. A domain of it does
   *   too when `additionallyAllowedTenants` has the GUID.
   */
  constructor(
    tenantId: string,
    clientId: string,
    clientSecret: string,
    options: ClientSecretCredentialOptions = {},
  ) {
    if (!tenantId || !clientId || !clientSecret) {
      throw new TypeError('A tenant, a client and its secret are needed.')
    }
    this.#tenantId = tenantId
    this.#clientId = clientId
    this.#secret = clientSecret
    this.#options = options
  }

  /** @throws AuthenticationError when the issuer refuses. */
  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const form = { client_id: this.#clientId, client_secret: this.#secret }
    return grantedToken(this.#tenantId, form, scopes, options, this.#options)
  }
}
