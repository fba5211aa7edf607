import { touchEpoch } from '../directory/touch-epoch.ts'
import type { Tenant } from '../directory/tenant.ts'
import { tenantKey } from '../directory/tenant.ts'
import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { operation } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import {
  vaultKey,
  vaultNameKey,
  vaultResourceId,
  type VaultNameIndex,
  type VaultRecord,
} from './vault-record.ts'
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
  >

/** Makes an empty vault; its name must be free on the whole server. */
export const createVault = operation<CreateVaultInput, VaultRecord>({
  name: 'VaultPut',
  permission: 'vaults/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ name }) => `vaults/${name}`,

  async run({ unit, caller, now }, input) {
    const tenant = await unit.get<Tenant>(tenantKey(caller.tenant))
    if (tenant === undefined) throw new Fault('TenantNotFound', { tenant: caller.tenant })
    const vault = await putNewVault(unit, tenant.meta, input, now)
    touchEpoch(unit)
    return vault
  },
})

/**
 * Adds a vault to a unit of work; the first start uses it too.
 * @throws Fault InvalidInput, VaultExists
 */
export async function putNewVault(
  unit: UnitOfWork,
  tenant: Tenant,
  input: CreateVaultInput,
  now: EpochSeconds,
): Promise<VaultRecord> {
  const { name, location = 'local', authorization = 'rbac', accessPolicies = [] } = input
  const { retentionDays = 90, purgeProtection = false } = input
  demandVaultName(name)
  demandRetentionDays(retentionDays)
  demandFewAccessPolicies(accessPolicies)
  const [taken] = await unit.getMany([vaultNameKey(name), vaultKey(tenant.id, name)])
  if (taken !== undefined) throw new Fault('VaultExists', { name })
  const vault: VaultRecord = {
    name,
    id: randomHexId(),
    tenant: tenant.id,
    resourceId: vaultResourceId(tenant.subscription, tenant.resourceGroup, name),
    location,
    authorization,
    accessPolicies: accessPolicies.map(validAccessPolicy),
    retentionDays,
    purgeProtection,
    createdAt: now,
    updatedAt: now,
  }
  unit.put<VaultNameIndex>(vaultNameKey(name), { meta: { tenant: tenant.id } })
  unit.put<VaultRecord>(vaultKey(tenant.id, name), { meta: vault })
  return vault
}
