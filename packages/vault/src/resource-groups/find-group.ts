import type { Tenant } from '../directory/tenant.ts'
import { tenantKey } from '../directory/tenant.ts'
import { Fault } from '../fault.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { vaultKey, type VaultRecord } from '../vaults/vault-record.ts'
import {
  derivedGroup,
  isFirstGroup,
  resourceGroupKey,
  type ResourceGroup,
  type ResourceGroupRecord,
} from './resource-group.ts'

/** The vault of the first start, whose place tells that of a group without a record. */
const FIRST_VAULT = 'default'

/** The tenant of a caller, with its subscription. @throws Fault TenantNotFound */
export async function tenantOf(unit: UnitOfWork, tenant: string): Promise<Tenant> {
  const found = await unit.get<Tenant>(tenantKey(tenant))
  if (found === undefined) throw new Fault('TenantNotFound', { tenant })
  return found.meta
}

/**
 * One group, and a check that it stays; the first one of a tenant may have no record yet, because its
 * store was written before there were any.
 * @returns `undefined` when there is none.
 */
export async function findGroup(
  unit: UnitOfWork,
  tenant: Tenant,
  name: string,
): Promise<ResourceGroup | undefined> {
  const found = await unit.get<ResourceGroupRecord>(resourceGroupKey(tenant.id, name))
  if (found !== undefined) return found.meta.removed === true ? undefined : found.meta
  return isFirstGroup(tenant, name) ? await firstGroup(unit, tenant) : undefined
}

/** @throws Fault ResourceGroupNotFound */
export async function getGroup(
  unit: UnitOfWork,
  tenant: Tenant,
  name: string,
): Promise<ResourceGroup> {
  const group = await findGroup(unit, tenant, name)
  if (group === undefined) throw new Fault('ResourceGroupNotFound', { name })
  return group
}

/** The first group of a tenant, derived from what else its store has. */
export async function firstGroup(unit: UnitOfWork, tenant: Tenant): Promise<ResourceGroup> {
  const vault = await unit.get<VaultRecord>(vaultKey(tenant.id, FIRST_VAULT))
  return derivedGroup(tenant, vault?.meta.location ?? 'local')
}
