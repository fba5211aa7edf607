import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import {
  DIAGNOSTIC_EPOCH_KEY,
  diagnosticSettingKey,
  diagnosticSettingPrefix,
  type DiagnosticSetting,
} from './diagnostic-setting.ts'

export interface DiagnosticSettingsInput {
  readonly vault: string
  /** Under which the vault is asked for; it has to be its own. */
  readonly resourceId: string
}

export interface DiagnosticSettingInput extends DiagnosticSettingsInput {
  readonly name: string
}

const target = ({ vault }: DiagnosticSettingsInput): { readonly vault: string } => ({ vault })

const auditId = ({ name }: DiagnosticSettingInput): string =>
  `diagnosticSettings/${name.slice(0, 64)}`

/** The diagnostic settings of a vault, in no order that means anything. */
export const listDiagnosticSettings = operation<
  DiagnosticSettingsInput,
  readonly DiagnosticSetting[]
>({
  name: 'DiagnosticSettingList',
  permission: 'diagnostics/read',
  writes: false,
  target,

  async run({ unit, vault }, { resourceId }) {
    demandSameVault(vault(), resourceId)
    const listed = await unit.listAll<DiagnosticSetting>(diagnosticSettingPrefix(vault()))
    return listed.map(({ content }) => content.meta)
  },
})

export const getDiagnosticSetting = operation<DiagnosticSettingInput, DiagnosticSetting>({
  name: 'DiagnosticSettingGet',
  permission: 'diagnostics/read',
  writes: false,
  target,
  auditId,

  async run({ unit, vault }, { name, resourceId }) {
    demandSameVault(vault(), resourceId)
    const found = await unit.get<DiagnosticSetting>(diagnosticSettingKey(vault(), name))
    if (found !== undefined) return found.meta
    throw new Fault('DiagnosticSettingNotFound', { name, resource: vault().resourceId })
  },
})

/** Ends what a diagnostic setting sends; tells whether there was one. */
export const deleteDiagnosticSetting = operation<
  DiagnosticSettingInput,
  { readonly existed: boolean }
>({
  name: 'DiagnosticSettingDelete',
  permission: 'diagnostics/delete',
  writes: true,
  target,
  auditId,
  outcome: ({ existed }) => (existed ? undefined : 'absent'),

  async run({ unit, vault }, { name, resourceId }) {
    demandSameVault(vault(), resourceId)
    const key = diagnosticSettingKey(vault(), name)
    const existed = await unit.claimOne(key)
    if (existed) {
      await unit.get(DIAGNOSTIC_EPOCH_KEY)
      unit.delete(key)
      unit.put(DIAGNOSTIC_EPOCH_KEY, { meta: {} })
    }
    return { existed }
  },
})

/** With the vault its settings go. */
export async function deleteDiagnosticSettingsOf(
  unit: UnitOfWork,
  vault: VaultRecord,
): Promise<void> {
  const keys = await unit.claimAll(diagnosticSettingPrefix(vault))
  if (keys.length === 0) return
  await unit.get(DIAGNOSTIC_EPOCH_KEY)
  for (const key of keys) unit.delete(key)
  unit.put(DIAGNOSTIC_EPOCH_KEY, { meta: {} })
}

/** A name alone leads to a vault of another group, too. @throws Fault VaultNotFound */
export function demandSameVault({ name, resourceId }: VaultRecord, asked: string): void {
  if (asked.toLowerCase() !== resourceId.toLowerCase()) throw new Fault('VaultNotFound', { name })
}
