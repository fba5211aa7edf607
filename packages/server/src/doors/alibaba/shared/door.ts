import {
  Fault,
  isFault,
  type AccessView,
  type Call,
  type Caller,
  type DenialLimit,
  type RequestFacts,
  type Tenant,
  type Vault,
} from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { Answer, Door, WireRequest } from '../../../door.ts'
import { faultFields } from '../../../fault-fields.ts'
import type { Log } from '../../../log.ts'
import { accountIdOf } from '../account-id.ts'
import { actionOf } from './actions/index.ts'
import { dryRun, isDryRun } from './dry-run.ts'
import { refusalOf } from './fault-refusal.ts'
import { listenerRefusal, retryAfterOf } from './listener-refusal.ts'
import { requestFacts } from './request-facts.ts'
import type { SharedSettings } from './settings.ts'

const { KmsRefusal } = alibaba.shared

/** What this gateway needs of whoever knows access keys. */
export interface Authenticated {
  readonly caller: Caller
  /** What must not be answered twice: goes into the commit of the call. */
  readonly claims: readonly string[]
}

export interface SharedDoorOptions {
  readonly vault: Vault
  /**
   * Who has signed a request.
   * @throws Fault SignInFailed; KmsRefusal in the words of this wire.
   */
  readonly authenticate: (
    request: alibaba.shared.SignedRequest,
    facts: RequestFacts,
    view: AccessView,
  ) => Promise<Authenticated>
  /** The region that the host names; the first one where it names none. */
  readonly regionOf: (host: string) => string
  /** For the gateway of instances: the vault that the host names. Absent, all vaults are there. */
  readonly instanceOf?: (host: string) => string
  readonly denials?: Pick<DenialLimit, 'guard'>
  readonly onThrottled?: () => void
  readonly log: Pick<Log, 'error' | 'warn'>
  readonly settings: SharedSettings
}

/**
 * The shared gateway of Alibaba Cloud KMS: RPC, signed by an access key (version 2016-01-20). A
 * request is taken in the order parameters, signature, action, its own parameters, operation.
 */
export function sharedDoor(options: SharedDoorOptions): Door {
  const { vault, authenticate, regionOf, instanceOf, denials, log, settings } = options

  async function perform(request: WireRequest, parameters: Parameters): Promise<Answer> {
    const raw = rawOf(request)
    const signed = alibaba.shared.readSignedRequest(raw, parameters)
    const facts = requestFacts(request, signed.action)
    const view = await vault.view()
    const { caller, claims } = await authenticate(signed, facts, view)
    const action = alibaba.shared.demandAction(signed)
    const answer = actionOf(action)
    if (answer === undefined) throw new KmsRefusal('UnsupportedOperation')
    const instance = instanceOf?.(request.host)
    if (instance !== undefined) demandOnInstance(action)
    const tenant = await tenantOf(view, caller)
    const call: Call = { caller, view, request: { ...facts, claims } }
    const act = (): Promise<alibaba.shared.AnswerObject> =>
      answer({
        vault,
        call,
        tenant,
        settings,
        region: regionOf(request.host),
        account: accountIdOf(tenant.id),
        ...(instance === undefined ? {} : { instance }),
        ...(denials === undefined ? {} : { denials }),
        parameters: alibaba.shared.readActionParameters(action, parameters),
      })
    const guarded = (): Promise<alibaba.shared.AnswerObject> =>
      denials === undefined ? act() : denials.guard(caller, action, act)
    const value = await (isDryRun(action, parameters) ? dryRun(guarded) : guarded())
    const { requestId } = request
    return alibaba.shared.renderSuccess({ format: signed.format, requestId }, value)
  }

  async function tenantOf(view: AccessView, caller: Caller): Promise<Tenant> {
    const tenant = await view.tenant(caller.tenant)
    if (tenant === undefined) throw new Fault('TenantNotFound', { tenant: caller.tenant })
    return tenant
  }

  function errorAnswer(
    request: WireRequest,
    thrown: unknown,
    format: alibaba.shared.AnswerFormat = 'json',
  ): Answer {
    const { requestId, host } = request
    const { code, message, recommend, status } = refusalOf(thrown)
    if (isFault(thrown, 'TooManyRequests')) options.onThrottled?.()
    if (status >= 500) {
      const text = 'A request failed without its client being at fault.'
      log.error(text, { requestId, ...faultFields(thrown) })
    }
    const retryAfterMs = retryAfterOf(thrown)
    return alibaba.shared.renderError(
      { format, requestId, hostId: host, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
      { code, message, recommend },
    )
  }

  return {
    name: 'alibaba',

    async answer(request) {
      let format: alibaba.shared.AnswerFormat = 'json'
      try {
        const parameters = alibaba.shared.readParameters(rawOf(request))
        format = alibaba.shared.answerFormat(parameters)
        if (request.method !== 'GET' && request.method !== 'POST') {
          throw new KmsRefusal('UnsupportedHTTPMethod')
        }
        return await perform(request, parameters)
      } catch (thrown) {
        return errorAnswer(request, thrown, format)
      }
    },

    refuse(request, refusal) {
      return errorAnswer(request, listenerRefusal(refusal))
    },
  }
}

type Parameters = ReturnType<typeof alibaba.shared.readParameters>

/** The signature covers the Host header, which the listener has taken apart. */
function rawOf({ method, path, query, headers, body }: WireRequest): alibaba.shared.RawRequest {
  return { method, path, query, headers, body }
}

/** @throws KmsRefusal InvalidApi.NotFound for what only the shared gateway does. */
function demandOnInstance(action: alibaba.shared.ActionName): void {
  if (alibaba.shared.actionRow(action).onInstance === true) return
  throw new KmsRefusal('InvalidApi.NotFound', {
    recommend: 'The gateway of an instance does not serve this action; ask the shared gateway.',
  })
}
