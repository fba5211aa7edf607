import type { WireRequest } from '../../door.ts'
import { EntraRefusal } from './entra-error.ts'

/** Strangers send these, so the listener is not to keep more either. */
export const LARGEST_FORM_BYTES = 65_536

/** The fields of a form (RFC 6749 §3.2). @throws EntraRefusal RequestMalformed, BodyTooLarge */
export function readForm({ headers, body }: WireRequest): URLSearchParams {
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  if (type !== '' && type !== 'application/x-www-form-urlencoded') {
    throw new EntraRefusal(
      'RequestMalformed',
      'its Content-Type must be application/x-www-form-urlencoded',
    )
  }
  if (body.byteLength > LARGEST_FORM_BYTES)
    throw new EntraRefusal('BodyTooLarge', String(LARGEST_FORM_BYTES))
  return new URLSearchParams(Buffer.from(body).toString('utf8'))
}

/** @throws EntraRefusal ParameterMissing */
export function required(form: URLSearchParams, name: string): string {
  const value = single(form, name)
  if (value === undefined || value === '') throw new EntraRefusal('ParameterMissing', name)
  return value
}

/** RFC 6749 §3.2: a parameter must not come twice. */
export function single(form: URLSearchParams, name: string): string | undefined {
  const [value, ...others] = form.getAll(name)
  if (others.length > 0)
    throw new EntraRefusal('RequestMalformed', `it has the parameter ${name} more than once`)
  return value
}
