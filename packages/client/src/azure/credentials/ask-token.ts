import { AuthenticationError } from '../../core/errors.ts'
import {
  type HttpAnswer,
  type HttpRequest,
  type OperationOptions,
  type PipelineOptions,
  send,
} from '../../core/pipeline.ts'
import type { AccessToken } from '../token-credential.ts'

/** The members of an answer that are read; a managed identity's says whose the token is. */
export interface TokenAnswer {
  readonly access_token?: unknown
  readonly expires_in?: unknown
  readonly expires_on?: unknown
  readonly refresh_in?: unknown
  readonly error?: unknown
  readonly error_description?: unknown
  readonly message?: unknown
  readonly client_id?: unknown
  readonly object_id?: unknown
  readonly msi_res_id?: unknown
  readonly mi_res_id?: unknown
}

/**
 * Asks an issuer for a token. @throws AuthenticationError with the issuer's code and its words; the
 * request, which has the secret, is in none of them.
 */
export async function askToken(
  request: Omit<HttpRequest, 'isRepeatable'>,
  pipeline: PipelineOptions,
  call: OperationOptions,
): Promise<AccessToken> {
  const answer = await send(() => ({ ...request, isRepeatable: true }), pipeline, call)
  return readToken(answer, request.url)
}

/** The token of an answer, once `check` has let it pass. @throws AuthenticationError */
export function readToken(
  answer: HttpAnswer,
  url: string,
  check: (body: TokenAnswer) => void = () => {},
): AccessToken {
  const { host } = new URL(url)
  const body = parsed(answer.body)
  if (answer.status === 200 && typeof body.access_token === 'string') {
    check(body)
    return tokenOf(body.access_token, body)
  }
  const { error, error_description: description, message } = body
  const reason = [description, message].find((text) => typeof text === 'string')
  throw new AuthenticationError({
    code: typeof error === 'string' ? error : `Http${answer.status}`,
    message: reason ?? `${host} gives no token: it answered with status ${answer.status}.`,
    status: answer.status,
    requestId: answer.headers.get('x-ms-request-id') ?? undefined,
  })
}

function parsed(body: Uint8Array): TokenAnswer {
  try {
    return (JSON.parse(new TextDecoder().decode(body)) as TokenAnswer | null) ?? {}
  } catch {
    return {}
  }
}

function tokenOf(token: string, answer: TokenAnswer): AccessToken {
  const now = Date.now()
  const until = seconds(answer.expires_on)
  const lasts = seconds(answer.expires_in)
  // RFC 6749 §5.1 does not demand either; an hour is what such a token usually lasts.
  const expiresOnTimestamp = until === undefined ? now + (lasts ?? 3600) * 1000 : until * 1000
  const refreshIn = seconds(answer.refresh_in)
  return {
    token,
    expiresOnTimestamp,
    ...(refreshIn === undefined ? {} : { refreshAfterTimestamp: now + refreshIn * 1000 }),
  }
}

/** A number of the answer; some issuers write them as text. */
function seconds(value: unknown): number | undefined {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}
