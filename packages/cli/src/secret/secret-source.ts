import type { SecretClient } from '@claviger/client/azure'
import { finished } from '../objects/finished.ts'
import { listed, type ObjectSource } from '../objects/object-source.ts'
import { deletedSecretRecord, listedSecret, secretRecord } from './secret-record.ts'

/** The life of the secrets of a vault. */
export function secretSource(client: SecretClient): ObjectSource {
  return {
    list: () => listed(client.listPropertiesOfSecrets(), listedSecret),
    listVersions: (name) => listed(client.listPropertiesOfSecretVersions(name), listedSecret),
    listDeleted: () =>
      listed(client.listDeletedSecrets(), (secret) => ({
        managed: secret.properties.managed === true,
        record: deletedSecretRecord(secret),
      })),
    showDeleted: async (name) => deletedSecretRecord(await client.getDeletedSecret(name)),
    delete: async (name, wait) =>
      deletedSecretRecord(await finished(await client.beginDeleteSecret(name), wait)),
    recover: async (name, wait) =>
      secretRecord(await finished(await client.beginRecoverDeletedSecret(name), wait)),
    purge: (name) => client.purgeDeletedSecret(name),
    backup: (name) => client.backupSecret(name),
    restore: async (backup) => secretRecord(await client.restoreSecretBackup(backup)),
  }
}
