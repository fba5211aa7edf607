import type { ErrorCode } from './errors.ts'
import { invalidParameter, KmsRefusal } from './kms-refusal.ts'
import { parseWireTime } from './wire-time.ts'

// What both generations of signatures say of a request, each under its own names.

const LONGEST_ACCESS_KEY_ID = 128
const LONGEST_SECURITY_TOKEN = 8192
const LONGEST_NONCE = 256

/**
 * A common value that must be there; empty counts as absent.
 * @param where its name on the wire, for the refusal.
 * @throws KmsRefusal `missing`
 */
export function demand(value: string | undefined, missing: ErrorCode, where: string): string {
  if (value !== undefined && value !== '') return value
  throw new KmsRefusal(missing, { recommend: `Send ${where}.` })
}

/** @throws KmsRefusal */
export function demandAccessKeyId(value: string | undefined, where: string): string {
  const id = demand(value, 'MissingAccessKeyId', where)
  if (id.length > LONGEST_ACCESS_KEY_ID) throw new KmsRefusal('InvalidAccessKeyId.NotFound')
  return id
}

/** Seconds since 1970. @throws KmsRefusal */
export function demandTimestamp(value: string | undefined, where: string): number {
  const seconds = parseWireTime(demand(value, 'MissingTimestamp', where))
  if (seconds !== undefined) return seconds
  throw new KmsRefusal('InvalidTimeStamp.Format', {
    recommend: `${where} must be in UTC, in the form yyyy-MM-ddTHH:mm:ssZ.`,
  })
}

/** The token of an STS session; empty counts as absent. @throws KmsRefusal */
export function readSecurityToken(value: string | undefined): string | undefined {
  if (value === undefined || value === '') return undefined
  if (value.length <= LONGEST_SECURITY_TOKEN) return value
  throw new KmsRefusal('InvalidSecurityToken.Malformed')
}

/** Empty counts as absent. @throws KmsRefusal */
export function readNonce(value: string | undefined, where: string): string | undefined {
  if (value === undefined || value === '') return undefined
  if (value.length <= LONGEST_NONCE) return value
  throw invalidParameter(where, `has at most ${LONGEST_NONCE} characters`)
}
