import type { AnswerObject } from './answer-value.ts'
import { ERRORS, type ErrorCode } from './errors.ts'
import type { AnswerFormat } from './read-parameters.ts'
import { renderXml } from './render-xml.ts'

/** An answer as it goes over HTTP. */
export interface RenderedAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface AnswerContext {
  readonly format: AnswerFormat
  /** A UUID, given to the request by the server. */
  readonly requestId: string
}

/** @param value the members of the answer, without RequestId. */
export function renderSuccess(
  { format, requestId }: AnswerContext,
  value: AnswerObject,
): RenderedAnswer {
  return render(200, { format, requestId }, 'KMS', { ...value, RequestId: requestId })
}

export interface ErrorWords {
  readonly code: ErrorCode
  readonly message: string
  /** One sentence that says what to change; empty when there is nothing to say. */
  readonly recommend: string
}

export interface ErrorContext extends AnswerContext {
  /** The host that the client asked, without port. */
  readonly hostId: string
  /** Milliseconds, as the official clients read them. */
  readonly retryAfterMs?: number
}

/**
 * All members that any client reads, those of KMS and those of the service's front end. The root in
 * XML is `Error`, because the TypeScript SDK looks for that one and others for none.
 */
export function renderError(context: ErrorContext, words: ErrorWords): RenderedAnswer {
  const { requestId, hostId, retryAfterMs } = context
  const { status } = ERRORS[words.code]
  const answer = render(status, context, 'Error', {
    RequestId: requestId,
    HostId: hostId,
    Code: words.code,
    Message: words.message,
    Recommend: words.recommend,
    HttpStatus: status,
  })
  if (retryAfterMs === undefined) return answer
  return { ...answer, headers: { ...answer.headers, 'x-acs-retry-after': String(retryAfterMs) } }
}

function render(
  status: number,
  { format, requestId }: AnswerContext,
  root: string,
  value: AnswerObject,
): RenderedAnswer {
  const isXml = format === 'xml'
  return {
    status,
    headers: {
      // The TypeScript SDK compares the XML one as a whole.
      'content-type': isXml ? 'text/xml;charset=utf-8' : 'application/json;charset=utf-8',
      'x-acs-request-id': requestId,
    },
    body: isXml ? renderXml(root, value) : JSON.stringify(value),
  }
}
