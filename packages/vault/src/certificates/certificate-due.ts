import { dueKey, type Due } from '../due.ts'
import type { RecordKey } from '../store/record-key.ts'
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

/**
 * Brings the scheduler's entries of a certificate in line with a change of it, in the same commit.
 * What is due at the same time as before stays as it is: an entry that was done does not come back.
 */
export async function changeCertificateDues(
  unit: UnitOfWork,
  vault: VaultRecord,
  before: CertificateHead | DeletedCertificateHead | undefined,
  after: CertificateHead | DeletedCertificateHead | undefined,
): Promise<void> {
  const old = duesOf(vault, before)
  const next = duesOf(vault, after)
  const gone = [...old.keys()].filter((key) => !next.has(key))
  const added = [...next].filter(([key]) => !old.has(key))
  // Without opening what stands there: a damaged entry must not hold up a change of its object.
  for (const key of [...gone, ...added.map(([one]) => one)]) await unit.claimOne(key)
  for (const key of gone) unit.delete(key)
  for (const [key, due] of added) unit.put<Due>(key, { meta: due })
}

function duesOf(
  vault: VaultRecord,
  head: CertificateHead | DeletedCertificateHead | undefined,
): ReadonlyMap<RecordKey, Due> {
  const dues = new Map<RecordKey, Due>()
  if (head === undefined) return dues
  const add = (task: Due['task'], at: EpochSeconds | undefined): void => {
    if (at === undefined) return
    const { name } = head.current
    const due: Due = { at: Math.max(0, at), task, vault: vault.name, vaultId: vault.id, name }
    dues.set(dueKey(vault.tenant, due), due)
  }
  if ('scheduledPurgeAt' in head) {
    add('purgeCertificate', head.scheduledPurgeAt)
    return dues
  }
  add('renewCertificate', renewalTime(head))
  add('notifyCertificateExpiry', noticeTime(head))
  add('tellCertificateExpired', expiryTime(head))
  return dues
}
