import { ConnectionError, TimeoutError } from '../../core/errors.ts'
import {
  type HttpAnswer,
  type HttpRequest,
  type OperationOptions,
  type PipelineOptions,
  send,
} from '../../core/pipeline.ts'
import type { AccessToken, GetTokenOptions, TokenCredential } from '../token-credential.ts'
import { askToken, readToken } from './ask-token.ts'
import { askAzureArc } from './azure-arc.ts'
import {
  managedIdentityEndpoint,
  type ManagedIdentityEndpoint,
  type ManagedIdentityId,
  managedIdentityUrl,
  noManagedIdentity,
} from './managed-identity-endpoint.ts'

/** Which identity of the machine is meant; its own unless one of these is given. */
export interface ManagedIdentityCredentialOptions extends PipelineOptions, ManagedIdentityId {}

const PROBE_TIMEOUT_MILLISECONDS = 1000
// A token of a machine lasts a day; half of it leaves time for its endpoint to come back.
const LONG_MILLISECONDS = 7_200_000

/**
 * The identity that the platform gives to a machine: App Service's (`IDENTITY_ENDPOINT`,
 * `IDENTITY_HEADER`), Cloud Shell's (`MSI_ENDPOINT`), Azure Arc's (`IDENTITY_ENDPOINT`,
 * `IMDS_ENDPOINT`, or its agent where Node finds it), or that of virtual machines (IMDS, at
 * `AZURE_POD_IDENTITY_AUTHORITY_HOST` or 169.254.169.254).
 * @see https://learn.microsoft.com/javascript/api/@azure/identity/managedidentitycredential
 */
export class ManagedIdentityCredential implements TokenCredential {
  readonly #options: ManagedIdentityCredentialOptions
  #isThere = false

  /** Looks for the endpoint when a token is wanted, not before. */
  constructor(options: ManagedIdentityCredentialOptions = {}) {
    this.#options = options
  }

  /**
   * @throws CredentialUnavailableError when there is no such endpoint, or no such identity.
   * @throws AuthenticationError when it is refused, and in Service Fabric and Machine Learning.
   */
  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const [scope = '', ...others] = [scopes].flat()
    if (others.length > 0) throw new TypeError('A managed identity gives a token for one scope.')
    const resource = scope.replace(/\/\.default$/, '')
    const call = options.abortSignal === undefined ? {} : { abortSignal: options.abortSignal }
    const token = await this.#ask(await managedIdentityEndpoint(), resource, call)
    const lasts = token.expiresOnTimestamp - Date.now()
    if (token.refreshAfterTimestamp !== undefined || lasts < LONG_MILLISECONDS) return token
    return { ...token, refreshAfterTimestamp: Date.now() + lasts / 2 }
  }

  #ask(
    endpoint: ManagedIdentityEndpoint,
    resource: string,
    call: OperationOptions,
  ): Promise<AccessToken> {
    const { platform, header = '' } = endpoint
    if (platform === 'CloudShell') return this.#askCloudShell(endpoint, resource, call)
    const url = managedIdentityUrl(endpoint, resource, this.#options)
    if (platform === 'AzureArc') return askAzureArc(url, this.#options, this.#options, call)
    if (platform === 'Imds') return this.#askImds(endpoint, url, call)
    const request = { method: 'GET', url, headers: { 'x-identity-header': header } }
    return askToken(request, this.#options, call)
  }

  async #askCloudShell(
    { url }: ManagedIdentityEndpoint,
    resource: string,
    call: OperationOptions,
  ): Promise<AccessToken> {
    const { clientId, objectId, resourceId } = this.#options
    if (clientId || objectId !== undefined || resourceId !== undefined) {
      throw noManagedIdentity('Cloud Shell gives tokens of the person at it, and of no identity.')
    }
    const headers = { metadata: 'true', 'content-type': 'application/x-www-form-urlencoded' }
    const body = new URLSearchParams({ resource }).toString()
    return askToken({ method: 'POST', url, headers, body }, this.#options, call)
  }

  async #askImds(
    endpoint: ManagedIdentityEndpoint,
    url: string,
    call: OperationOptions,
  ): Promise<AccessToken> {
    if (!endpoint.isNamed) await this.#probe(endpoint.url, call)
    const request: HttpRequest = {
      method: 'GET',
      url,
      headers: { metadata: 'true' },
      isRepeatable: true,
      // It answers so while it starts.
      isTransient: ({ status }) => status === 404 || status === 410,
    }
    const answer = await send(() => request, this.#options, call)
    refuseNone(answer)
    return readToken(answer, url)
  }

  /** Whether somebody answers there at all: elsewhere than in the cloud, packets are lost. */
  async #probe(url: string, call: OperationOptions): Promise<void> {
    if (this.#isThere) return
    const pipeline = { ...this.#options, retryOptions: { maxRetries: 0 } }
    const request: HttpRequest = { method: 'GET', url, headers: {}, isRepeatable: true }
    const quick = { ...call, timeoutMs: PROBE_TIMEOUT_MILLISECONDS }
    try {
      refuseNone(await send(() => request, pipeline, quick))
      this.#isThere = true
    } catch (error) {
      if (!(error instanceof ConnectionError || error instanceof TimeoutError)) throw error
      throw noManagedIdentity('This machine has no endpoint of managed identities.')
    }
  }
}

/** @throws CredentialUnavailableError when the machine has no such identity, or no way to IMDS. */
function refuseNone({ status, body }: HttpAnswer): void {
  const text = new TextDecoder().decode(body)
  if (status === 400 && /identity not found/i.test(text)) {
    throw noManagedIdentity('This machine has no managed identity, or not the one asked for.')
  }
  // What containers on a desk have in its place answers so.
  if (status === 403 && /unreachable/i.test(text)) {
    throw noManagedIdentity('This machine has no way to an endpoint of managed identities.')
  }
}
