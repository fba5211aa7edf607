import { Fault } from '@claviger/vault'
import type { WireRequest } from '../door.ts'

const SCHEME = /^bearer +(?=\S)/i

/**
 * The token of the Authorization header, unread; any other scheme counts as no token.
 * @throws Fault TokenMissing
 */
export function bearerToken({ headers }: Pick<WireRequest, 'headers'>): string {
  const credentials = headers['authorization']?.trim() ?? ''
  const scheme = SCHEME.exec(credentials)?.[0]
  if (scheme === undefined) throw new Fault('TokenMissing', {})
  return credentials.slice(scheme.length)
}
