import { type ClavigerError, errorOfStatus } from '../core/errors.ts'
import type { HttpAnswer } from '../core/pipeline.ts'
import { retryAfterMs } from '../core/retry.ts'

interface ErrorBody {
  readonly code?: unknown
  readonly message?: unknown
  readonly innererror?: { readonly code?: unknown } | null
}

/** The error that an answer of the service carries: `{"error":{"code","message","innererror"}}`. */
export function errorOfAnswer(answer: HttpAnswer): ClavigerError {
  const { code, message, innererror } = errorIn(answer.body)
  const innerCode = innererror?.code
  return errorOfStatus(answer.status, {
    code: typeof code === 'string' ? code : `Http${answer.status}`,
    message:
      typeof message === 'string' ? message : `The service answered with status ${answer.status}.`,
    innerCode: typeof innerCode === 'string' ? innerCode : undefined,
    requestId: answer.headers.get('x-ms-request-id') ?? undefined,
    retryAfterMs: retryAfterMs(answer.headers),
  })
}

function errorIn(body: Uint8Array): ErrorBody {
  const refused: { readonly error?: ErrorBody | null } = objectIn(body) ?? {}
  return refused.error ?? {}
}

/** The object of a body in JSON. Without a reason when there is none: a parser's quotes the body. */
export function objectIn(body: Uint8Array): object | undefined {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body))
    return typeof parsed === 'object' && parsed !== null ? parsed : undefined
  } catch {
    return undefined
  }
}
