import { environment } from '../../core/environment.ts'
import { AuthenticationError, CredentialUnavailableError } from '../../core/errors.ts'
import type { AccessToken, GetTokenOptions, TokenCredential } from '../token-credential.ts'
import type { AuthorityOptions } from './authority.ts'
import { ClientSecretCredential } from './client-secret-credential.ts'

/**
 * The application that `AZURE_TENANT_ID`, `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET` name. One with
 * a certificate (`AZURE_CLIENT_CERTIFICATE_PATH`) is refused, not passed over: a program that is
 * told to be that application is not to become the machine's.
 */
export class EnvironmentCredential implements TokenCredential {
  readonly #options: AuthorityOptions

  constructor(options: AuthorityOptions = {}) {
    this.#options = options
  }

  /**
   * @throws CredentialUnavailableError when one of the three is missing.
   * @throws AuthenticationError when there is a certificate in place of the secret.
   */
  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const {
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: clientId,
      AZURE_CLIENT_SECRET: secret,
      AZURE_CLIENT_CERTIFICATE_PATH: certificate,
      AZURE_ADDITIONALLY_ALLOWED_TENANTS: tenants,
    } = environment()
    if (tenantId && clientId && !secret && certificate) {
      throw new AuthenticationError({
        code: 'CertificateNotSupported',
        message:
          'AZURE_CLIENT_CERTIFICATE_PATH is for a credential that this library lacks: set ' +
          'AZURE_CLIENT_SECRET, or give the clients the EnvironmentCredential of @azure/identity.',
      })
    }
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
