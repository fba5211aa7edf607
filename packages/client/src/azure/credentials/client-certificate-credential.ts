import { readTextFile } from '../../core/environment.ts'
import { AuthenticationError } from '../../core/errors.ts'
import type { AccessToken, GetTokenOptions, TokenCredential } from '../token-credential.ts'
import { type AuthorityOptions, grantedToken, tokenUrl } from './authority.ts'
import { clientAssertion } from './client-assertion.ts'

/** How a client certificate is used. */
export interface ClientCertificateCredentialOptions extends AuthorityOptions {
  /** Shows the chain in each assertion, for applications that trust its subject and issuer. */
  readonly sendCertificateChain?: boolean
}

/** A private key and its certificates in PEM, the application's own certificate first. */
export interface ClientCertificatePEMCertificate {
  /** The certificate and its private key, in PEM. */
  readonly certificate: string
  /** Of an encrypted private key; only Node and Bun open one. */
  readonly certificatePassword?: string
}

/** The file that has them. */
export interface ClientCertificatePEMCertificatePath {
  /** Of a file with what PEM has of the certificate and of its private key. */
  readonly certificatePath: string
  /** Of an encrypted private key; only Node and Bun open one. */
  readonly certificatePassword?: string
}

/**
 * An application by a certificate and its RSA key, which signs an assertion for each token
 * (RFC 7523 §2.2): PS256, as Entra advises, and RS256 for AD FS, which knows no other.
 */
export class ClientCertificateCredential implements TokenCredential {
  readonly #tenantId: string
  readonly #clientId: string
  readonly #certificate: ClientCertificatePEMCertificate | ClientCertificatePEMCertificatePath
  readonly #options: ClientCertificateCredentialOptions

  /**
   * Keeps what it takes to ask; nothing is read or asked before a token is wanted.
   * @param certificate a path, or what it would have led to.
   */
  constructor(
    tenantId: string,
    clientId: string,
    certificate: string | ClientCertificatePEMCertificate | ClientCertificatePEMCertificatePath,
    options: ClientCertificateCredentialOptions = {},
  ) {
    if (!tenantId || !clientId || !certificate) {
      throw new TypeError('A tenant, a client and its certificate are needed.')
    }
    this.#tenantId = tenantId
    this.#clientId = clientId
    this.#certificate =
      typeof certificate === 'string' ? { certificatePath: certificate } : { ...certificate }
    this.#options = options
  }

  /** @throws AuthenticationError when there is no such certificate, or the issuer refuses it. */
  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const assertion = await clientAssertion({
      clientId: this.#clientId,
      audience: tokenUrl(this.#tenantId, options, this.#options),
      pem: await this.#pem(),
      password: this.#certificate.certificatePassword,
      isForAdfs: this.#tenantId === 'adfs',
      isChainSent: this.#options.sendCertificateChain === true,
    })
    const form = {
      client_id: this.#clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }
    return grantedToken(this.#tenantId, form, scopes, options, this.#options)
  }

  /** Read anew each time, since certificates are replaced while programs run. */
  async #pem(): Promise<string> {
    if ('certificate' in this.#certificate) return this.#certificate.certificate
    try {
      return await readTextFile(this.#certificate.certificatePath)
    } catch {
      const message = 'The file of the client certificate cannot be read.'
      throw new AuthenticationError({ code: 'ClientCertificateWrong', message })
    }
  }
}
