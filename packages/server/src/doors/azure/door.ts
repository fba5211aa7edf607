import {
  Fault,
  isFault,
  type AccessView,
  type Call,
  type Caller,
  type DenialLimit,
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
import { bearerToken } from '../../rest/bearer-token.ts'
import { CERTIFICATE_ROUTES } from './certificate-routes.ts'
import { faultFields } from '../../fault-fields.ts'
import { LaterVersions } from './later-versions.ts'
import { listenerRefusal } from './listener-refusal.ts'
import { originOf, portSuffix } from '../../origin.ts'
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
    facts: () => RequestFacts,
    view: AccessView,
  ) => Promise<Caller>
  /** Told of each request without a token: these are counted, not audited. */
  readonly onAnonymous?: () => void
  /** Refuses who is denied again and again; no limit when absent. */
  readonly denials?: Pick<DenialLimit, 'guard'>
  /** Told of each request that this limit refused: these are counted, not audited. */
  readonly onThrottled?: () => void
  readonly log: Pick<Log, 'error' | 'warn'>
  readonly settings: AzureSettings
}

/**
 * The data plane of Azure Key Vault. A request is taken in an order that clients rely on: vault,
 * token, api-version, route, body, operation. Whoever brings no token is told the challenge alone.
 */
export function azureDoor(options: AzureDoorOptions): Door {
  const { vault, authenticate, onAnonymous, denials, log, settings } = options
  const router = new AzureRouter([
    ...SECRET_ROUTES,
    ...KEY_ROUTES,
    ...UNSERVED_KEY_ROUTES,
    ...CERTIFICATE_ROUTES,
  ])
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
    const facts = (): RequestFacts => requestFacts(request, '', 200)
    return await authenticate(bearerToken(request), container, facts, view)
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
    const call: Call = {
      caller,
      view,
      request: requestFacts(request, apiVersion.asked, route.successStatus),
    }
    const headers: Record<string, string> = {}
    const act = (): Promise<object | undefined> =>
      route.answer({
        vault,
        call,
        container,
        origin: originOf(request),
        apiVersion: apiVersion.asked,
        name: name ?? '',
        version,
        query,
        setHeader: (header, value) => {
          headers[header] = value
        },
        body: () => readJsonBody(request),
      })
    const what = `${container.name} ${route.method} ${route.path}`
    const body = await (denials === undefined ? act() : denials.guard(caller, what, act))
    return answerOf(request, route.successStatus, body, headers)
  }

  function answerOf(
    request: WireRequest,
    status: number,
    body: object | undefined,
    headers: Readonly<Record<string, string>> = {},
  ): Answer {
    const all = Object.assign(responseHeaders(request, settings), headers)
    if (body === undefined) return { status, headers: all, body: '' }
    all['Content-Type'] = 'application/json; charset=utf-8'
    return { status, headers: all, body: JSON.stringify(body) }
  }

  /** @param container where the request has got to; a 401 then tells the challenge. */
  function errorAnswer(
    request: WireRequest,
    thrown: unknown,
    container?: VaultRecord,
  ): Answer {
    const { status, body, headers } = renderError(thrown)
    if (status !== 401 || container === undefined) return answerOf(request, status, body, headers)
    return answerOf(request, status, body, { ...headers, ...challengeOf(request, container) })
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
    let container: VaultRecord | undefined
    try {
      const view = await vault.view()
      container = await containerOf(request, view)
      return await work(container, view)
    } catch (thrown) {
      if (isFault(thrown, 'TokenMissing')) onAnonymous?.()
      if (isFault(thrown, 'TooManyRequests')) options.onThrottled?.()
      const answer = errorAnswer(request, thrown, container)
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
