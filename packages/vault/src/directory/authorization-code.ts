import { hash, timingSafeEqual } from 'node:crypto'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { failedSignIn } from './failed-sign-in.ts'
import { revokeFamily, type FamilyPlace, type Grant } from './refresh-token.ts'
import { isTicketOf, newTicket, readTicket, ticketHash, ticketKey } from './ticket.ts'

/** What a client has asked for when it sent a person to sign in. */
export interface CodeRequest {
  readonly redirectUri: string
  /** BASE64URL(SHA256(verifier)), RFC 7636 §4.2. */
  readonly challenge: string
  /** What the access token is to be for. */
  readonly audience: string
  readonly nonce?: string
  /** Whether it wants a refresh token. */
  readonly offline: boolean
}

/** A code that was given out, until it is forgotten. */
export interface CodeRecord extends Grant, CodeRequest {
  /** Of the ticket. */
  readonly hash: string
  /** It was redeemed; what came of it, if that can be revoked. */
  readonly redeemed?: { readonly family?: FamilyPlace }
}

const CODE_SECONDS = 300
/** A code that is shown twice is told from one that never was for as long as this. */
export const REMEMBERED_SECONDS = 3600

/** Gives out a code. */
export function putCode(
  unit: UnitOfWork,
  tenant: string,
  request: Grant & CodeRequest,
  now: EpochSeconds,
): string {
  const ticket = newTicket(now + CODE_SECONDS)
  const meta: CodeRecord = { ...request, hash: ticketHash(ticket) }
  unit.create<CodeRecord>(ticketKey(tenant, 'sign-in-code', ticket), { meta })
  return ticket.text
}

/** What a client shows of a code. */
export interface CodeProof {
  readonly client: string
  readonly code: string
  readonly redirectUri: string
  readonly verifier: string
}

/** What a code was good for; a reuse is committed before it is refused. */
export type Redemption =
  | {
      readonly outcome: 'redeemed'
      readonly record: CodeRecord
      /** Says what came of the code. */
      readonly remember: (family?: FamilyPlace) => void
    }
  | { readonly outcome: 'reused'; readonly record: CodeRecord }

/**
 * Redeems a code. Who shows it a second time may be the thief or the one it was stolen from, so what
 * came of it ends (RFC 6749 §4.1.2).
 * @throws Fault SignInFailed
 */
export async function redeemCode(
  unit: UnitOfWork,
  tenant: string,
  { client, code, redirectUri, verifier }: CodeProof,
  now: EpochSeconds,
): Promise<Redemption> {
  const ticket = readTicket(code)
  if (ticket === undefined) throw failedSignIn('CodeUnknown')
  const key = ticketKey(tenant, 'sign-in-code', ticket)
  const found = await unit.get<CodeRecord>(key)
  if (found === undefined || !isTicketOf(found.meta.hash, ticket)) {
    throw failedSignIn(ticket.expiresAt <= now ? 'CodeExpired' : 'CodeUnknown')
  }
  const record = found.meta
  if (record.client !== client) throw failedSignIn('CodeOfAnotherClient')
  if (record.redeemed !== undefined) {
    const { family } = record.redeemed
    if (family !== undefined) await revokeFamily(unit, tenant, family)
    return { outcome: 'reused', record }
  }
  if (ticket.expiresAt <= now) throw failedSignIn('CodeExpired')
  if (record.redirectUri !== redirectUri) throw failedSignIn('CodeForAnotherRedirect')
  if (!isVerifier(verifier, record.challenge)) throw failedSignIn('CodeVerifierWrong')
  const remember = (family?: FamilyPlace): void => {
    const redeemed = family === undefined ? {} : { family }
    unit.put<CodeRecord>(key, { meta: { ...record, redeemed } })
  }
  return { outcome: 'redeemed', record, remember }
}

/** RFC 7636 §4.6, S256 alone. */
function isVerifier(verifier: string, challenge: string): boolean {
  if (!/^[0-9A-Za-z._~-]{43,128}$/.test(verifier)) return false
  const digest = hash('sha256', verifier, 'buffer')
  const known = Buffer.from(challenge, 'base64url')
  return known.byteLength === digest.byteLength && timingSafeEqual(known, digest)
}
