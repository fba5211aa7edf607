import { demandGuid } from '../demand-guid.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import { readPrincipal } from './principals.ts'
import { issueSession, type SessionCredentials } from './session-token.ts'

const NAME = /^[0-9A-Za-z.@_-]{2,64}$/
const MINIMUM_SECONDS = 900
const MAXIMUM_SECONDS = 3600

export interface AssumeRoleInput {
  /** Object id of a session role. */
  readonly role: string
  /** What the audit calls the session: 2 to 64 letters, digits and `.@_-`. */
  readonly session: string
  /** 900 to 3600, which it is when not given. */
  readonly durationSeconds?: number
}

export interface AssumedRole extends SessionCredentials {
  readonly expiresAt: EpochSeconds
}

/**
 * Begins a session in which somebody acts as a session role. Whoever has the permission at
 * `/sessionRoles/<object id>` may; what the role may do then is decided for the role alone.
 */
export const assumeRole = operation<AssumeRoleInput, AssumedRole>({
  name: 'DirectorySessionCreate',
  permission: 'sessions/create',
  writes: false,
  target: ({ role }) => ({ scope: `/sessionRoles/${role.toLowerCase().slice(0, 36)}` }),
  auditId: ({ role, session }) =>
    `sessionRoles/${role.slice(0, 36)}/sessions/${NAME.test(session) ? session : ''}`,

  async run(context, { role, session, durationSeconds = MAXIMUM_SECONDS }) {
    const { caller, seal, now } = context
    demandGuid('role', role)
    if (!NAME.test(session)) {
      throw invalidInput('session', 'it must have 2 to 64 letters, digits and . @ _ -')
    }
    demandDuration(durationSeconds)
    const { id, kind, enabled, tokensValidAfter = 0 } = await readPrincipal(context, role)
    if (kind !== 'sessionRole') throw invalidInput('role', 'it is no session role')
    if (!enabled) throw invalidInput('role', 'it is disabled')
    const expiresAt = now + durationSeconds
    // A revocation covers the whole second it falls into; what comes right after it is of the next.
    const issuedAt = Math.min(Math.max(now, tokensValidAfter), now + 1)
    const { tenant } = caller
    const made = { tenant, principal: id, name: session, issuedAt, expiresAt }
    return { ...(await issueSession(seal, made)), expiresAt }
  },
})

function demandDuration(seconds: number): void {
  if (Number.isInteger(seconds) && seconds >= MINIMUM_SECONDS && seconds <= MAXIMUM_SECONDS) return
  const reason = `it must be a whole number from ${MINIMUM_SECONDS} to ${MAXIMUM_SECONDS}`
  throw invalidInput('durationSeconds', reason)
}
