import type { AccessPolicy } from '../access/access-policy.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { getGroup, tenantOf } from '../resource-groups/find-group.ts'
import { demandResourceGroupName, isSameLocation, validLocation } from '../resource-groups/resource-rules.ts'
import { changedVault } from './changed-vault.ts'
import { newVaultScope, putNewVault } from './create-vault.ts'
import { demandModelChange } from './demand-model-change.ts'
import { policiesAuditId } from './policies-audit-id.ts'
import { putVault } from './update-vault.ts'
import {
  resourceGroupOf,
  vaultKey,
  type VaultRecord,
  type VaultSettings,
} from './vault-record.ts'
import { demandVaultName } from './vault-rules.ts'
import { SETTING_NAMES } from './vault-settings.ts'

/** A vault as the resource manager is given it, as a whole. */
export interface PutVaultInput extends VaultSettings {
  readonly name: string
  readonly resourceGroup: string
  readonly location: string
  /** To be given unless roles decide. */
  readonly accessPolicies?: readonly AccessPolicy[]
  readonly authorization?: VaultRecord['authorization']
  /** For a new vault, where `authorization` is absent; one that is there keeps its own. */
  readonly newAuthorization: VaultRecord['authorization']
  readonly retentionDays?: number
  readonly purgeProtection?: true
}

export interface PutVault {
  readonly vault: VaultRecord
  readonly isNew: boolean
}

/**
 * Makes a vault, or puts what is given in the place of what one that is there has; its protection, its
 * retention and how it decides stay where they are not given.
 */
export const putWholeVault = operation<PutVaultInput, PutVault>({
  name: 'VaultPut',
  permission: 'vaults/write',
  writes: true,
  target: (input) => ({ scopeIn: (tenant) => newVaultScope(tenant, input) }),
  auditId: ({ name, accessPolicies = [] }, output) =>
    accessPolicies.length === 0 && output?.isNew !== false
      ? `vaults/${name}`
      : `vaults/${name}/${policiesAuditId('replace', accessPolicies)}`,

  async run(context, input) {
    const { unit, caller, now } = context
    const { name, resourceGroup, newAuthorization, ...given } = input
    demandVaultName(name)
    demandResourceGroupName(resourceGroup)
    const tenant = await tenantOf(unit, caller.tenant)
    const group = await getGroup(unit, tenant, resourceGroup)
    const found = await unit.get<VaultRecord>(vaultKey(tenant.id, name))
    if (found === undefined || found.meta.deleted !== undefined) {
      const { authorization = newAuthorization } = input
      demandPolicies(authorization, input)
      const wanted = { ...input, authorization, resourceGroup: group.name }
      const vault = await putNewVault(unit, tenant, wanted, now)
      touchEpoch(unit)
      return { vault, isNew: true }
    }
    const kept = withoutSettings(found.meta)
    demandPlace(kept, resourceGroup, validLocation(input.location))
    demandPolicies(given.authorization ?? kept.authorization, input)
    await demandModelChange(context, kept, given.authorization)
    return { vault: putVault(context, changedVault(kept, given)), isNew: false }
  },
})

/** What was not given the second time is not there any more. */
function withoutSettings(vault: VaultRecord): VaultRecord {
  const kept: Partial<Record<keyof VaultRecord, unknown>> = { ...vault }
  for (const name of SETTING_NAMES) delete kept[name]
  return kept as VaultRecord // every setting may be absent
}

/** Their absence would take them all away from who forgot them. @throws Fault InvalidInput */
function demandPolicies(
  authorization: VaultRecord['authorization'],
  { accessPolicies }: PutVaultInput,
): void {
  if (authorization === 'rbac' || accessPolicies !== undefined) return
  throw invalidInput('accessPolicies', 'they must be given, or enableRbacAuthorization be true')
}

/** @throws Fault VaultExists, VaultElsewhere */
function demandPlace(vault: VaultRecord, resourceGroup: string, location: string): void {
  const { name } = vault
  const group = resourceGroupOf(vault)
  if (group.toLowerCase() !== resourceGroup.toLowerCase()) throw new Fault('VaultExists', { name })
  if (isSameLocation(vault.location, location)) return
  throw new Fault('VaultElsewhere', {
    name,
    resourceGroup: group,
    location: vault.location,
    wanted: location,
  })
}
