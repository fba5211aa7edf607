import {
  isFault,
  type AccessView,
  type Call,
  type Caller,
  type Clock,
  type DenialLimit,
  type Identity,
  type RequestFacts,
  type Vault,
} from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { Answer, Door, ListenerRefusal, WireRequest } from '../../../door.ts'
import { faultFields } from '../../../fault-fields.ts'
import type { Log } from '../../../log.ts'
import { refusalOf, type Said } from './fault-refusal.ts'
import type { InstanceAnswer } from './instance-operation.ts'
import { hasSmallBody, isNative } from './native-request.ts'
import { operationOf } from './operations/index.ts'
import { requestFacts } from './request-facts.ts'

const { instance } = alibaba
const { Refusal } = instance

type Checked = alibaba.instance.CheckedRequest
type Operation = alibaba.instance.Operation

const NOBODY: Said = { accessKeyId: '', named: '' }

export interface InstanceDoorOptions {
  readonly vault: Vault
  /** Who knows the client keys that requests are signed with; each failure is audited there. */
  readonly signers: Pick<Identity['signedRequests'], 'callerOfClientKey'>
  /** Name of the vault that the host names, whether there is one or not. */
  readonly instanceOf: (host: string) => string
  /** Answers what is signed by an access key, with an action of the shared gateway. */
  readonly openApi: Door
  readonly clock: Clock
  readonly denials?: Pick<DenialLimit, 'guard'>
  readonly onThrottled?: () => void
  readonly log: Pick<Log, 'error'>
}

/**
 * The gateway of a KMS instance: protobuf over HTTPS, signed by a client key (`dkms-gcs-0.2`). A
 * request is taken in the order headers, body, signature, message, operation.
 *
 * The signature has no nonce, and a date of whole seconds: two requests alike within a second are
 * one and the same to the octet, so a replay cannot be told and is not looked for.
 */
export function instanceDoor(options: InstanceDoorOptions): Door {
  const { vault, signers, openApi, clock, denials, log } = options

  async function authenticated(
    request: WireRequest,
    checked: Checked,
    facts: RequestFacts,
  ): Promise<{ readonly caller: Caller; readonly view: AccessView }> {
    const view = await vault.view()
    const proof = {
      clientKeyId: checked.accessKeyId,
      clientAddress: request.clientAddress,
      view,
      verify: (key: Parameters<typeof instance.isSignedBy>[0]) => instance.isSignedBy(key, checked),
    }
    return { caller: await signers.callerOfClientKey(proof, () => facts), view }
  }

  async function perform(request: WireRequest): Promise<Answer> {
    const now = Math.floor(clock.now() / 1000)
    const checked = instance.checkRequest(request, now)
    return await answered(request, checked, checked.operation)
  }

  // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- ties message to operation
  async function answered<Name extends Operation>(
    request: WireRequest,
    checked: Checked,
    name: Name,
  ): Promise<Answer> {
    const { accessKeyId, keyVersionId } = checked
    let said: Said = { accessKeyId, named: name }
    try {
      const facts = requestFacts(request, name, said)
      const { caller, view } = await authenticated(request, checked, facts)
      const message = instance.readOperationRequest(name, request.body, keyVersionId)
      said = { accessKeyId, named: namedBy(message) ?? name }
      const call: Call = { caller, view, request: requestFacts(request, name, said) }
      const act = (): Promise<InstanceAnswer<Name>> =>
        operationOf(name)({
          vault,
          call,
          instance: options.instanceOf(request.host),
          keyVersionId,
          message,
        })
      const answer = await (denials === undefined ? act() : denials.guard(caller, name, act))
      return rendered(name, answer, request)
    } catch (thrown) {
      return errorAnswer(request, thrown, said)
    }
  }

  function errorAnswer(
    { requestId }: Pick<WireRequest, 'requestId'>,
    thrown: unknown,
    said: Said = NOBODY,
  ): Answer {
    const refusal = refusalOf(thrown, said)
    if (isFault(thrown, 'TooManyRequests')) options.onThrottled?.()
    if (refusal.status >= 500) {
      const text = 'A request failed without its client being at fault.'
      log.error(text, { requestId, ...faultFields(thrown) })
    }
    return {
      status: refusal.status,
      headers: instance.responseHeaders(),
      body: instance.errorBody(refusal, requestId),
    }
  }

  return {
    name: 'alibaba-instance',

    bodyLimitBytes(head, standardBytes) {
      return isNative(head) ? instance.BODY_MAX_BYTES : standardBytes
    },

    async admit(head) {
      if (!isNative(head)) return await openApi.admit?.(head)
      // It may be read whoever asks, and then all of this is looked at once, with it.
      if (hasSmallBody(head)) return undefined
      let said = NOBODY
      try {
        const checked = instance.checkHead(head, Math.floor(clock.now() / 1000))
        said = { accessKeyId: checked.accessKeyId, named: checked.operation }
        // The signature covers the digest of the body, so that who asks is known without it.
        const facts = requestFacts(head, checked.operation, said)
        await authenticated(head, checked, facts)
        return undefined
      } catch (thrown) {
        return errorAnswer(head, thrown, said)
      }
    },

    async answer(request) {
      if (!isNative(request)) return await openApi.answer(request)
      try {
        return await perform(request)
      } catch (thrown) {
        return errorAnswer(request, thrown)
      }
    },

    refuse(request, refusal) {
      if (!isNative(request)) return openApi.refuse(request, refusal)
      return errorAnswer(request, listenerRefusal(refusal))
    },
  }
}

function namedBy(message: object): string | undefined {
  if ('KeyId' in message && typeof message.KeyId === 'string' && message.KeyId !== '') {
    return message.KeyId
  }
  if ('SecretName' in message && typeof message.SecretName === 'string') return message.SecretName
  return undefined
}

function rendered<Name extends Operation>(
  name: Name,
  { message, keyVersionId, shown }: InstanceAnswer<Name>,
  { requestId }: WireRequest,
): Answer {
  try {
    const { response } = instance.OPERATIONS[name]
    const body = instance.encodeMessage(response, { ...message, RequestId: requestId })
    return { status: 200, headers: instance.responseHeaders(keyVersionId), body }
  } finally {
    shown?.wipe()
  }
}

function listenerRefusal({ reason }: ListenerRefusal): alibaba.instance.Refusal {
  switch (reason) {
    case 'BodyTooLarge':
      return new Refusal('BodyTooLarge', {})
    case 'BodyIncomplete':
      return new Refusal('ContentDigestInvalid', {})
    case 'Overloaded':
      return new Refusal('Throttled', {})
  }
}
