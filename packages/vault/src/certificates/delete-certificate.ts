import { operation } from '../operation.ts'
import { deletedKeyKey, keyKey, type DeletedKeyHead, type KeyHead } from '../keys/key.ts'
import {
  deletedSecretKey,
  secretKey,
  type DeletedSecretHead,
  type SecretHead,
} from '../secrets/secret.ts'
import { SECONDS_PER_DAY } from '../time.ts'
import {
  certificateKey,
  certificateTarget,
  deletedCertificateKey,
  type CertificateRef,
  type DeletedCertificateHead,
} from './certificate.ts'
import { changeCertificateDues } from './certificate-due.ts'
import { changeOrderDue, pendingCertificateKey, type PendingCertificate } from './pending-certificate.ts'
import { readCertificateHead } from './read-certificate.ts'

/** A deleted certificate as it is answered. */
export interface ShownDeletedCertificate {
  readonly deleted: DeletedCertificateHead
  readonly pending: boolean
}

/** Deletes a certificate softly, its key and its secret with it. */
export const deleteCertificate = operation<
  { readonly certificate: CertificateRef },
  ShownDeletedCertificate
>({
  name: 'CertificateDelete',
  permission: 'certificates/delete',
  writes: true,
  target: certificateTarget,

  async run({ unit, vault, now }, { certificate: { vault: vaultName, name } }) {
    const container = vault()
    const head = await readCertificateHead(unit, container, { vault: vaultName, name })
    const end = { deletedAt: now, scheduledPurgeAt: now + container.retentionDays * SECONDS_PER_DAY }
    const deleted: DeletedCertificateHead = { ...head, ...end }
    const deletedKey = deletedCertificateKey(container, name)
    const pending = await unit.get<PendingCertificate>(pendingCertificateKey(container, name))
    await unit.get(deletedKey)
    await changeOrderDue(unit, container, head.current.name, pending?.meta, undefined)
    await changeCertificateDues(unit, container, head, deleted)
    unit.delete(certificateKey(container, name))
    unit.put<DeletedCertificateHead>(deletedKey, { meta: deleted })

    const key = await unit.get<KeyHead>(keyKey(container, name))
    await unit.get(deletedKeyKey(container, name))
    if (key?.meta.current.managed === true) {
      unit.delete(keyKey(container, name))
      unit.put<DeletedKeyHead>(deletedKeyKey(container, name), { meta: { ...key.meta, ...end } })
    }
    const secret = await unit.get<SecretHead>(secretKey(container, name))
    await unit.get(deletedSecretKey(container, name))
    if (secret?.meta.current.managed !== undefined) {
      const meta = { ...secret.meta, ...end }
      unit.delete(secretKey(container, name))
      unit.put<DeletedSecretHead>(deletedSecretKey(container, name), { meta })
    }
    return { deleted, pending: pending !== undefined }
  },
})
