import type { WireRequest } from '../../door.ts'
import { WireRefusal } from './wire-refusal.ts'

/** The documentation has the first two, one in each place; proxies know the third. */
const TUNNEL_HEADERS = ['x-http-request', 'x-http-method', 'x-http-method-override'] as const

/**
 * The method that is meant: a POST may name another one in a header, for networks that let no other
 * pass.
 * @throws WireRefusal when the header names no method.
 */
export function methodOf({ method, headers }: Pick<WireRequest, 'method' | 'headers'>): string {
  if (method !== 'POST') return method
  const header = TUNNEL_HEADERS.find((name) => headers[name] !== undefined)
  if (header === undefined) return method
  const meant = headers[header]?.trim().toUpperCase() ?? ''
  if (/^[A-Z]{1,16}$/.test(meant)) return meant
  throw new WireRefusal(
    400,
    'BadParameter',
    `The header ${header} must name one HTTP method, such as PATCH, or be left out.`,
  )
}
