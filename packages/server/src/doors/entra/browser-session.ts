import { Fault, type SignInSession, type Tenant, type UserProof } from '@claviger/vault'
import { sessionCookie, sessionKept } from './cookies.ts'
import { entraFacts } from './entra-facts.ts'
import type { PageVisit } from './page-visit.ts'

/** A session that has begun on this page. */
export interface BegunSession {
  readonly session: SignInSession
  /** `Set-Cookie`. */
  readonly cookie: string
}

/** The session of the visitor, of whichever tenant, if it is still good. */
export async function anySessionOf(
  { request, options }: PageVisit,
): Promise<{ readonly tenant: Tenant; readonly session: SignInSession } | undefined> {
  const { identity } = options
  const kept = sessionKept(request)
  const tenant = kept === undefined ? undefined : await (await identity.view()).tenant(kept.tenant)
  if (kept === undefined || tenant === undefined) return undefined
  const session = await identity.people.session(tenant, kept.ticket)
  return session === undefined ? undefined : { tenant, session }
}

/** The session of the visitor in a tenant, if it is still good. */
export async function sessionOf(visit: PageVisit, tenant: Tenant): Promise<SignInSession | undefined> {
  const found = await anySessionOf(visit)
  return found?.tenant.id === tenant.id ? found.session : undefined
}

/** Ends the session of the visitor, of whichever tenant it is: a browser has one. */
export async function endSession(visit: PageVisit): Promise<void> {
  const { request, options } = visit
  const found = await anySessionOf(visit)
  const kept = sessionKept(request)
  if (found === undefined || kept === undefined) return
  await options.identity.people.signOut(found.tenant, kept.ticket, entraFacts(request))
}

/**
 * Signs the visitor in, in the place of whoever it was before.
 * @throws Fault SignInFailed, TooManyRequests
 */
export async function beginSession(
  visit: PageVisit,
  tenant: Tenant,
  proof: UserProof,
): Promise<BegunSession> {
  const { people } = visit.options.identity
  const ticket = await people.signIn(tenant, proof, entraFacts(visit.request))
  await endSession(visit)
  const session = await people.session(tenant, ticket)
  // Disabled or revoked since the line above.
  if (session === undefined) throw new Fault('SignInFailed', { reason: 'UserDisabled' })
  return { session, cookie: sessionCookie(tenant.id, ticket) }
}
