import type { AccessView } from '../access/access-cache.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { currentUser, type SignedInUser, type UserSignInMethod } from './authenticate-user.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { Principal } from './principal.ts'
import { isTicketOf, newTicket, readTicket, ticketHash, ticketKey } from './ticket.ts'

/** How a person has signed in; everything earned by it carries it along. */
export interface Authentication {
  /** Object id of the user. */
  readonly user: string
  readonly authenticatedAt: EpochSeconds
  readonly methods: readonly UserSignInMethod[]
  /** Id of the credential. */
  readonly credential: string
}

interface SessionRecord extends Authentication {
  /** Of the ticket. */
  readonly hash: string
}

/** A session at the login host, in which nobody has to sign in a second time. */
export interface SignInSession extends Authentication {
  readonly principal: Principal
}

/** Half a day: long enough for a day's work, short enough for a machine that is left. */
const SESSION_SECONDS = 43_200

/** What a sign-in of this moment is known as. */
export function authenticationOf(
  { user, methods, credential }: SignedInUser,
  now: EpochSeconds,
): Authentication {
  // A revocation covers the whole second it falls into; what comes right after it is of the next.
  const authenticatedAt = Math.min(Math.max(now, user.tokensValidAfter ?? 0), now + 1)
  return { user: user.id, authenticatedAt, methods, credential }
}

/** Begins a session; gives the ticket that the browser keeps. */
export function putSession(
  unit: UnitOfWork,
  tenant: string,
  authentication: Authentication,
  now: EpochSeconds,
): string {
  const ticket = newTicket(now + SESSION_SECONDS)
  const meta: SessionRecord = { ...authentication, hash: ticketHash(ticket) }
  unit.create<SessionRecord>(ticketKey(tenant, 'sign-in-session', ticket), { meta })
  return ticket.text
}

/** @throws Fault SignInFailed: SessionUnknown, SessionExpired, UserDisabled, RefreshTokenRevoked */
export async function readSession(
  unit: UnitOfWork,
  view: AccessView,
  tenant: string,
  text: string,
  now: EpochSeconds,
): Promise<SignInSession> {
  const ticket = readTicket(text)
  if (ticket === undefined) throw failedSignIn('SessionUnknown')
  if (ticket.expiresAt <= now) throw failedSignIn('SessionExpired')
  const found = await unit.get<SessionRecord>(ticketKey(tenant, 'sign-in-session', ticket))
  if (found === undefined || !isTicketOf(found.meta.hash, ticket)) {
    throw failedSignIn('SessionUnknown')
  }
  const { hash: _, ...authentication } = found.meta
  const { user, authenticatedAt } = authentication
  return { ...authentication, principal: await currentUser(view, tenant, user, authenticatedAt) }
}

/** Ends a session, whoever shows its ticket. */
export async function deleteSession(unit: UnitOfWork, tenant: string, text: string): Promise<void> {
  const ticket = readTicket(text)
  if (ticket === undefined) return
  const key = ticketKey(tenant, 'sign-in-session', ticket)
  const found = await unit.get<SessionRecord>(key)
  if (found !== undefined && isTicketOf(found.meta.hash, ticket)) unit.delete(key)
}
