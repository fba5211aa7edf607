import type { RecordKey } from './store/record-key.ts'
import { prefixOf, recordKeyOf } from './store/record-key.ts'
import type { EpochSeconds } from './time.ts'

/** Something the scheduler has to do at a time; kept in order of time. */
export interface Due {
  readonly at: EpochSeconds
  readonly task:
    | 'purgeSecret'
    | 'purgeVault'
    | 'purgeKey'
    | 'rotateKey'
    | 'notifyKeyExpiry'
    | 'forgetKeyMaterial'
    | 'purgeCertificate'
    | 'renewCertificate'
    | 'notifyCertificateExpiry'
    | 'tellCertificateExpired'
    | 'orderCertificate'
  /** Name of the vault. */
  readonly vault: string
  /** Id of the vault: after a purge another one may have its name. */
  readonly vaultId: string
  /** Name of the object; the vault's again when the task concerns the vault itself. */
  readonly name: string
}

/** Times are padded to twelve digits, so that the order of keys is the order of time. */
export function dueKey(tenant: string, { at, task, vaultId, name }: Due): RecordKey {
  const time = String(at).padStart(12, '0')
  return recordKeyOf(tenant, 'due', time, vaultId, task.toLowerCase(), name.toLowerCase())
}

export function duePrefix(tenant: string): RecordKey {
  return prefixOf(tenant, 'due')
}
