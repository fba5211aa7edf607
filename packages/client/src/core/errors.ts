/** What an error of this library says beside its message; nothing in it is secret. */
export interface ErrorDetail {
  /** The service's own code, such as `SecretNotFound`, or one of this library's. */
  readonly code: string
  /** For people; the service's own words, or names of hosts and objects. */
  readonly message: string
  /** HTTP status; `undefined` when there was no answer. */
  readonly status?: number | undefined
  /** The service's id of the request, for its audit and for support. */
  readonly requestId?: string | undefined
  /** The more exact code that some refusals carry, such as `ForbiddenByPolicy`. */
  readonly innerCode?: string | undefined
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfterMs?: number | undefined
  /** What it comes of; never with a value, a token or a key in it. */
  readonly cause?: unknown
}

/**
 * Every failure of this library that is not a mistake of the caller's types. Messages are the
 * service's or name hosts and names: never a value, a token or a key.
 */
export class ClavigerError extends Error {
  /** The class's name, by which it is known where two copies of this library meet. */
  override readonly name: string = 'ClavigerError'
  /** The service's own code, such as `SecretNotFound`, or one of this library's. */
  readonly code: string
  /** HTTP status; `undefined` when there was no answer. */
  readonly status: number | undefined
  /** The service's id of the request, for its audit and for support. */
  readonly requestId: string | undefined
  /** The more exact code that some refusals carry, such as `ForbiddenByPolicy`. */
  readonly innerCode: string | undefined
  /** How long the service asks to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined

  /** Makes the error that a detail describes. */
  constructor(detail: ErrorDetail) {
    super(detail.message, detail.cause === undefined ? undefined : { cause: detail.cause })
    this.code = detail.code
    this.status = detail.status
    this.requestId = detail.requestId
    this.innerCode = detail.innerCode
    this.retryAfterMs = detail.retryAfterMs
  }

  /** The status under the name that `@azure/keyvault-*` has for it. */
  get statusCode(): number | undefined {
    return this.status
  }
}

/** 400: what was asked cannot be; asking again will not help. */
export class BadRequestError extends ClavigerError {
  override readonly name: string = 'BadRequestError'
}

/** 401, or no token could be had: who asks is not known. */
export class AuthenticationError extends ClavigerError {
  override readonly name: string = 'AuthenticationError'
}

/** A credential that this environment has nothing for; a chain goes on to its next one. */
export class CredentialUnavailableError extends AuthenticationError {
  override readonly name: string = 'CredentialUnavailableError'
}

/** 403: known, and not allowed; `innerCode` says by what. */
export class AccessDeniedError extends ClavigerError {
  override readonly name: string = 'AccessDeniedError'
}

/** 404: there is no such thing under that name. */
export class ResourceNotFoundError extends ClavigerError {
  override readonly name: string = 'ResourceNotFoundError'
}

/** 409: what is there stands against it, such as a deleted object of the same name. */
export class ConflictError extends ClavigerError {
  override readonly name: string = 'ConflictError'
}

/** 429: too many requests, also after the retries; `retryAfterMs` when the service said it. */
export class ThrottledError extends ClavigerError {
  override readonly name: string = 'ThrottledError'
}

/** 5xx: the service could not answer, also after the retries. */
export class ServiceUnavailableError extends ClavigerError {
  override readonly name: string = 'ServiceUnavailableError'
}

/** No answer within `timeoutMs`. */
export class TimeoutError extends ClavigerError {
  override readonly name: string = 'TimeoutError'
}

/**
 * The host could not be reached or broke off. The `cause` has the code of the runtime's own error
 * and nothing else of it: runtimes quote headers in theirs.
 */
export class ConnectionError extends ClavigerError {
  override readonly name: string = 'ConnectionError'
}

/** The answer is not what the service's description says, or is longer than any of its answers. */
export class UnexpectedAnswerError extends ClavigerError {
  override readonly name: string = 'UnexpectedAnswerError'
}

const BY_STATUS: { readonly [status: number]: typeof ClavigerError } = {
  400: BadRequestError,
  401: AuthenticationError,
  403: AccessDeniedError,
  404: ResourceNotFoundError,
  408: TimeoutError,
  409: ConflictError,
  429: ThrottledError,
}

/** The error of the class that this HTTP status has. */
export function errorOfStatus(status: number, detail: Omit<ErrorDetail, 'status'>): ClavigerError {
  const Class = BY_STATUS[status] ?? (status >= 500 ? ServiceUnavailableError : ClavigerError)
  return new Class({ ...detail, status })
}
