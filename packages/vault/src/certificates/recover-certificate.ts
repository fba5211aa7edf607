import { operation } from '../operation.ts'
import { deletedKeyKey, keyKey, type DeletedKeyHead, type KeyHead } from '../keys/key.ts'
import {
  deletedSecretKey,
  secretKey,
  type DeletedSecretHead,
  type SecretHead,
} from '../secrets/secret.ts'
import {
  auditedCertificate,
  certificateKey,
  certificateTarget,
  deletedCertificateKey,
  type CertificateHead,
  type CertificateRef,
  type ShownCertificate,
} from './certificate.ts'
import { changeCertificateDues } from './certificate-due.ts'
import { changeOrderDue, pendingCertificateKey, type PendingCertificate } from './pending-certificate.ts'
import { readDeletedCertificate, shownCertificate } from './read-certificate.ts'

/** Brings a deleted certificate back with all its versions, keys and secrets. */
export const recoverCertificate = operation<
  { readonly certificate: CertificateRef },
  ShownCertificate
>({
  name: 'CertificateRecover',
  permission: 'certificates/recover',
  writes: true,
  target: certificateTarget,
  auditId: ({ certificate }, output) =>
    auditedCertificate(certificate, output?.properties.version),

  async run({ unit, vault }, { certificate }) {
    const container = vault()
    const { name } = certificate
    const deleted = await readDeletedCertificate(unit, container, certificate)
    const { current, policy, renewal } = deleted
    const head: CertificateHead = { current, policy, ...(renewal && { renewal }) }
    const headKey = certificateKey(container, name)
    await unit.get(headKey)
    await changeCertificateDues(unit, container, deleted, head)
    const pending = await unit.get<PendingCertificate>(pendingCertificateKey(container, name))
    await changeOrderDue(unit, container, current.name, undefined, pending?.meta)
    unit.put<CertificateHead>(headKey, { meta: head })
    unit.delete(deletedCertificateKey(container, name))

    const key = await unit.get<DeletedKeyHead>(deletedKeyKey(container, name))
    if (key?.meta.current.managed === true) {
      await unit.get(keyKey(container, name))
      const { deletedAt: _, scheduledPurgeAt: __, ...keyHead } = key.meta
      unit.put<KeyHead>(keyKey(container, name), { meta: keyHead })
      unit.delete(deletedKeyKey(container, name))
    }
    const secret = await unit.get<DeletedSecretHead>(deletedSecretKey(container, name))
    if (secret?.meta.current.managed !== undefined) {
      await unit.get(secretKey(container, name))
      unit.put<SecretHead>(secretKey(container, name), { meta: { current: secret.meta.current } })
      unit.delete(deletedSecretKey(container, name))
    }
    return shownCertificate(unit, container, head, current)
  },
})
