import { environment } from '../../core/environment.ts'
import { AuthenticationError, CredentialUnavailableError } from '../../core/errors.ts'
import type { AccessToken, GetTokenOptions, TokenCredential } from '../token-credential.ts'
import type { AuthorityOptions } from './authority.ts'
import { ClientCertificateCredential } from './client-certificate-credential.ts'
import { ClientSecretCredential } from './client-secret-credential.ts'

/**
 * The application that `AZURE_TENANT_ID` and `AZURE_CLIENT_ID` name, by `AZURE_CLIENT_SECRET`, or
 * else by the certificate at `AZURE_CLIENT_CERTIFICATE_PATH` (`AZURE_CLIENT_CERTIFICATE_PASSWORD`,
 * `AZURE_CLIENT_SEND_CERTIFICATE_CHAIN`). A person's name and password are refused, not passed
 * over: a program that is told to be somebody is not to become the machine.
 * @see https://learn.microsoft.com/javascript/api/@azure/identity/environmentcredential
 */
export class EnvironmentCredential implements TokenCredential {
  readonly #options: AuthorityOptions

  /** Reads the environment when a token is wanted, not before. */
  constructor(options: AuthorityOptions = {}) {
    this.#options = options
  }

  /**
   * @throws CredentialUnavailableError when none of them is named as a whole.
   * @throws AuthenticationError when it is refused, or has a password that this library lacks.
   */
  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const credential = this.#credential()
    if (credential !== undefined) return credential.getToken(scopes, options)
    throw new CredentialUnavailableError({
      code: 'CredentialUnavailable',
      message:
        'AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET are not all set, nor is ' +
        'AZURE_CLIENT_CERTIFICATE_PATH in place of the last.',
    })
  }

  #credential(): ClientSecretCredential | ClientCertificateCredential | undefined {
    const {
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: clientId,
      AZURE_CLIENT_SECRET: secret,
      AZURE_CLIENT_CERTIFICATE_PATH: certificatePath,
      AZURE_CLIENT_CERTIFICATE_PASSWORD: certificatePassword,
      AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: chain = '',
      AZURE_ADDITIONALLY_ALLOWED_TENANTS: tenants,
      AZURE_USERNAME: username,
      AZURE_PASSWORD: password,
    } = environment()
    if (!tenantId || !clientId) return undefined
    const others = tenants === undefined ? {} : { additionallyAllowedTenants: tenants.split(';') }
    const options = { ...others, ...this.#options }
    if (secret) return new ClientSecretCredential(tenantId, clientId, secret, options)
    if (certificatePath) {
      const certificate = {
        certificatePath,
        ...(certificatePassword ? { certificatePassword } : {}),
      }
      return new ClientCertificateCredential(tenantId, clientId, certificate, {
        ...options,
        sendCertificateChain: ['1', 'true'].includes(chain.toLowerCase()),
      })
    }
    if (!username || !password) return undefined
    throw new AuthenticationError({
      code: 'PasswordNotSupported',
      message:
        'AZURE_USERNAME and AZURE_PASSWORD are for a credential that this library lacks: set ' +
        'AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH.',
    })
  }
}
