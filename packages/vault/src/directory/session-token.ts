import { isGuid } from '../identifier.ts'
import { isFault } from '../fault.ts'
import type { Seal } from '../seal/seal.ts'
import { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import { randomText } from './random-text.ts'

/** A session: for a while, somebody acts as a session role. No record is kept of it. */
export interface Session {
  readonly tenant: string
  /** Object id of the session role. */
  readonly principal: string
  /** As whoever began it has called it. */
  readonly name: string
  readonly issuedAt: EpochSeconds
  readonly expiresAt: EpochSeconds
}

/** What a session's requests are signed with. */
export interface SessionCredentials {
  /** `STS.` and 25 letters and digits. */
  readonly accessKeyId: string
  readonly secret: Secret
  /** Travels with each request: the session itself, sealed. Worth nothing without the secret. */
  readonly securityToken: string
}

/** A session as its token has it. */
export interface OpenedSession extends Session {
  readonly accessKeyId: string
  readonly secret: Secret
}

/** What is sealed: the members of `OpenedSession` but the tenant, which stands before it. */
type Payload = Omit<OpenedSession, 'tenant' | 'secret'> & { readonly secret: string }

const PURPOSE = 'session token'
const ID_CHARACTERS = 25
const SECRET_CHARACTERS = 44
const TENANT_BYTES = 16
const MAXIMUM_CHARACTERS = 4096
const KEY_FORM = new RegExp(`^STS\\.[0-9A-Za-z]{${ID_CHARACTERS}}$`)

/** Tells whether a text could be the access key id of a session. */
export function isSessionKeyId(text: string): boolean {
  return KEY_FORM.test(text)
}

/** Makes the credentials of a session, which only this server's seal can tell from others. */
export async function issueSession(seal: Seal, session: Session): Promise<SessionCredentials> {
  const { tenant, ...rest } = session
  const accessKeyId = `STS.${randomText(ID_CHARACTERS)}`
  const secret = randomText(SECRET_CHARACTERS)
  const payload: Payload = { ...rest, accessKeyId, secret }
  const plaintext = Buffer.from(JSON.stringify(payload))
  const sealed = await seal.sealBlob(scopeOf(tenant), PURPOSE, plaintext)
  plaintext.fill(0)
  const token = Buffer.concat([Buffer.from(tenant.replaceAll('-', ''), 'hex'), sealed])
  return {
    accessKeyId,
    secret: Secret.fromText(secret),
    securityToken: token.toString('base64'),
  }
}

/**
 * Opens a security token; whether its session is over is for the caller to see.
 * @param exists tells whether there is a tenant: nothing is asked of the seal for one that is not.
 * @returns `undefined` when this server has not made it.
 */
export async function openSession(
  seal: Seal,
  token: string,
  exists: (tenant: string) => Promise<boolean>,
): Promise<OpenedSession | undefined> {
  if (token.length > MAXIMUM_CHARACTERS) return undefined
  const bytes = Buffer.from(token, 'base64')
  const tenant = bytes
    .subarray(0, TENANT_BYTES)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  if (!isGuid(tenant) || !(await exists(tenant))) return undefined
  try {
    const opened = await seal.openBlob(scopeOf(tenant), PURPOSE, bytes.subarray(TENANT_BYTES))
    // Sealed by this program for this purpose, so its type is trusted.
    const { secret, ...session } = JSON.parse(Buffer.from(opened).toString()) as Payload
    opened.fill(0)
    return { ...session, tenant, secret: Secret.fromText(secret) }
  } catch (thrown) {
    if (isFault(thrown, 'RecordCorrupt')) return undefined
    throw thrown
  }
}

function scopeOf(tenant: string): string {
  return `tenant.${tenant}`
}
