import { environment } from '../../core/environment.ts'
import type { AccessToken, GetTokenOptions, TokenCredential } from '../token-credential.ts'
import type { AuthorityOptions } from './authority.ts'
import { ChainedTokenCredential } from './chained-token-credential.ts'
import { EnvironmentCredential } from './environment-credential.ts'
import {
  ManagedIdentityCredential,
  type ManagedIdentityCredentialOptions,
} from './managed-identity-credential.ts'
import { WorkloadIdentityCredential } from './workload-identity-credential.ts'

/** How the default credential finds out who it is. */
export interface DefaultCredentialOptions
  extends AuthorityOptions,
    Pick<ManagedIdentityCredentialOptions, 'clientId'> {}

/**
 * What the environment says: an application by its secret or certificate, else a workload identity,
 * else the machine's managed identity. Configured by the variables that `DefaultAzureCredential`
 * reads.
 * @see https://learn.microsoft.com/javascript/api/@azure/identity/defaultazurecredential
 */
export class DefaultCredential implements TokenCredential {
  readonly #chain: ChainedTokenCredential

  /** Asks the environment, the workload and the machine, in this order. */
  constructor(options: DefaultCredentialOptions = {}) {
    // An identity of one's own choice on this machine, as `DefaultAzureCredential` takes it too.
    const { clientId = environment()['AZURE_CLIENT_ID'] } = options
    const identity = clientId ? { ...options, clientId } : options
    this.#chain = new ChainedTokenCredential(
      new EnvironmentCredential(options),
      new WorkloadIdentityCredential(options),
      new ManagedIdentityCredential(identity),
    )
  }

  /** @throws CredentialUnavailableError when the environment says nothing. */
  getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    return this.#chain.getToken(scopes, options)
  }
}
