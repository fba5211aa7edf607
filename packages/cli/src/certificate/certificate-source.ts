import type { CertificateClient } from '@claviger/client/azure'
import { finished } from '../objects/finished.ts'
import { listed, type ObjectSource } from '../objects/object-source.ts'
import { certificateRecord, deletedCertificateRecord, listedCertificate } from './certificate-record.ts'

/** The life of the certificates of a vault. */
export function certificateSource(client: CertificateClient): ObjectSource {
  return {
    list: (which) => listed(client.listPropertiesOfCertificates(which), listedCertificate),
    listVersions: (name) =>
      listed(client.listPropertiesOfCertificateVersions(name), listedCertificate),
    listDeleted: (which) =>
      listed(client.listDeletedCertificates(which), (certificate) => ({
        managed: false,
        record: deletedCertificateRecord(certificate),
      })),
    showDeleted: async (name) => deletedCertificateRecord(await client.getDeletedCertificate(name)),
    delete: async (name, wait) =>
      deletedCertificateRecord(await finished(await client.beginDeleteCertificate(name), wait)),
    recover: async (name, wait) =>
      certificateRecord(await finished(await client.beginRecoverDeletedCertificate(name), wait)),
    purge: (name) => client.purgeDeletedCertificate(name),
    backup: (name) => client.backupCertificate(name),
    restore: async (backup) => certificateRecord(await client.restoreCertificateBackup(backup)),
  }
}
