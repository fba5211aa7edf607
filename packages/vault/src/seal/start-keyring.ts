import { dataKeyRecord } from './data-key-record.ts'
import { newestDataKey, type DataKeys } from './data-keys.ts'
import { Keyring } from './keyring.ts'
import { recordCorrupt } from './open-stored.ts'

/**
 * A keyring that can seal the head of the audit chain at once.
 * @throws Fault RecordCorrupt when the data key of the system is missing or does not open.
 */
export async function startKeyring(dataKeys: DataKeys): Promise<Keyring> {
  if (newestDataKey(await dataKeys.load('system')) === undefined) {
    throw recordCorrupt(dataKeyRecord('system', 1), 'body missing')
  }
  return new Keyring(dataKeys)
}
