import type { KeyClient } from '@claviger/client/azure'
import { finished } from '../objects/finished.ts'
import { listed, type ObjectSource } from '../objects/object-source.ts'
import { deletedKeyRecord, keyRecord, listedKey } from './key-record.ts'

/** The life of the keys of a vault. */
export function keySource(client: KeyClient): ObjectSource {
  return {
    list: () => listed(client.listPropertiesOfKeys(), listedKey),
    listVersions: (name) => listed(client.listPropertiesOfKeyVersions(name), listedKey),
    listDeleted: () =>
      listed(client.listDeletedKeys(), (key) => ({
        managed: key.properties.managed === true,
        record: deletedKeyRecord(key),
      })),
    showDeleted: async (name) => deletedKeyRecord(await client.getDeletedKey(name)),
    delete: async (name, wait) =>
      deletedKeyRecord(await finished(await client.beginDeleteKey(name), wait)),
    recover: async (name, wait) =>
      keyRecord(await finished(await client.beginRecoverDeletedKey(name), wait)),
    purge: (name) => client.purgeDeletedKey(name),
    backup: (name) => client.backupKey(name),
    restore: async (backup) => keyRecord(await client.restoreKeyBackup(backup)),
  }
}
