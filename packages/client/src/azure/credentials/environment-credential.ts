import { environment } from '../../core/environment.ts'
import { CredentialUnavailableError } from '../../core/errors.ts'
import type { AccessToken, GetTokenOptions, TokenCredential } from '../token-credential.ts'
import type { AuthorityOptions } from './authority.ts'
import { ClientSecretCredential } from './client-secret-credential.ts'

/** The application that `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET` name. */
export class EnvironmentCredential implements TokenCredential {
  readonly #options: AuthorityOptions

  constructor(options: AuthorityOptions = {}) {
    this.#options = options
  }

  /** @throws CredentialUnavailableError when one of the three is missing. */
  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const {
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: clientId,
      AZURE_CLIENT_SECRET: secret,
      AZURE_ADDITIONALLY_ALLOWED_TENANTS: tenants,
    } = environment()
    if (!tenantId || !clientId || !secret) {
      const message = 'AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are not all set.'
      throw new CredentialUnavailableError({ code: 'CredentialUnavailable', message })
    }
    const others = tenants === undefined ? {} : { additionallyAllowedTenants: tenants.split(';') }
    const credential = new ClientSecretCredential(tenantId, clientId, secret, {
      ...others,
      ...this.#options,
    })
    return credential.getToken(scopes, options)
  }
}
