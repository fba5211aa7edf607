import { decodeJwt, decodeProtectedHeader } from 'jose'

const MAXIMUM_CHARACTERS = 16_384
const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]*$/
/**
 * azure-identity's asynchronous Python client leaves the base64 padding in the assertions that it
 * signs, and signs it too (seen with 1.27.0); the service takes them.
 */
const PADDED = /^[\w-]+={0,2}\.[\w-]+={0,2}\.[\w-]*={0,2}$/

/** What a token says of itself before anybody has verified it: good for choosing a key, no more. */
export interface UnverifiedToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly payload: Readonly<Record<string, unknown>>
}

/** Reads a signed token in compact form; `undefined` when it is none or longer than 16 KiB. */
export function readUnverified(token: string): UnverifiedToken | undefined {
  return readAs(COMPACT, token)
}

/** Reads a client's assertion, in which the parts may be padded. */
export function readUnverifiedAssertion(assertion: string): UnverifiedToken | undefined {
  return readAs(PADDED, assertion)
}

function readAs(form: RegExp, token: string): UnverifiedToken | undefined {
  if (token.length > MAXIMUM_CHARACTERS || !form.test(token)) return undefined
  try {
    return { header: { ...decodeProtectedHeader(token) }, payload: { ...decodeJwt(token) } }
  } catch {
    return undefined
  }
}

/** A claim that is a text. */
export function textClaim(
  claims: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined {
  const value = claims[name]
  return typeof value === 'string' ? value : undefined
}

/** A claim that is a time, in seconds. */
export function timeClaim(
  claims: Readonly<Record<string, unknown>>,
  name: string,
): number | undefined {
  const value = claims[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** The audiences: the claim is one text or a list of them (RFC 7519 §4.1.3). */
export function audiencesOf(claims: Readonly<Record<string, unknown>>): readonly string[] {
  const value = claims['aud']
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
}
