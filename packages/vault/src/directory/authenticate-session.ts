import type { Caller } from '../access/caller.ts'
import { callerOf } from './caller-of.ts'
import type { SignInSession } from './sign-in-session.ts'

/**
 * Who changes its own account: the person of a session that was read a moment ago
 * (`sign-in-session.ts`), and so has proved itself.
 */
export function callerOfSession(tenant: string, session: SignInSession): Caller {
  const { id, userPrincipalName } = session.principal
  return callerOf({
    kind: 'principal',
    tenant,
    principal: id,
    ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
    claimedGroups: [],
    authenticatedAt: session.authenticatedAt,
    foreign: false,
    issuer: 'sign-in session',
  })
}
