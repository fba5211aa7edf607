import { operation } from '../operation.ts'
import { certificateTarget, type CertificateRef } from './certificate.ts'
import type { ShownDeletedCertificate } from './delete-certificate.ts'
import { pendingCertificateKey } from './pending-certificate.ts'
import { readDeletedCertificate } from './read-certificate.ts'

/** Shows a deleted certificate. */
export const getDeletedCertificate = operation<
  { readonly certificate: CertificateRef },
  ShownDeletedCertificate
>({
  name: 'CertificateGetDeleted',
  permission: 'certificates/getDeleted',
  writes: false,
  target: certificateTarget,

  async run({ unit, vault }, { certificate }) {
    const deleted = await readDeletedCertificate(unit, vault(), certificate)
    const pending = await unit.get(pendingCertificateKey(vault(), certificate.name))
    return { deleted, pending: pending !== undefined }
  },
})
