import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { Authentication } from './sign-in-session.ts'
import {
  isTicketOf,
  newTicket,
  nextTicket,
  readTicket,
  ticketHash,
  ticketKey,
  type Ticket,
} from './ticket.ts'

/** What a client may go on with after a person has signed in to it once. */
export interface Grant extends Authentication {
  /** Client id. */
  readonly client: string
  /** The client must prove itself too. */
  readonly confidential: boolean
  /** What its access tokens are for unless it says otherwise (RFC 6749 §6). */
  readonly audience: string
}

/** All refresh tokens that came of one sign-in; each use makes the next and retires the former. */
interface Family extends Grant {
  /** Hashes of the tokens that are good. */
  readonly live: readonly string[]
  /** Of those that were just used, which a client that asks twice at a time may show once more. */
  readonly retired: readonly { readonly hash: string; readonly at: EpochSeconds }[]
  readonly revoked?: true
}

/** From the sign-in on; a use does not make it longer. */
export const REFRESH_TOKEN_SECONDS = 7_776_000

/** A client that runs twice, or lost an answer, shows the former token within this time. */
const GRACE_SECONDS = 60
const MAXIMUM_LIVE = 8

/** Where a family stands, for who may have to revoke it. */
export type FamilyPlace = Pick<Ticket, 'expiresAt' | 'id'>

/** Begins a family; gives its first token. */
export function putRefreshToken(
  unit: UnitOfWork,
  tenant: string,
  grant: Grant,
  now: EpochSeconds,
): { readonly token: string; readonly place: FamilyPlace } {
  const ticket = newTicket(now + REFRESH_TOKEN_SECONDS)
  const { expiresAt, id } = ticket
  const meta: Family = { ...grant, live: [ticketHash(ticket)], retired: [] }
  unit.create<Family>(ticketKey(tenant, 'refresh-token', ticket), { meta })
  return { token: ticket.text, place: { expiresAt, id } }
}

/** What the use of a refresh token has come to; a reuse is committed before it is refused. */
export type Rotation =
  | { readonly outcome: 'rotated'; readonly grant: Grant; readonly token: string }
  | { readonly outcome: 'reused'; readonly grant: Grant }

/**
 * Uses a refresh token. One that was used before shows that two have it, and nobody knows which of
 * them is the thief, so its whole family ends (RFC 9700 §4.14.2).
 * @throws Fault SignInFailed
 */
export async function rotateRefreshToken(
  unit: UnitOfWork,
  tenant: string,
  client: string,
  text: string,
  now: EpochSeconds,
): Promise<Rotation> {
  const ticket = readTicket(text)
  if (ticket === undefined) throw failedSignIn('RefreshTokenUnknown')
  if (ticket.expiresAt <= now) throw failedSignIn('RefreshTokenExpired')
  const key = ticketKey(tenant, 'refresh-token', ticket)
  const found = await unit.get<Family>(key)
  if (found === undefined) throw failedSignIn('RefreshTokenUnknown')
  const { live, retired, revoked, ...grant } = found.meta
  if (revoked === true) throw failedSignIn('RefreshTokenRevoked')
  if (grant.client !== client) throw failedSignIn('RefreshTokenOfAnotherClient')
  const fresh = retired.filter(({ at }) => now - at < GRACE_SECONDS)
  const isLive = live.some((known) => isTicketOf(known, ticket))
  if (!isLive && !fresh.some((known) => isTicketOf(known.hash, ticket))) {
    unit.put<Family>(key, { meta: { ...grant, live: [], retired: [], revoked: true } })
    return { outcome: 'reused', grant }
  }
  const next = nextTicket(ticket)
  const family: Family = isLive
    ? {
        ...grant,
        live: [ticketHash(next)],
        retired: [...fresh, ...live.map((hash) => ({ hash, at: now }))],
      }
    : { ...grant, live: [...live, ticketHash(next)].slice(-MAXIMUM_LIVE), retired: fresh }
  unit.put<Family>(key, { meta: family })
  return { outcome: 'rotated', grant, token: next.text }
}

/** Ends a family, if it is still there. */
export async function revokeFamily(
  unit: UnitOfWork,
  tenant: string,
  place: FamilyPlace,
): Promise<void> {
  const key = ticketKey(tenant, 'refresh-token', place)
  const found = await unit.get<Family>(key)
  if (found === undefined || found.meta.revoked === true) return
  unit.put<Family>(key, { meta: { ...found.meta, live: [], retired: [], revoked: true } })
}
