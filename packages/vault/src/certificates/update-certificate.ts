import { changedTags, type TagChange } from '../changed-tags.ts'
import { Fault } from '../fault.ts'
import type { KeyOperation } from '../keys/key-operations.ts'
import { demandCommonRules } from '../object-rules.ts'
import { operation, type OperationContext } from '../operation.ts'
import { keyKey, keyVersionKey, type KeyHead, type KeyVersion } from '../keys/key.ts'
import {
  secretKey,
  secretVersionKey,
  type SecretHead,
  type SecretVersion,
} from '../secrets/secret.ts'
import type { EpochSeconds } from '../time.ts'
import {
  auditedCertificate,
  certificateKey,
  certificateTarget,
  certificateVersionKey,
  type CertificateHead,
  type CertificateProperties,
  type CertificateRef,
  type CertificateVersion,
  type ShownCertificate,
} from './certificate.ts'
import { changeCertificateDues } from './certificate-due.ts'
import { mirrored } from './certificate-faces.ts'
import { completePolicy, type PolicyInput } from './complete-policy.ts'
import { pendingCertificateKey, type PendingCertificate } from './pending-certificate.ts'
import { readCertificate, shownCertificate } from './read-certificate.ts'

export interface UpdateCertificateInput extends Partial<CertificateProperties> {
  readonly certificate: CertificateRef
  readonly policy?: PolicyInput
  /**
   * Its issuer has revoked it, for good: its key verifies and opens what there is already, and
   * makes nothing new. What an authority of the vault has issued, `certificates.revoke` revokes.
   */
  readonly revoked?: true
}

/** What makes something new with a key. */
const MAKING: readonly KeyOperation[] = ['sign', 'encrypt', 'wrapKey']

/**
 * Changes what a version says of itself, its key and its secret with it; what is not given stays,
 * tags are replaced whole. A policy is that of the certificate, whichever version is named.
 */
export const updateCertificate = operation<UpdateCertificateInput, ShownCertificate>({
  name: 'CertificateUpdate',
  permission: 'certificates/update',
  writes: true,
  target: certificateTarget,
  auditId: ({ certificate }, output) =>
    auditedCertificate(certificate, output?.properties.version),

  async run(context, input) {
    const { tags } = input
    demandCommonRules(tags === undefined ? {} : { tags })
    return await putUpdated(context, input)
  },
})

export interface ChangeCertificateTagsInput extends TagChange {
  readonly certificate: CertificateRef
}

/** Changes single tags of a version, of its key and its secret with it. */
export const changeCertificateTags = operation<ChangeCertificateTagsInput, ShownCertificate>({
  name: 'CertificateUpdate',
  permission: 'certificates/update',
  writes: true,
  target: certificateTarget,
  auditId: ({ certificate }, output) =>
    auditedCertificate(certificate, output?.properties.version),

  async run(context, { certificate, ...change }) {
    const { version } = await readCertificate(context.unit, context.vault(), certificate)
    return await putUpdated(context, { certificate, tags: changedTags(version.tags, change) })
  },
})

/** What is given has been looked at. */
async function putUpdated(
  context: OperationContext,
  { certificate, policy, enabled, tags, revoked }: UpdateCertificateInput,
): Promise<ShownCertificate> {
  const { unit, vault, now } = context
  const container = vault()
  const { head, version } = await readCertificate(unit, container, certificate)
  const updated: CertificateVersion = {
    ...version,
    // One that waits is enabled by its issuer's answer alone; what is wished stays until then.
    ...(enabled === undefined || version.issued === undefined ? {} : { enabled }),
    ...(tags === undefined ? {} : { tags }),
    ...(revoked === undefined ? {} : { revokedAt: revocationOf(version, now) }),
    updated: Math.max(now, version.created),
  }
  const isCurrent = head.current.version === version.version
  const after: CertificateHead = {
    ...head,
    current: isCurrent ? updated : head.current,
    policy: policy === undefined ? head.policy : completePolicy(policy, now, head.policy),
  }
  await changeCertificateDues(unit, container, head, after)
  unit.put<CertificateHead>(certificateKey(container, version.name), { meta: after })
  if (version.issued === undefined) await putWaiting(context, updated, enabled)
  else await putMirrored(context, updated, isCurrent)
  return shownCertificate(unit, container, after, updated)
}

/** @throws Fault PendingCertificateInProgress for a version that was not issued yet. */
function revocationOf(
  { name, issued, revokedAt }: CertificateVersion,
  now: EpochSeconds,
): EpochSeconds {
  if (issued === undefined) throw new Fault('PendingCertificateInProgress', { name })
  return revokedAt ?? now
}

/** What a version that waits shall be once its issuer has answered. */
async function putWaiting(
  { unit, vault }: OperationContext,
  { name, version, tags }: CertificateVersion,
  enabled: boolean | undefined,
): Promise<void> {
  const key = pendingCertificateKey(vault(), name)
  const pending = await unit.get<PendingCertificate>(key)
  if (pending?.meta.version !== version || pending.meta.status !== 'inProgress') return
  const meta: PendingCertificate = {
    ...pending.meta,
    ...(enabled === undefined ? {} : { enabled }),
    ...(tags === undefined ? {} : { tags }),
  }
  unit.put<PendingCertificate>(key, { ...pending, meta })
}

/** The version itself, and its key and secret in line with it. */
async function putMirrored(
  { unit, vault }: OperationContext,
  updated: CertificateVersion,
  isCurrent: boolean,
): Promise<void> {
  const container = vault()
  const { name, version } = updated
  const versionKey = certificateVersionKey(container, name, version)
  const keyAt = keyVersionKey(container, name, version)
  const secretAt = secretVersionKey(container, name, version)
  await unit.get(versionKey)
  const key = await unit.get<KeyVersion>(keyAt)
  const secret = await unit.get<SecretVersion>(secretAt)
  unit.put<CertificateVersion>(versionKey, { meta: updated })
  if (key !== undefined) {
    const { keyOperations: all } = key.meta
    const keyOperations =
      updated.revokedAt === undefined ? all : all.filter((use) => !MAKING.includes(use))
    const meta = { ...key.meta, ...mirrored(updated), keyOperations }
    unit.put<KeyVersion>(keyAt, { meta })
    if (isCurrent) {
      const head = await unit.get<KeyHead>(keyKey(container, name))
      unit.put<KeyHead>(keyKey(container, name), { meta: { ...head?.meta, current: meta } })
    }
  }
  if (secret !== undefined) {
    const meta = { ...secret.meta, ...mirrored(updated) }
    unit.put<SecretVersion>(secretAt, { ...secret, meta })
    if (isCurrent) {
      await unit.get(secretKey(container, name))
      unit.put<SecretHead>(secretKey(container, name), { meta: { current: meta } })
    }
  }
}
