import { Fault } from '@claviger/vault'
import type { WireRequest } from '../../door.ts'

const BEARER = /^bearer +(\S.*)$/i

/**
 * The token of the Authorization header, unread; any other scheme counts as no token.
 * @throws Fault TokenMissing
 */
export function bearerToken({ headers }: Pick<WireRequest, 'headers'>): string {
  const token = BEARER.exec(headers['authorization']?.trim() ?? '')?.[1]
  if (token === undefined) throw new Fault('TokenMissing', {})
  return token
}
