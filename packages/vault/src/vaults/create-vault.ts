import { touchEpoch } from '../directory/touch-epoch.ts'
import type { Tenant } from '../directory/tenant.ts'
import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { operation } from '../operation.ts'
import { getGroup, tenantOf } from '../resource-groups/find-group.ts'
import { demandResourceGroupName, validLocation } from '../resource-groups/resource-rules.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { policiesAuditId } from './policies-audit-id.ts'
import { putInGroup } from './vaults-of-group.ts'
import {
  vaultKey,
  vaultNameKey,
  vaultResourceId,
  type VaultNameIndex,
  type VaultRecord,
  type VaultSettings,
} from './vault-record.ts'
import { validSettings } from './vault-settings.ts'
import {
  demandFewAccessPolicies,
  demandRetentionDays,
  demandVaultName,
  validAccessPolicy,
} from './vault-rules.ts'

export type CreateVaultInput = Pick<VaultRecord, 'name'> &
  Partial<
    Pick<
      VaultRecord,
      'location' | 'authorization' | 'accessPolicies' | 'retentionDays' | 'purgeProtection'
    >
  > &
  VaultSettings & {
    /** Its name; the tenant's first one when absent. */
    readonly resourceGroup?: string
  }

/** Makes an empty vault in a group; its name must be free on the whole server. */
export const createVault = operation<CreateVaultInput, VaultRecord>({
  name: 'VaultPut',
  permission: 'vaults/write',
  writes: true,
  target: (input) => ({ scopeIn: (tenant) => newVaultScope(tenant, input) }),
  auditId: ({ name, accessPolicies = [] }) =>
    accessPolicies.length === 0
      ? `vaults/${name}`
      : `vaults/${name}/${policiesAuditId('replace', accessPolicies)}`,

  async run({ unit, caller, now }, input) {
    const tenant = await tenantOf(unit, caller.tenant)
    const { resourceGroup = tenant.resourceGroup } = input
    demandResourceGroupName(resourceGroup)
    const group = await getGroup(unit, tenant, resourceGroup)
    const location = input.location ?? group.location
    const wanted = { ...input, resourceGroup: group.name, location }
    const vault = await putNewVault(unit, tenant, wanted, now)
    touchEpoch(unit)
    return vault
  },
})

/** The resource id that a vault is going to have. */
export function newVaultScope(
  tenant: Tenant,
  { name, resourceGroup = tenant.resourceGroup }: Pick<CreateVaultInput, 'name' | 'resourceGroup'>,
): string {
  return vaultResourceId(tenant.subscription, resourceGroup, name)
}

/**
 * Adds a vault to a unit of work, in a group that is there; the first start uses it too.
 * @throws Fault InvalidInput, VaultExists
 */
export async function putNewVault(
  unit: UnitOfWork,
  tenant: Tenant,
  input: CreateVaultInput,
  now: EpochSeconds,
): Promise<VaultRecord> {
  const { name, location = 'local', authorization = 'rbac', accessPolicies = [] } = input
  const { retentionDays = 90, purgeProtection = false, resourceGroup: _, ...given } = input
  demandVaultName(name)
  demandRetentionDays(retentionDays)
  demandFewAccessPolicies(accessPolicies)
  const settings = validSettings(given)
  const [taken, own] = await unit.getMany<VaultRecord>([vaultNameKey(name), vaultKey(tenant.id, name)])
  if (taken !== undefined) {
    throw new Fault('VaultExists', { name, ...(own?.meta.deleted && { deleted: true }) })
  }
  const vault: VaultRecord = {
    ...settings,
    name,
    id: randomHexId(),
    tenant: tenant.id,
    resourceId: newVaultScope(tenant, input),
    location: validLocation(location),
    authorization,
    accessPolicies: accessPolicies.map(validAccessPolicy),
    retentionDays,
    purgeProtection,
    createdAt: now,
    updatedAt: now,
  }
  unit.put<VaultNameIndex>(vaultNameKey(name), { meta: { tenant: tenant.id } })
  unit.put<VaultRecord>(vaultKey(tenant.id, name), { meta: vault })
  await putInGroup(unit, vault)
  return vault
}
