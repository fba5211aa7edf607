import { decodeBase64url, encodeBase64url } from './base64url.ts'

/** The `$skiptoken` of a list: where the next page starts, in the service's own wrapping. */
export function encodeSkipToken(marker: string): string {
  const token = JSON.stringify({ NextMarker: marker, TargetLocation: 0 })
  return encodeBase64url(new TextEncoder().encode(token))
}

/** The marker in a `$skiptoken`; `undefined` when it is not one. */
export function decodeSkipToken(token: string): string | undefined {
  const bytes = decodeBase64url(token)
  if (bytes === undefined) return undefined
  try {
    const parsed: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    if (typeof parsed !== 'object' || parsed === null || !('NextMarker' in parsed)) return undefined
    return typeof parsed.NextMarker === 'string' ? parsed.NextMarker : undefined
  } catch {
    return undefined
  }
}
