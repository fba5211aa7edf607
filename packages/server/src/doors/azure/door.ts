import {
  Fault,
  isFault,
  type AccessView,
  type Caller,
  type RequestFacts,
  type Vault,
  type VaultRecord,
} from '@claviger/vault'
import { azure } from '@claviger/wire'
import type { Answer, Door, ListenerRefusal, WireRequest } from '../../door.ts'
import type { Log } from '../../log.ts'
import { demandApiVersion } from './api-version.ts'
import { AzureQuery } from './azure-query.ts'
import { AzureRouter } from './azure-router.ts'
import { bodyLimitBytes } from './body-limit.ts'
import { bearerToken } from './bearer-token.ts'
import { faultFields } from '../../fault-fields.ts'
import { LaterVersions } from './later-versions.ts'
import { listenerRefusal } from './listener-refusal.ts'
import { originOf, portSuffix } from './origin.ts'
import { renderError } from './render-error.ts'
import { readJsonBody } from './request-body.ts'
import { requestFacts } from './request-facts.ts'
import { methodOf } from './request-method.ts'
import { responseHeaders } from './response-headers.ts'
import { KEY_ROUTES } from './key-routes.ts'
import { SECRET_ROUTES } from './secret-routes.ts'
import type { AzureSettings } from './settings.ts'
import { UNSERVED_KEY_ROUTES } from './unserved-key-routes.ts'
import { vaultNameOfHost } from './vault-host.ts'

export interface AzureDoorOptions {
  readonly vault: Vault
  /**
   * Who a bearer token speaks for, at this vault.
   * @throws Fault TokenInvalid
   */
  readonly authenticate: (
    token: string,
    container: VaultRecord,
    facts: RequestFacts,
    view: AccessView,
  ) => Promise<Caller>
  /** Told of each request without a token: these are counted, not audited. */
  readonly onAnonymous?: () => void
  readonly log: Pick<Log, 'error' | 'warn'>
  readonly settings: AzureSettings
}

/**
 * The data plane of Azure Key Vault. A request is taken in an order that clients rely on: vault,
 * token, api-version, route, body, operation. Whoever brings no token is told the challenge alone.
 */
export function azureDoor(options: AzureDoorOptions): Door {
  const { vault, authenticate, onAnonymous, log, settings } = options
  const router = new AzureRouter([...SECRET_ROUTES, ...KEY_ROUTES, ...UNSERVED_KEY_ROUTES])
  const laterVersions = new LaterVersions(log)

  async function containerOf({ host }: WireRequest, view: AccessView): Promise<VaultRecord> {
    const name = vaultNameOfHost(host, settings)
    if (name === undefined) throw new Fault('VaultNotFound', { name: host })
    const found = await view.vaultByName(name)
    if (found !== undefined && found.deleted === undefined) return found
    throw new Fault('VaultNotFound', { name })
  }

  async function callerOf(
    request: WireRequest,
    container: VaultRecord,
    view: AccessView,
  ): Promise<Caller> {
    return authenticate(bearerToken(request), container, requestFacts(request, '', 200), view)
  }

  async function perform(
    request: WireRequest,
    container: VaultRecord,
    view: AccessView,
  ): Promise<Answer> {
    const caller = await callerOf(request, container, view)
    const query = new AzureQuery(request.query)
    const apiVersion = demandApiVersion(query)
    laterVersions.note(apiVersion)
    const { route, name, version } = router.find(methodOf(request), request.path, apiVersion.served)
    const body = await route.answer({
      vault,
      call: { caller, view, request: requestFacts(request, apiVersion.asked, route.successStatus) },
      container,
      origin: originOf(request),
      apiVersion: apiVersion.asked,
      name: name ?? '',
      version,
      query,
      body: () => readJsonBody(request),
    })
    return answerOf(request, route.successStatus, body)
  }

  function answerOf(
    request: WireRequest,
    status: number,
    body: object | undefined,
    headers: Readonly<Record<string, string>> = {},
  ): Answer {
    const all = { ...responseHeaders(request, settings), ...headers }
    if (body === undefined) return { status, headers: all, body: '' }
    return {
      status,
      headers: { 'Content-Type': 'application/json; charset=utf-8', ...all },
      body: JSON.stringify(body),
    }
  }

  function errorAnswer(
    request: WireRequest,
    thrown: unknown,
    challenge: Readonly<Record<string, string>> = {},
  ): Answer {
    const { status, body, headers } = renderError(thrown)
    return answerOf(request, status, body, status === 401 ? { ...headers, ...challenge } : headers)
  }

  function challengeOf(request: WireRequest, { tenant }: VaultRecord): Record<string, string> {
    const authorization = `${settings.loginBase(request)}/${tenant}`
    const resource = `https://${settings.vaultSuffix}${portSuffix(request)}`
    return { 'WWW-Authenticate': azure.challenge(authorization, resource) }
  }

  async function attempt<Result>(
    request: WireRequest,
    work: (container: VaultRecord, view: AccessView) => Promise<Result>,
  ): Promise<Result | Answer> {
    let challenge: Record<string, string> = {}
    try {
      const view = await vault.view()
      const container = await containerOf(request, view)
      challenge = challengeOf(request, container)
      return await work(container, view)
    } catch (thrown) {
      if (isFault(thrown, 'TokenMissing')) onAnonymous?.()
      const answer = errorAnswer(request, thrown, challenge)
      if (answer.status >= 500) {
        const { requestId } = request
        log.error('A request failed without its client being at fault.', {
          requestId,
          ...faultFields(thrown),
        })
      }
      return answer
    }
  }

  return {
    name: 'azure',
    bodyLimitBytes,

    /** Whoever has no good token is told so before a byte of the body is kept. */
    admit: (head) =>
      attempt(head, async (container, view) => {
        await callerOf(head, container, view)
        return undefined
      }),

    answer: (request) =>
      attempt(request, (container, view) => perform(request, container, view)),

    refuse(request: WireRequest, refusal: ListenerRefusal): Answer {
      return errorAnswer(request, listenerRefusal(refusal))
    },
  }
}
