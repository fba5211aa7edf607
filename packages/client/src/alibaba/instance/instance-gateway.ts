import { send, type HttpAnswer, type HttpRequest } from '../../core/pipeline.ts'
import { UnexpectedAnswerError, type ClavigerError } from '../../core/index.ts'
import { connection, endpointOf, type Surroundings } from '../connection.ts'
import { isTransientCode } from '../kms-error.ts'
import type { KmsConfig } from '../kms-config.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import { openClientKey, type ClientKey } from './client-key.ts'
import { decodeMessage } from './decode-message.ts'
import { encodeMessage } from './encode-message.ts'
import { instanceError } from './instance-error.ts'
import {
  OPERATIONS,
  type Message,
  type Operation,
  type RequestOf,
  type ResponseOf,
} from './message-fields.ts'
import { KEY_VERSION_HEADER, signRequest } from './sign-request.ts'

/** What an operation of an instance gave. */
export interface InstanceAnswer<Name extends Operation> {
  readonly message: ResponseOf<Name>
  readonly headers: Headers
  /** The version of the key, of which the message says nothing. @throws UnexpectedAnswerError */
  readonly keyVersionId: () => string
}

/** A KMS instance as a client key sees it. Every operation may reach it twice: it keeps nothing. */
export class InstanceGateway {
  readonly config: KmsConfig
  readonly #surroundings: Surroundings
  #clientKey: Promise<ClientKey> | undefined

  /** @throws TypeError when the endpoint is no host. */
  constructor(config: KmsConfig, surroundings: Surroundings) {
    endpointOf(config.endpoint)
    this.config = config
    this.#surroundings = surroundings
  }

  /** @throws ClavigerError, as the instance refuses or cannot be reached. */
  async call<Name extends Operation>(
    operation: Name,
    request: RequestOf<Name>,
    runtime: KmsRuntimeOptions,
    keyVersionId?: string,
  ): Promise<InstanceAnswer<Name>> {
    const clientKey = await this.#openClientKey()
    const body = encodeMessage(OPERATIONS[operation][0], request)
    const { endpoint } = this.config
    const way = await connection(endpoint, this.config, runtime, this.#surroundings)
    const next = async (): Promise<HttpRequest> => {
      const toSign = { operation, body, date: new Date(), keyVersionId }
      return {
        method: 'POST',
        url: way.url.href,
        headers: { 'user-agent': way.userAgent, ...(await signRequest(clientKey, toSign)) },
        body,
        isRepeatable: true,
        isTransient: (answer) => answer.status >= 400 && isTransientCode(refusal(answer).code),
      }
    }
    return answerOf(operation, await send(next, way.pipeline, way.call))
  }

  /** Opened once; a failure is not kept, since the file may be there the next time. */
  #openClientKey(): Promise<ClientKey> {
    this.#clientKey ??= openClientKey(this.config, this.#surroundings.platform).catch(
      (error: unknown) => {
        this.#clientKey = undefined
        throw error
      },
    )
    return this.#clientKey
  }
}

function answerOf<Name extends Operation>(
  operation: Name,
  answer: HttpAnswer,
): InstanceAnswer<Name> {
  if (answer.status !== 200) throw refusal(answer)
  const { headers } = answer
  // The row of the operation is that of its type.
  const name = OPERATIONS[operation][1]
  const message = decodeMessage(name, answer.body) as ResponseOf<Name>
  const { [RESULTS[name] ?? '']: result = answer.body } = message as Readonly<
    Record<string, string | Uint8Array>
  >
  // In protobuf no octets at all are a message, too.
  if (result.length === 0) throw unexpected('a result', answer)
  const keyVersionId = (): string => {
    const id = headers.get(KEY_VERSION_HEADER)
    if (id !== null) return id
    throw unexpected(`the header ${KEY_VERSION_HEADER}`, answer)
  }
  return { message, headers, keyVersionId }
}

/** What is asked for: without it there is no result, whatever the status says. */
const RESULTS: Readonly<Record<string, string | undefined>> = {
  EncryptResponse: 'CiphertextBlob',
  GenerateDataKeyResponse: 'Plaintext',
  SignResponse: 'Signature',
  GetPublicKeyResponse: 'PublicKey',
}

function unexpected(what: string, { status }: HttpAnswer): UnexpectedAnswerError {
  const message = `The instance answered without ${what}.`
  return new UnexpectedAnswerError({ code: 'UnexpectedAnswer', message, status })
}

function refusal({ status, body }: HttpAnswer): ClavigerError {
  const { ErrorCode, ErrorMessage, RequestId } = readError(body)
  return instanceError({
    status,
    code: ErrorCode || 'UnexpectedAnswer',
    message: ErrorMessage || `The instance answered with the status ${status}.`,
    requestId: RequestId || undefined,
  })
}

function readError(body: Uint8Array): Message<'Error'> {
  try {
    return decodeMessage('Error', body)
  } catch {
    // A proxy in between answers with a page of its own.
    return { ErrorCode: '', ErrorMessage: '', RequestId: '' }
  }
}
