import { changeDues, type DueTimes } from '../change-dues.ts'
import { SECONDS_PER_DAY, type EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import type { CertificateHead, CertificateVersion, DeletedCertificateHead } from './certificate.ts'
import { UNKNOWN, type LifetimeAction } from './certificate-policy.ts'

/** The service's event is 30 days before the end, where the policy names no other time. */
const NEAR_EXPIRY_SECONDS = 30 * SECONDS_PER_DAY

/**
 * When a certificate is to be renewed by itself; `undefined` for never. One that is disabled is left
 * alone: a renewal would put an enabled version in the place of one that was withdrawn.
 */
export function renewalTime({ current, policy, renewal }: CertificateHead): EpochSeconds | undefined {
  const action = policy.lifetimeActions.find((one) => one.action === 'AutoRenew')
  const renews = action !== undefined && policy.issuer.name !== UNKNOWN && policy.enabled
  if (!renews || !isInUse(current)) return undefined
  return Math.max(triggerTime(action, current), renewal?.nextAt ?? 0)
}

/**
 * When its contacts are told that it is near its end: as the policy says, else when the service would,
 * or at once when its renewal has failed. An AutoRenew that cannot renew (the issuer is somebody
 * outside) tells them instead.
 */
function noticeTime(head: CertificateHead): EpochSeconds | undefined {
  const { current, policy, renewal } = head
  if (!isInUse(current)) return undefined
  const [action] = policy.lifetimeActions.toSorted(emailFirst)
  const renews = renewalTime(head) !== undefined
  if (action !== undefined && (!renews || action.action === 'EmailContacts')) {
    return triggerTime(action, current)
  }
  const { notBefore, expires } = current
  // A short life is near its end in its last third, not from its first day on.
  const lastThird = notBefore + Math.ceil(((expires - notBefore) * 2) / 3)
  const near = Math.max(lastThird, expires - NEAR_EXPIRY_SECONDS)
  return Math.min(near, renewal?.failedAt ?? near)
}

function emailFirst(a: LifetimeAction, b: LifetimeAction): number {
  return Number(b.action === 'EmailContacts') - Number(a.action === 'EmailContacts')
}

function expiryTime({ current }: CertificateHead): EpochSeconds | undefined {
  return isInUse(current) ? current.expires : undefined
}

function isInUse({ enabled, issued, revokedAt }: CertificateVersion): boolean {
  return enabled && issued !== undefined && revokedAt === undefined
}

function triggerTime(action: LifetimeAction, current: CertificateVersion): EpochSeconds {
  const { notBefore, expires } = current
  const { lifetimePercentage, daysBeforeExpiry } = action
  const partOver = (percentage: number): EpochSeconds =>
    Math.max(0, notBefore + Math.floor(((expires - notBefore) * percentage) / 100))
  if (daysBeforeExpiry === undefined) return partOver(lifetimePercentage ?? 100)
  const time = expires - daysBeforeExpiry * SECONDS_PER_DAY
  // An issuer may give a shorter life than was asked for: then it would be due at its birth, again
  // and again.
  return time > notBefore ? time : partOver(50)
}

/** Brings the scheduler's entries of a certificate in line with a change, in the same commit. */
export async function changeCertificateDues(
  unit: UnitOfWork,
  vault: VaultRecord,
  before: CertificateHead | DeletedCertificateHead | undefined,
  after: CertificateHead | DeletedCertificateHead | undefined,
): Promise<void> {
  const { name } = (after ?? before)?.current ?? {}
  if (name !== undefined) await changeDues(unit, vault, name, duesOf(before), duesOf(after))
}

function duesOf(head: CertificateHead | DeletedCertificateHead | undefined): DueTimes {
  if (head === undefined) return {}
  if ('scheduledPurgeAt' in head) return { purgeCertificate: head.scheduledPurgeAt }
  return {
    renewCertificate: renewalTime(head),
    notifyCertificateExpiry: noticeTime(head),
    tellCertificateExpired: expiryTime(head),
  }
}
