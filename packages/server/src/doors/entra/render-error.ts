import { Fault, type SignInFailure } from '@claviger/vault'
import { ENTRA_ERRORS, EntraRefusal, type EntraErrorName } from './entra-error.ts'

/**
 * What people's sign-ins are refused with. Of an application's own sign-in no reason has a row:
 * nobody is to learn which part of it was right.
 */
const FAILURES: Readonly<Partial<Record<SignInFailure, EntraErrorName>>> = {
  // Whoever types a name is answered by the page itself, so this is somebody who was known.
  UserUnknown: 'UserGone',
  PasswordWrong: 'UserSignInFailed',
  PasskeyWrong: 'UserSignInFailed',
  UserDisabled: 'UserDisabled',
  ExternalIdentityUnknown: 'ExternalUserUnknown',
  ChallengeWrong: 'PageStale',
  SessionUnknown: 'PageStale',
  SessionExpired: 'PageStale',
  CodeUnknown: 'GrantInvalid',
  CodeOfAnotherClient: 'GrantInvalid',
  CodeExpired: 'CodeExpired',
  CodeRedeemed: 'CodeRedeemed',
  CodeForAnotherRedirect: 'RedirectDiffers',
  CodeVerifierWrong: 'VerifierWrong',
  RefreshTokenUnknown: 'GrantInvalid',
  RefreshTokenOfAnotherClient: 'GrantInvalid',
  RefreshTokenExpired: 'RefreshTokenExpired',
  RefreshTokenReused: 'RefreshTokenRevoked',
  RefreshTokenRevoked: 'RefreshTokenRevoked',
  DeviceCodeUnknown: 'DeviceCodeWrong',
  DeviceCodeExpired: 'DeviceCodeExpired',
  DeviceCodeRedeemed: 'DeviceCodeRedeemed',
  DeviceCodeDeclined: 'DeviceDeclined',
  UserCodeWrong: 'UserCodeWrong',
}

/**
 * Turns whatever was thrown into what this door refuses. Few faults can come out of a sign-in or of
 * the account page, so only they have a row; another one, or anything else, is a bug and tells the client nothing.
 */
export function refusalOf(thrown: unknown): EntraRefusal {
  if (thrown instanceof EntraRefusal) return thrown
  if (!(thrown instanceof Fault)) return new EntraRefusal('ServerError')
  const { code, detail } = thrown
  switch (code) {
    case 'SignInFailed': {
      const row = 'reason' in detail ? FAILURES[detail.reason as SignInFailure] : undefined
      return new EntraRefusal(row ?? 'SignInFailed')
    }
    case 'TooManyRequests': {
      const seconds = 'retryAfterSeconds' in detail ? detail.retryAfterSeconds : 1
      return new EntraRefusal('TooManyRequests', '', { 'Retry-After': String(seconds) })
    }
    case 'InvalidInput': {
      const { property, reason } = { property: 'body', reason: 'it is not valid', ...detail }
      return new EntraRefusal('RequestMalformed', `${property}: ${reason}`)
    }
    case 'DirectoryObjectExists':
    case 'DirectoryObjectNotFound':
      return new EntraRefusal('RequestMalformed', 'it is about what is there already, or gone')
    case 'RequestReplayed':
      return new EntraRefusal('PageStale')
    // Others have changed the same over and over.
    case 'Conflict':
    case 'StoreUnavailable':
    case 'AuditUnavailable':
      return new EntraRefusal('Unavailable', '', { 'Retry-After': '1' })
    case 'RecordCorrupt':
      return new EntraRefusal('RecordDamaged')
    default:
      return new EntraRefusal('ServerError')
  }
}

/** Where an error happened, for whoever looks for it in the log and in the audit. */
export interface ErrorPlace {
  readonly origin: string
  readonly requestId: string
  readonly correlationId: string
  /** Milliseconds. */
  readonly now: number
}

/** The error in Entra's JSON. */
export function errorBody({ row, about }: EntraRefusal, place: ErrorPlace): string {
  const { error, number, message } = ENTRA_ERRORS[row]
  const timestamp = timestampOf(place)
  return JSON.stringify({
    error,
    error_description: errorDescription(`AADSTS${number}: ${message(about)}`, place),
    error_codes: [number],
    timestamp,
    trace_id: place.requestId,
    correlation_id: place.correlationId,
    error_uri: `${place.origin}/error?code=${number}`,
  })
}

/** What was wrong, and where it is found again. */
export function errorDescription(what: string, place: ErrorPlace): string {
  const { requestId, correlationId } = place
  const lines = [
    what,
    `Trace ID: ${requestId}`,
    `Correlation ID: ${correlationId}`,
    `Timestamp: ${timestampOf(place)}`,
  ]
  return lines.join('\r\n')
}

function timestampOf({ now }: ErrorPlace): string {
  return `${new Date(now).toISOString().slice(0, 19).replace('T', ' ')}Z`
}
