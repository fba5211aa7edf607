import { createHash } from 'node:crypto'
import { SYSTEM } from '../directory/tenant.ts'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'

/** The kinds of place that a setting can name, one of each. */
export const DESTINATION_KINDS = [
  'storageAccount', 'workspace', 'eventHub', 'serviceBus', 'partner',
] as const

/** Where a setting sends to. */
export interface WantedDestination {
  readonly kind: (typeof DESTINATION_KINDS)[number]
  /** As it was given. */
  readonly resourceId: string
  /** The operator's name for what it stands for here; lower case. */
  readonly sink: string
}

export interface DiagnosticDestination extends WantedDestination {
  /** What happened before is not sent. */
  readonly since: EpochSeconds
}

/** Kept and shown: the sink keeps what it gets for as long as it likes. */
export interface RetentionPolicy {
  readonly enabled: boolean
  readonly days: number
}

/** A kind of log, or several of them, that is sent or not. */
export interface LogChoice {
  readonly category?: string
  readonly categoryGroup?: string
  readonly enabled: boolean
  readonly retention?: RetentionPolicy
}

export interface MetricChoice {
  readonly category: string
  readonly enabled: boolean
  readonly timeGrain?: string
  readonly retention?: RetentionPolicy
}

/** What a setting says besides its destinations. */
export interface DiagnosticChoices {
  readonly logs: readonly LogChoice[]
  readonly metrics: readonly MetricChoice[]
  /** Kept and shown. */
  readonly eventHubName?: string
  /** Kept and shown. */
  readonly workspaceTables?: string
}

/** Where the audit of a vault also goes. */
export interface DiagnosticSetting extends DiagnosticChoices {
  /** As it was given; compared without case. */
  readonly name: string
  /** Resource id of the vault. */
  readonly resourceId: string
  readonly destinations: readonly DiagnosticDestination[]
}

/** Under a digest of its name, which may have any letters. */
export function diagnosticSettingKey(vault: VaultRecord, name: string): RecordKey {
  const digest = createHash('sha256').update(name.toLowerCase()).digest('hex')
  return recordKeyOf(vault.tenant, DIAGNOSTIC, vault.id, digest)
}

/** Those of one vault. */
export function diagnosticSettingPrefix({ tenant, id }: VaultRecord): RecordKey {
  return prefixOf(tenant, DIAGNOSTIC, id)
}

/** Those of all vaults of a tenant. Outside of the vaults, so that they are found in one list. */
export function diagnosticSettingsPrefix(tenant: string): RecordKey {
  return prefixOf(tenant, DIAGNOSTIC)
}

/**
 * Changes with every change of a setting, in the same commit, so that two of them never pass each
 * other unseen, and whoever delivers can tell that it knows all of them.
 */
export const DIAGNOSTIC_EPOCH_KEY: RecordKey = recordKeyOf(SYSTEM, 'diagnostic-epoch')

const DIAGNOSTIC = 'diagnostic-setting'
