import type { Principal } from '../directory/principal.ts'
import { Fault } from '../fault.ts'
import type { Caller } from './caller.ts'

/**
 * Refuses a caller whose principal is gone or disabled, or was revoked after the caller was known:
 * a cached token and a request that was on its way fall under it like all others.
 * @throws Fault TokenInvalid
 */
export function demandCurrent(
  principal: Principal | undefined,
  { foreign, authenticatedAt }: Pick<Caller, 'foreign' | 'authenticatedAt'>,
): void {
  if (principal === undefined) {
    if (!foreign) throw new Fault('TokenInvalid', { reason: 'PrincipalUnknown' })
    return
  }
  if (!principal.enabled || authenticatedAt < (principal.tokensValidAfter ?? 0)) {
    throw new Fault('TokenInvalid', { reason: 'Revoked' })
  }
}
