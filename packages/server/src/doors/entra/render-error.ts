import { Fault } from '@claviger/vault'
import { ENTRA_ERRORS, EntraRefusal } from './entra-error.ts'

/**
 * Turns whatever was thrown into what this door refuses. Few faults can come out of a sign-in, so
 * only they have a row; another one, or anything else, is a bug and tells the client nothing.
 */
export function refusalOf(thrown: unknown): EntraRefusal {
  if (thrown instanceof EntraRefusal) return thrown
  if (!(thrown instanceof Fault)) return new EntraRefusal('ServerError')
  const { code, detail } = thrown
  switch (code) {
    case 'SignInFailed':
      return new EntraRefusal('SignInFailed')
    case 'TooManyRequests': {
      const seconds = 'retryAfterSeconds' in detail ? detail.retryAfterSeconds : 1
      return new EntraRefusal('TooManyRequests', '', { 'Retry-After': String(seconds) })
    }
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
  const timestamp = `${new Date(place.now).toISOString().slice(0, 19).replace('T', ' ')}Z`
  const description = [
    `AADSTS${number}: ${message(about)}`,
    `Trace ID: ${place.requestId}`,
    `Correlation ID: ${place.correlationId}`,
    `Timestamp: ${timestamp}`,
  ]
  return JSON.stringify({
    error,
    error_description: description.join('\r\n'),
    error_codes: [number],
    timestamp,
    trace_id: place.requestId,
    correlation_id: place.correlationId,
    error_uri: `${place.origin}/error?code=${number}`,
  })
}
