import { changeDues, type DueTimes } from '../change-dues.ts'
import { SECONDS_PER_DAY, type EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import type { CertificateHead, CertificateVersion, DeletedCertificateHead } from './certificate.ts'
import { SELF, type LifetimeAction } from './certificate-policy.ts'

/** The service's event is 30 days before the end, where the policy names no other time. */
const NEAR_EXPIRY_SECONDS = 30 * SECONDS_PER_DAY

/**
 * When a certificate is to be renewed by itself; `undefined` for never. One that is disabled is left
 * alone: a renewal would put an enabled version in the place of one that was withdrawn.
 */
export function renewalTime({ current, policy }: CertificateHead): EpochSeconds | undefined {
  const action = policy.lifetimeActions.find((one) => one.action === 'AutoRenew')
  const renews = action !== undefined && policy.issuer.name === SELF && policy.enabled
  return renews && isInUse(current) ? triggerTime(action, current) : undefined
}

/**
 * When its contacts are told that it is near its end. An AutoRenew that cannot renew (the issuer is
 * somebody outside) tells them instead.
 */
function noticeTime({ current, policy }: CertificateHead): EpochSeconds | undefined {
  if (!isInUse(current)) return undefined
  const email = policy.lifetimeActions.find((one) => one.action === 'EmailContacts')
  const [other] = policy.issuer.name === SELF ? [] : policy.lifetimeActions
  const action = email ?? other
  if (action !== undefined) return triggerTime(action, current)
  return Math.max(current.notBefore, current.expires - NEAR_EXPIRY_SECONDS)
}

function expiryTime({ current }: CertificateHead): EpochSeconds | undefined {
  return isInUse(current) ? current.expires : undefined
}

function isInUse({ enabled, issued }: CertificateVersion): boolean {
  return enabled && issued !== undefined
}

function triggerTime(action: LifetimeAction, current: CertificateVersion): EpochSeconds {
  const { notBefore, expires } = current
  const { lifetimePercentage, daysBeforeExpiry } = action
  if (daysBeforeExpiry !== undefined) return expires - daysBeforeExpiry * SECONDS_PER_DAY
  return notBefore + Math.floor(((expires - notBefore) * (lifetimePercentage ?? 100)) / 100)
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
