import { send, type HttpAnswer, type HttpRequest } from '../../core/pipeline.ts'
import { retryAfterMs } from '../../core/retry.ts'
import { UnexpectedAnswerError, type ClavigerError } from '../../core/index.ts'
import { GET_ACTIONS } from '../actions/action-names.ts'
import { connection, endpointOf, type Connection, type Surroundings } from '../connection.ts'
import { accessKeyOf } from '../kms-credential.ts'
import { isTransientCode, kmsError } from '../kms-error.ts'
import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { OpenApiConfig } from '../open-api-config.ts'
import { isRepeatable } from './repeatable-actions.ts'
import { requestParameters, type Parameters } from './request-parameters.ts'
import { responseBody } from './response-body.ts'
import { signAcs3 } from './sign-acs3.ts'
import { signRpc } from './sign-rpc.ts'
import type { CallToSign, SignedCall } from './signed-request.ts'

const VERSION = '2016-01-20'

/** The gateway that answers every action; or another service that is asked alike. */
export interface SharedGateway {
  readonly config: OpenApiConfig
  readonly surroundings: Surroundings
  /** Of the other service's interface. */
  readonly version?: string
}

/** @throws ClavigerError, as the gateway refuses or cannot be reached. */
export async function callShared(
  { config, surroundings, version = VERSION }: SharedGateway,
  action: string,
  request: object,
  runtime: KmsRuntimeOptions,
): Promise<KmsResponse<unknown>> {
  const parameters = requestParameters(request)
  const way = await connection(sharedEndpoint(config), config, runtime, surroundings)
  const next = (): Promise<HttpRequest> => signed(config, { action, version, parameters }, way)
  const answer = await send(next, way.pipeline, way.call)
  if (answer.status !== 200) throw refusal(answer)
  const body = responseBody(action, objectIn(answer))
  return { headers: Object.fromEntries(answer.headers), statusCode: answer.status, body }
}

/** @throws TypeError when nothing names it, or what does is no host. */
export function sharedEndpoint({ endpoint, regionId }: OpenApiConfig): string {
  if (endpoint !== undefined) return endpointOf(endpoint)
  if (regionId !== undefined) return endpointOf(`kms.${regionId}.aliyuncs.com`)
  throw new TypeError('The parameter config needs an endpoint or a regionId.')
}

interface Called {
  readonly action: string
  readonly version: string
  readonly parameters: Parameters
}

async function signed(
  config: OpenApiConfig,
  called: Called,
  { url, userAgent }: Connection,
): Promise<HttpRequest> {
  const method = GET_ACTIONS.has(called.action) ? 'GET' : 'POST'
  const { query, headers, body } = await sign(config, {
    ...called,
    method,
    host: url.host,
    accessKey: await accessKeyOf(config),
    date: new Date(),
    nonce: crypto.randomUUID(),
  })
  return {
    method,
    url: query === '' ? url.href : `${url.href}?${query}`,
    headers: { 'user-agent': userAgent, ...headers },
    body: method === 'GET' ? undefined : body,
    isRepeatable: isRepeatable(called.action),
    isTransient: (answer) => answer.status >= 400 && isTransientCode(refusal(answer).code),
  }
}

function sign({ signatureAlgorithm }: OpenApiConfig, call: CallToSign): Promise<SignedCall> {
  if (signatureAlgorithm === 'HMAC-SHA1' || signatureAlgorithm === 'HMAC-SHA256') {
    return signRpc(call, signatureAlgorithm)
  }
  return signAcs3(call)
}

function refusal({ status, headers, body }: HttpAnswer): ClavigerError {
  const said = parsed(body) ?? {}
  const text = (name: string): string | undefined => {
    const value = said[name]
    return typeof value === 'string' ? value : undefined
  }
  return kmsError({
    status,
    code: text('Code') ?? 'UnexpectedAnswer',
    message: text('Message') ?? `The gateway answered with the status ${status}.`,
    requestId: text('RequestId') ?? headers.get('x-acs-request-id') ?? undefined,
    retryAfterMs: retryAfterMs(headers),
  })
}

function objectIn({ body, status }: HttpAnswer): Record<string, unknown> {
  const said = parsed(body)
  if (said !== undefined) return said
  const message = 'The gateway answered with something else than a JSON object.'
  throw new UnexpectedAnswerError({ code: 'UnexpectedAnswer', message, status })
}

function parsed(body: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body))
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return value as Record<string, unknown>
  } catch {
    return undefined
  }
}
