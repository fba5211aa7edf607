import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { isGuid } from '@claviger/vault'
import type { WireRequest } from '../../door.ts'
import { originOf } from '../../origin.ts'
import { EntraRefusal } from './entra-error.ts'

/** The prefix makes browsers keep them to this very host, over TLS. */
const SESSION = '__Host-claviger-session'
const FORM = '__Host-claviger-form'
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax'
const FORM_COOKIE = /^[0-9A-Za-z_-]{43}$/

/** A session as a browser keeps it: with the id of its tenant, because paths may name another. */
export interface KeptSession {
  readonly tenant: string
  readonly ticket: string
}

/** The session that a browser has, if any; read but not believed. */
export function sessionKept(request: WireRequest): KeptSession | undefined {
  const [tenant = '', ticket] = (cookieOf(request, SESSION) ?? '').split('.', 2)
  return ticket === undefined || !isGuid(tenant) ? undefined : { tenant, ticket }
}

/** `Set-Cookie` for a session that has begun; the browser forgets it when it is closed. */
export function sessionCookie(tenant: string, ticket: string): string {
  return `${SESSION}=${tenant}.${ticket}; ${ATTRIBUTES}`
}

/** `Set-Cookie` for a session that has ended. */
export const NO_SESSION_COOKIE = `${SESSION}=; Max-Age=0; ${ATTRIBUTES}`

/** What ties a form to the browser that it was sent to. */
export interface FormKey {
  /** A field of each form; worth nothing without the cookie. */
  readonly token: string
  /** What challenges are bound to. */
  readonly binding: string
  /** For a browser that has none yet. */
  readonly setCookie: string | undefined
}

/** The key of a browser's forms, a new one when it has none. */
export function formKeyOf(request: WireRequest): FormKey {
  const kept = cookieOf(request, FORM)
  const cookie = kept !== undefined && FORM_COOKIE.test(kept) ? kept : undefined
  const value = cookie ?? randomBytes(32).toString('base64url')
  return {
    token: createHmac('sha256', value).update('form').digest('base64url'),
    binding: hash('sha256', value, 'base64url'),
    setCookie: cookie === undefined ? `${FORM}=${value}; ${ATTRIBUTES}` : undefined,
  }
}

/**
 * Refuses a form that was not sent by a page of ours in this very browser.
 * @throws EntraRefusal PageStale
 */
export function demandOwnForm(request: WireRequest, form: URLSearchParams): void {
  const { origin = originOf(request), 'sec-fetch-site': site = 'same-origin' } = request.headers
  const isOwn = origin === originOf(request) && (site === 'same-origin' || site === 'none')
  if (!isOwn) throw new EntraRefusal('PageStale')
  const { token, setCookie } = formKeyOf(request)
  const [known, shown] = [token, form.get('form') ?? ''].map((text) => Buffer.from(text))
  const isSame =
    known !== undefined && shown?.byteLength === known.byteLength && timingSafeEqual(known, shown)
  if (setCookie !== undefined || !isSame) throw new EntraRefusal('PageStale')
}

function cookieOf({ headers }: WireRequest, name: string): string | undefined {
  // HTTP/1.1 clients send one header; the listener joins others with commas.
  for (const pair of (headers['cookie'] ?? '').slice(0, 16_384).split(/[;,]/)) {
    const [key, value] = pair.trim().split('=', 2)
    if (key === name && value !== undefined && value !== '') return value
  }
  return undefined
}
