import { environment } from '../../core/environment.ts'
import {
  AuthenticationError,
  ConnectionError,
  CredentialUnavailableError,
  TimeoutError,
} from '../../core/errors.ts'
import {
  type HttpRequest,
  type OperationOptions,
  type PipelineOptions,
  send,
} from '../../core/pipeline.ts'
import type { AccessToken, GetTokenOptions, TokenCredential } from '../token-credential.ts'
import { askToken } from './ask-token.ts'

/** Which identity of the machine is meant; its own unless one of these is given. */
export interface ManagedIdentityCredentialOptions extends PipelineOptions {
  readonly clientId?: string
  readonly objectId?: string
  /** The identity's ARM id. */
  readonly resourceId?: string
}

const PROBE_TIMEOUT_MILLISECONDS = 1000
// A token of a machine lasts a day; half of it leaves time for its endpoint to come back.
const LONG_MILLISECONDS = 7_200_000

/**
 * The identity that the platform gives to a machine: App Service's endpoint (`IDENTITY_ENDPOINT`,
 * `IDENTITY_HEADER`), or that of virtual machines (IMDS, at `AZURE_POD_IDENTITY_AUTHORITY_HOST` or
 * 169.254.169.254). Those of Azure Arc and Service Fabric, which want a secret of the machine or a
 * certificate of their own to be looked at, are not for this one.
 */
export class ManagedIdentityCredential implements TokenCredential {
  readonly #options: ManagedIdentityCredentialOptions
  #isThere = false

  constructor(options: ManagedIdentityCredentialOptions = {}) {
    this.#options = options
  }

  /** @throws CredentialUnavailableError when there is no such endpoint, or no such identity. */
  async getToken(scopes: string | string[], options: GetTokenOptions = {}): Promise<AccessToken> {
    const [scope = '', ...others] = [scopes].flat()
    if (others.length > 0) throw new TypeError('A managed identity gives a token for one scope.')
    const resource = scope.replace(/\/\.default$/, '')
    const call = options.abortSignal === undefined ? {} : { abortSignal: options.abortSignal }
    const token = await this.#ask(resource, call)
    const lasts = token.expiresOnTimestamp - Date.now()
    if (token.refreshAfterTimestamp !== undefined || lasts < LONG_MILLISECONDS) return token
    return { ...token, refreshAfterTimestamp: Date.now() + lasts / 2 }
  }

  async #ask(resource: string, call: OperationOptions): Promise<AccessToken> {
    const other = otherPlatform()
    if (other !== undefined) {
      throw unavailable(`${other} has an endpoint that this credential does not know.`)
    }
    const appService = this.#appServiceRequest(resource)
    if (appService !== undefined) return askToken(appService, this.#options, call)
    try {
      return await askToken(await this.#imdsRequest(resource), this.#options, call)
    } catch (error) {
      if (error instanceof AuthenticationError && isNone(error)) throw unavailable(error.message)
      throw error
    }
  }

  #appServiceRequest(resource: string): Omit<HttpRequest, 'isRepeatable'> | undefined {
    const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header } = environment()
    if (!endpoint || !header) return undefined
    const url = new URL(endpoint)
    url.searchParams.set('api-version', '2019-08-01')
    this.#identify(url, resource, 'mi_res_id')
    return { method: 'GET', url: url.href, headers: { 'x-identity-header': header } }
  }

  async #imdsRequest(resource: string): Promise<Omit<HttpRequest, 'isRepeatable'>> {
    const own = environment()['AZURE_POD_IDENTITY_AUTHORITY_HOST']
    const base = own === undefined ? 'http://169.254.169.254' : own.replace(/\/+$/, '')
    const url = new URL(`${base}/metadata/identity/oauth2/token`)
    if (own === undefined) await this.#probe(url)
    url.searchParams.set('api-version', '2018-02-01')
    this.#identify(url, resource, 'msi_res_id')
    return {
      method: 'GET',
      url: url.href,
      headers: { metadata: 'true' },
      // It answers so while it starts.
      isTransient: ({ status }) => status === 404 || status === 410,
    }
  }

  #identify(url: URL, resource: string, resourceIdName: string): void {
    const { clientId, objectId, resourceId } = this.#options
    url.searchParams.set('resource', resource)
    if (resourceId !== undefined) url.searchParams.set(resourceIdName, resourceId)
    else if (objectId !== undefined) url.searchParams.set('object_id', objectId)
    else if (clientId) url.searchParams.set('client_id', clientId)
  }

  /** Whether somebody answers there at all: elsewhere than in the cloud, packets are lost. */
  async #probe({ href: url }: URL): Promise<void> {
    if (this.#isThere) return
    const pipeline = { ...this.#options, retryOptions: { maxRetries: 0 } }
    try {
      const request: HttpRequest = { method: 'GET', url, headers: {}, isRepeatable: true }
      await send(() => request, pipeline, { timeoutMs: PROBE_TIMEOUT_MILLISECONDS })
      this.#isThere = true
    } catch (cause) {
      if (!(cause instanceof ConnectionError || cause instanceof TimeoutError)) throw cause
      throw unavailable('This machine has no endpoint of managed identities.')
    }
  }
}

/** Whose variables these are, when they are those of neither App Service nor virtual machines. */
function otherPlatform(): string | undefined {
  const {
    IDENTITY_ENDPOINT: endpoint,
    IDENTITY_HEADER: header,
    IDENTITY_SERVER_THUMBPRINT: thumbprint,
    IMDS_ENDPOINT: imds,
  } = environment()
  if (!endpoint) return undefined
  if (header && thumbprint) return 'Service Fabric'
  return imds && !header ? 'Azure Arc' : undefined
}

/** The machine has no such identity, or what answers is a gateway without a way to the endpoint. */
function isNone({ status, message }: AuthenticationError): boolean {
  if (status === 400) return /identity not found/i.test(message)
  return status === 403 && /unreachable/i.test(message)
}

function unavailable(message: string): CredentialUnavailableError {
  return new CredentialUnavailableError({ code: 'CredentialUnavailable', message })
}
