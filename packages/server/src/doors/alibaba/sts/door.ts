import { isFault, type Call, type DenialLimit, type Vault } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { Answer, Door, WireRequest } from '../../../door.ts'
import { faultFields } from '../../../fault-fields.ts'
import type { Log } from '../../../log.ts'
import { accountIdOf } from '../account-id.ts'
import type { SharedDoorOptions } from '../shared/door.ts'
import { refusalOf } from '../shared/fault-refusal.ts'
import { listenerRefusal, retryAfterOf } from '../shared/listener-refusal.ts'
import { requestFacts } from '../shared/request-facts.ts'

const { KmsRefusal, invalidParameter, missingParameter } = alibaba.shared

const VERSION = '2015-04-01'
const ROLE = /^acs:ram::(?<account>\d{1,20}):role\/(?<role>[0-9a-fA-F-]{36})$/

export interface StsDoorOptions {
  readonly vault: Pick<Vault, 'sessions' | 'view'>
  readonly authenticate: SharedDoorOptions['authenticate']
  readonly denials: Pick<DenialLimit, 'guard'>
  readonly onThrottled?: () => void
  readonly log: Pick<Log, 'error'>
}

/**
 * The security token service (STS 2015-04-01) as far as KMS programs need it: AssumeRole, for roles
 * of this directory, which are named by their object ids.
 */
export function stsDoor(options: StsDoorOptions): Door {
  const { vault, authenticate, denials, log } = options

  async function perform(request: WireRequest, parameters: Parameters): Promise<Answer> {
    const signed = alibaba.shared.readSignedRequest(request, parameters)
    const facts = { ...requestFacts(request, signed.action), apiVersion: VERSION }
    const view = await vault.view()
    const { caller, claims } = await authenticate(signed, facts, view)
    if (signed.version !== VERSION || signed.action !== 'AssumeRole') {
      throw new KmsRefusal('InvalidApi.NotFound', {
        recommend: `Here is AssumeRole of version ${VERSION} alone.`,
      })
    }
    const call: Call = { caller, view, request: { ...facts, claims } }
    const account = accountIdOf(caller.tenant)
    const { role, session, durationSeconds } = readAssumeRole(parameters, account)
    const { accessKeyId, secret, securityToken, expiresAt } = await denials.guard(
      caller,
      signed.action,
      () =>
        vault.sessions.create(call, {
          role,
          session,
          ...(durationSeconds === undefined ? {} : { durationSeconds }),
        }),
    )
    const { requestId } = request
    try {
      return alibaba.shared.renderSuccess({ format: signed.format, requestId }, {
        AssumedRoleUser: {
          Arn: `acs:ram::${account}:role/${role}/${session}`,
          AssumedRoleId: `${role}:${session}`,
        },
        Credentials: {
          AccessKeyId: accessKeyId,
          AccessKeySecret: new TextDecoder().decode(secret.reveal()),
          SecurityToken: securityToken,
          Expiration: alibaba.shared.formatWireTime(expiresAt),
        },
      })
    } finally {
      secret.wipe()
    }
  }

  function refused(
    request: WireRequest,
    thrown: unknown,
    format: alibaba.shared.AnswerFormat = 'json',
  ): Answer {
    const { requestId, host } = request
    const { code, message, recommend, status } = refusalOf(inStsWords(thrown))
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
        const parameters = alibaba.shared.readParameters(request)
        format = alibaba.shared.answerFormat(parameters)
        if (request.method !== 'GET' && request.method !== 'POST') {
          throw new KmsRefusal('UnsupportedHTTPMethod')
        }
        return await perform(request, parameters)
      } catch (thrown) {
        return refused(request, thrown, format)
      }
    },

    refuse: (request, refusal) => refused(request, listenerRefusal(refusal)),
  }
}

type Parameters = ReturnType<typeof alibaba.shared.readParameters>

function readAssumeRole(
  parameters: Parameters,
  account: string,
): { readonly role: string; readonly session: string; readonly durationSeconds?: number } {
  const arn = parameters.get('RoleArn')
  if (arn === undefined || arn === '') throw missingParameter('RoleArn')
  const named = ROLE.exec(arn)?.groups
  if (named?.['account'] !== account || named['role'] === undefined) {
    throw invalidParameter('RoleArn', `must be acs:ram::${account}:role/ and the object id of a role`)
  }
  const session = parameters.get('RoleSessionName')
  if (session === undefined || session === '') throw missingParameter('RoleSessionName')
  const seconds = parameters.get('DurationSeconds')
  // A policy that narrows the session would have to be kept by every decision; better to refuse it.
  if ((parameters.get('Policy') ?? '') !== '') {
    throw invalidParameter('Policy', 'is not offered here; give the role less instead')
  }
  if (seconds === undefined || seconds === '') return { role: named['role'], session }
  if (!/^\d{1,6}$/.test(seconds)) throw invalidParameter('DurationSeconds', 'must be a number')
  return { role: named['role'], session, durationSeconds: Number(seconds) }
}

const NAMES: Readonly<Record<string, string>> = {
  session: 'RoleSessionName',
  role: 'RoleArn',
  durationSeconds: 'DurationSeconds',
}

/** The parameters of the operation have other names on this wire. */
function inStsWords(thrown: unknown): unknown {
  if (!isFault(thrown, 'InvalidInput')) return thrown
  const { property, reason } = thrown.detail
  return invalidParameter(NAMES[property] ?? property, reason)
}

