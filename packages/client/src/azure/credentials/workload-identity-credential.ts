import { environment, readTextFile } from '../../core/environment.ts'
import { AuthenticationError, CredentialUnavailableError } from '../../core/errors.ts'
import type { AccessToken, GetTokenOptions, TokenCredential } from '../token-credential.ts'
import { type AuthorityOptions, grantedToken } from './authority.ts'

const MOST_TOKEN_BYTES = 65_536

/** Whose token is exchanged, and where it is. */
export interface WorkloadIdentityCredentialOptions extends AuthorityOptions {
  /** `AZURE_TENANT_ID` unless said. */
  readonly tenantId?: string
  /** `AZURE_CLIENT_ID` unless said. */
  readonly clientId?: string
  /** The file of the workload's own token; `AZURE_FEDERATED_TOKEN_FILE` unless said. */
  readonly tokenFilePath?: string
  /** Gives the workload's own token, where there are no files. */
  readonly getAssertion?: () => Promise<string>
}

/** A workload, as a pod of Kubernetes, by the token that its platform has given it (RFC 7523). */
export class WorkloadIdentityCredential implements TokenCredential {
  readonly #options: WorkloadIdentityCredentialOptions

  /** Reads the environment when a token is wanted, not before. */
  constructor(options: WorkloadIdentityCredentialOptions = {}) {
    this.#options = options
  }

  /**
   * @throws CredentialUnavailableError when the environment has no such token.
   * @throws AuthenticationError when its file cannot be read, or the issuer refuses.
   */
  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const variables = environment()
    const {
      tenantId = variables['AZURE_TENANT_ID'],
      clientId = variables['AZURE_CLIENT_ID'],
      tokenFilePath = variables['AZURE_FEDERATED_TOKEN_FILE'],
      getAssertion = tokenFilePath ? () => readToken(tokenFilePath) : undefined,
    } = this.#options
    if (!tenantId || !clientId || getAssertion === undefined) {
      const message =
        'A workload identity needs AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_FEDERATED_TOKEN_FILE.'
      throw new CredentialUnavailableError({ code: 'CredentialUnavailable', message })
    }
    const form = {
      client_id: clientId,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      // The platform writes it anew from time to time, so it is read each time.
      client_assertion: (await getAssertion()).trim(),
    }
    return grantedToken(tenantId, form, scopes, options, this.#options)
  }
}

/** A token's own file is short. @throws AuthenticationError, without the runtime's words. */
async function readToken(path: string): Promise<string> {
  try {
    return await readTextFile(path, MOST_TOKEN_BYTES)
  } catch {
    const message = "The file of the workload's token cannot be read."
    throw new AuthenticationError({ code: 'FederatedTokenWrong', message })
  }
}
