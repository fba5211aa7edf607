import {
  epochSeconds,
  isFault,
  type AccessView,
  type Call,
  type Caller,
  type Clock,
  type DenialLimit,
  type RequestFacts,
  type Vault,
} from '@claviger/vault'
import type { Answer, Door, ListenerRefusal, WireRequest } from '../../door.ts'
import { faultFields } from '../../fault-fields.ts'
import type { Log } from '../../log.ts'
import { originOf, portSuffix } from '../../origin.ts'
import { bearerToken } from '../../rest/bearer-token.ts'
import { readJsonObject } from '../../rest/json-object.ts'
import { restRequestFacts } from '../../rest/request-facts.ts'
import { tenantOfCaller } from '../../rest/tenant-of-caller.ts'
import { badRequest } from './graph-refusal.ts'
import { GraphRouter } from './graph-router.ts'
import { listenerRefusal } from './listener-refusal.ts'
import { renderError } from './render-error.ts'
import { responseHeaders } from './response-headers.ts'
import type { GraphReply, GraphRequest } from './route.ts'
import { GRAPH_ROUTES } from './routes.ts'
import type { GraphSettings } from './settings.ts'

export interface GraphDoorOptions {
  readonly vault: Vault
  /**
   * Who a bearer token for Graph speaks for, of whichever tenant.
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
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
  readonly settings: GraphSettings
}

const GRAPH_APPLICATION = '00000003-0000-0000-c000-000000000000'

/**
 * Microsoft Graph, as far as the directory of a vault's tenant needs it. A request is taken in the
 * order token, route, body, operation.
 */
export function graphDoor(options: GraphDoorOptions): Door {
  const { vault, authenticate, clock, denials, log, settings } = options
  const router = new GraphRouter(GRAPH_ROUTES)
  const statusOf = (thrown: unknown): number => renderError(thrown).status

  async function callerOf(request: WireRequest, view: AccessView): Promise<Caller> {
    const facts = (): RequestFacts => restRequestFacts(request, '', statusOf)
    return await authenticate(bearerToken(request), facts, view)
  }

  async function perform(request: WireRequest): Promise<Answer> {
    const view = await vault.view()
    const caller = await callerOf(request, view)
    const { route, params, version, path } = router.find(request.method, request.path)
    const { successStatus = 200 } = route
    const answered = restRequestFacts(request, '', statusOf, { successStatus })
    const facts = { ...answered, apiVersion: version }
    const call: Call = { caller, view, request: facts }
    const visit: GraphRequest = {
      vault,
      call,
      tenant: await tenantOfCaller(caller, view),
      now: epochSeconds(clock),
      settings,
      base: `${originOf(request)}/${version}`,
      path,
      params,
      query: new URLSearchParams(request.query),
      body: () => readBody(request),
    }
    const act = (): Promise<GraphReply> => route.answer(visit)
    const what = `graph ${route.method} ${route.path}`
    return answerOf(
      request,
      await (denials === undefined ? act() : denials.guard(caller, what, act)),
    )
  }

  function errorAnswer(request: WireRequest, thrown: unknown): Answer {
    const { status, code, message, headers } = renderError(thrown)
    const all = responseHeaders(request)
    const innerError = {
      date: new Date(clock.now()).toISOString().slice(0, 19),
      'request-id': request.requestId,
      'client-request-id': all['client-request-id'],
    }
    const challenge = status === 401 ? challengeOf(request) : {}
    const body = { error: { code, message, innerError } }
    return answerOf(request, { status, body, headers: { ...headers, ...challenge } })
  }

  function challengeOf(request: WireRequest): Record<string, string> {
    const authority = `https://${settings.loginHost}${portSuffix(request)}/common/oauth2/authorize`
    const value = `Bearer realm="", authorization_uri="${authority}", client_id="${GRAPH_APPLICATION}"`
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
      const answer = errorAnswer(request, thrown)
      if (answer.status >= 500) {
        const { requestId } = request
        log.error('A request of the directory failed without its client being at fault.', {
          requestId,
          ...faultFields(thrown),
        })
      }
      return answer
    }
  }

  return {
    name: 'graph',

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

function readBody({ body, headers }: WireRequest): object {
  const read = readJsonObject(body, headers['content-type'])
  if ('object' in read) return read.object
  throw badRequest(`Unable to read JSON request payload: ${read.problem}. Send one JSON object.`)
}

function answerOf(request: WireRequest, { status, body, headers = {} }: GraphReply): Answer {
  const all = Object.assign(responseHeaders(request), headers)
  if (body === undefined || request.method === 'HEAD') return { status, headers: all, body: '' }
  all['Content-Type'] = 'application/json;odata.metadata=minimal;charset=utf-8'
  return { status, headers: all, body: JSON.stringify(body) }
}
