import {
  AccessDeniedError,
  AuthenticationError,
  ClavigerError,
  ConflictError,
  ServiceUnavailableError,
  ThrottledError,
  type ErrorDetail,
} from '../core/index.ts'
import { errorOfStatus } from '../core/errors.ts'

/** Codes whose status does not say what they are. */
const BY_CODE: readonly (readonly [codes: RegExp, Class: typeof ClavigerError])[] = [
  [/Throttling/, ThrottledError],
  [/^ServiceUnavailable|^SerivceUn/, ServiceUnavailableError],
  [/^(?:InvalidAccessKeyId|InvalidSecurityToken|MissingAccessKeyId)/, AuthenticationError],
  [/^(?:Unauthorized|Signature|IncompleteSignature|MissingSignature)/, AuthenticationError],
  [/^(?:InvalidTimeStamp|IllegalTimestamp|RequestTimeTooSkewed)/, AuthenticationError],
  [/^Forbidden\.(?:NoPermission|AccessKey)/, AccessDeniedError],
  [/AlreadyExists$/, ConflictError],
]

interface KmsErrorDetail extends Omit<ErrorDetail, 'status'> {
  readonly status: number
}

/** The error that a refusal of either gateway is. */
export function kmsError(detail: KmsErrorDetail): ClavigerError {
  const safe = { ...detail, message: withoutParameters(detail.message) }
  const Class = BY_CODE.find(([codes]) => codes.test(detail.code))?.[1]
  return Class === undefined ? errorOfStatus(detail.status, safe) : new Class(safe)
}

/** A refused signature comes with what the server has signed, and values of secrets are in it. */
function withoutParameters(message: string): string {
  const at = message.search(/server ?(?:canonical|string)|canonical ?request|string ?to ?sign/i)
  // So many and no more: without a limit each dot of a long row is looked at again and again.
  return at < 0 ? message : message.slice(0, at).replace(/[\s.,:;]{0,9}$/, '.')
}

/** Whether a code says that the same call may succeed a little later. */
export function isTransientCode(code: string): boolean {
  return /Throttling|^ServiceUnavailableTemporary$/.test(code)
}
