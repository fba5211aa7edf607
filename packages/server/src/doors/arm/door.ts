import {
  isFault,
  isGuid,
  type AccessView,
  type Call,
  type Caller,
  type DenialLimit,
  type RequestFacts,
  type Tenant,
  type Vault,
} from '@claviger/vault'
import { azure } from '@claviger/wire'
import type { Answer, Door, ListenerRefusal, WireRequest } from '../../door.ts'
import { faultFields } from '../../fault-fields.ts'
import type { Log } from '../../log.ts'
import { originOf, portSuffix } from '../../origin.ts'
import { bearerToken } from '../../rest/bearer-token.ts'
import { readJsonObject } from '../../rest/json-object.ts'
import { restRequestFacts } from '../../rest/request-facts.ts'
import { tenantOfCaller } from '../../rest/tenant-of-caller.ts'
import { shorten } from '../../rest/shorten.ts'
import { demandApiVersion } from './api-versions.ts'
import { ArmRefusal } from './arm-refusal.ts'
import { ArmRouter, typeOfPath } from './arm-router.ts'
import { cloudMetadata } from './cloud-metadata.ts'
import { listenerRefusal } from './listener-refusal.ts'
import { renderError } from './render-error.ts'
import { responseHeaders } from './response-headers.ts'
import type { ArmReply, ArmRequest } from './route.ts'
import { ARM_ROUTES } from './routes.ts'
import type { ArmSettings } from './settings.ts'

export interface ArmDoorOptions {
  readonly vault: Vault
  /**
   * Who a bearer token for the resource manager speaks for, of whichever tenant.
   * @throws Fault TokenInvalid
   */
  readonly authenticate: (
    token: string,
    facts: () => RequestFacts,
    view: AccessView,
  ) => Promise<Caller>
  /** Told of each request without a token: these are counted, not audited. */
  readonly onAnonymous?: () => void
  /** Refuses who is denied again and again; no limit when absent. */
  readonly denials?: Pick<DenialLimit, 'guard'>
  /** Told of each request that this limit refused: these are counted, not audited. */
  readonly onThrottled?: () => void
  readonly log: Pick<Log, 'error'>
  readonly settings: ArmSettings
}

const METADATA_PATH = /^\/metadata\/endpoints\/?$/i
const SUBSCRIPTION = /^\/subscriptions\/([^/]+)/i

/**
 * Azure Resource Manager, as far as vaults need it. A request is taken in the order token, route,
 * api-version, subscription, body, operation; the cloud's metadata is for everybody.
 */
export function armDoor(options: ArmDoorOptions): Door {
  const { vault, authenticate, denials, log, settings } = options
  const router = new ArmRouter(ARM_ROUTES)
  const statusOf = (thrown: unknown): number => renderError(thrown).status

  async function callerOf(request: WireRequest, view: AccessView): Promise<Caller> {
    return await authenticate(
      bearerToken(request),
      () => restRequestFacts(request, '', statusOf),
      view,
    )
  }

  async function perform(request: WireRequest): Promise<Answer> {
    const query = new URLSearchParams(request.query)
    // Libraries write a scope, which begins with a slash, behind one of their own.
    const path = request.path.replaceAll(/\/{2,}/g, '/')
    if (request.method === 'GET' && METADATA_PATH.test(path)) {
      const version = demandApiVersion(query.get('api-version'), typeOfPath(path))
      return answerOf(request, { status: 200, body: cloudMetadata(request, version, settings) })
    }
    const view = await vault.view()
    const caller = await callerOf(request, view)
    const apiVersion = demandApiVersion(query.get('api-version'), typeOfPath(path))
    const { route, params, scope } = router.find(request.method, path)
    const tenant = await tenantOfCaller(caller, view)
    demandSubscription(params['subscription'] ?? SUBSCRIPTION.exec(scope)?.[1], tenant)
    const { successStatus = 200, outcomeStatus = {} } = route
    const answered = { successStatus, outcomeStatus }
    const facts = restRequestFacts(request, apiVersion, statusOf, answered)
    const call: Call = { caller, view, request: facts }
    const visit: ArmRequest = {
      vault,
      call,
      tenant,
      place: request,
      origin: originOf(request),
      path,
      settings,
      apiVersion,
      params,
      scope,
      query,
      headers: request.headers,
      body: () => readBody(request),
    }
    const act = (): Promise<ArmReply> => route.answer(visit)
    const what = `${tenant.id} ${route.method} ${route.path}`
    return answerOf(request, await (denials === undefined ? act() : denials.guard(caller, what, act)))
  }

  /** @param tenant whose login host a 401 names; `common` where the path does not say. */
  function errorAnswer(request: WireRequest, thrown: unknown, tenant = 'common'): Answer {
    const { status, body, headers } = renderError(thrown)
    if (status !== 401) return answerOf(request, { status, body, headers })
    const all = { ...headers, ...challengeOf(request, tenant) }
    return answerOf(request, { status, body, headers: all })
  }

  function challengeOf(request: WireRequest, tenant: string): Record<string, string> {
    const authority = `https://${settings.loginHost}${portSuffix(request)}/${tenant}`
    const value =
      `Bearer authorization_uri="${authority}", error="invalid_token", ` +
      'error_description="The access token is missing or not accepted."'
    return { 'WWW-Authenticate': value }
  }

  async function attempt<Result>(
    request: WireRequest,
    work: () => Promise<Result>,
  ): Promise<Result | Answer> {
    try {
      return await work()
    } catch (thrown) {
      if (isFault(thrown, 'TokenMissing')) options.onAnonymous?.()
      if (isFault(thrown, 'TooManyRequests')) options.onThrottled?.()
      const answer = errorAnswer(request, thrown, await tenantNamedBy(request, thrown))
      if (answer.status >= 500) {
        const { requestId } = request
        log.error('A request of the control plane failed without its client being at fault.', {
          requestId,
          ...faultFields(thrown),
        })
      }
      return answer
    }
  }

  /** Only a challenge names it. Best effort: when the store fails, the answer is none anyway. */
  async function tenantNamedBy(
    { path }: WireRequest,
    thrown: unknown,
  ): Promise<string | undefined> {
    if (!isFault(thrown, 'TokenMissing') && !isFault(thrown, 'TokenInvalid')) return undefined
    const subscription = SUBSCRIPTION.exec(path)?.[1]
    if (subscription === undefined) return undefined
    try {
      return (await (await vault.view()).tenantOfSubscription(subscription))?.id
    } catch {
      return undefined
    }
  }

  return {
    name: 'arm',

    /** Whoever has no good token is told so before a byte of the body is kept. */
    admit: (head) =>
      attempt(head, async () => {
        await callerOf(head, await vault.view())
        return undefined
      }),

    answer: (request) => attempt(request, () => perform(request)),

    refuse(request: WireRequest, refusal: ListenerRefusal): Answer {
      return errorAnswer(request, listenerRefusal(refusal))
    },
  }
}

/** @throws ArmRefusal when the path names a subscription that is not the caller's. */
function demandSubscription(named: string | undefined, { subscription }: Tenant): void {
  if (named === undefined || named.toLowerCase() === subscription.toLowerCase()) return
  const shown = shorten(named, 64)
  if (!isGuid(named)) {
    throw new ArmRefusal(
      400,
      'InvalidSubscriptionId',
      `The provided subscription identifier '${shown}' is malformed or invalid. It is a GUID.`,
    )
  }
  throw new ArmRefusal(
    404,
    'SubscriptionNotFound',
    `The subscription '${shown}' could not be found. That of your tenant is '${subscription}'.`,
  )
}

function readBody({ body, headers }: WireRequest): azure.JsonMembers {
  const read = readJsonObject(body, headers['content-type'])
  if ('object' in read) return new azure.JsonMembers(read.object)
  throw new ArmRefusal(
    400,
    'InvalidRequestContent',
    `The request content was invalid: ${read.problem}. Send one JSON object.`,
  )
}

function answerOf(request: WireRequest, { status, body, headers = {} }: ArmReply): Answer {
  const all = Object.assign(responseHeaders(request), headers)
  if (body === undefined || request.method === 'HEAD') return { status, headers: all, body: '' }
  all['Content-Type'] = 'application/json; charset=utf-8'
  return { status, headers: all, body: JSON.stringify(body) }
}
