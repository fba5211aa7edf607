import type { Answer, WireRequest } from '../../door.ts'
import type { Publication } from './pki-path.ts'
import type { KeptPublication } from './publication-cache.ts'

/** How long others may keep an answer, in seconds, at most. */
const MAXIMUM_AGE = 600

const MEDIA_TYPES: Readonly<Record<Publication, string>> = {
  crl: 'application/pkix-crl',
  cer: 'application/pkix-cert',
  ocsp: 'application/ocsp-response',
}

/**
 * Sends what an authority has said, and until when others may keep it (RFC 5019 §6.2).
 * @param now in epoch seconds.
 */
export function publishedAnswer(
  { method, headers: asked }: WireRequest,
  publication: Publication,
  { der, etag, nextUpdate }: KeptPublication,
  now: number,
): Answer {
  const type = { 'content-type': MEDIA_TYPES[publication], 'x-content-type-options': 'nosniff' }
  const mayKeep = method !== 'POST' && (publication === 'cer' || nextUpdate !== undefined)
  if (!mayKeep) return { status: 200, headers: { ...type, 'cache-control': 'no-store' }, body: der }
  const until = Math.min(nextUpdate ?? Infinity, now + MAXIMUM_AGE)
  const headers = {
    ...type,
    etag,
    'cache-control': `public, no-transform, must-revalidate, max-age=${Math.max(0, until - now)}`,
    expires: new Date(until * 1000).toUTCString(),
  }
  const isKnown = asked['if-none-match']?.split(/\s*,\s*/).includes(etag) === true
  return isKnown ? { status: 304, headers, body: '' } : { status: 200, headers, body: der }
}
