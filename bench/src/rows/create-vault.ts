import { randomBytes } from 'node:crypto'
import { systemCall, type Tenant, type Vault } from '@claviger/vault'
import type { Row } from './row.ts'

const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
const GROUP = 'default'
const LOCATION = 'local'
const VERSION = 'api-version=2026-02-01'
/** More than any machine makes, so that no vault of a load is made twice. */
const MOST_PER_SECOND = 5_000

/** One that no vault has. */
function freshName(): string {
  return `b${randomBytes(8).toString('hex')}`
}

async function tenantOf(vault: Vault): Promise<Tenant> {
  const tenant = await (await vault.view()).defaultTenant()
  if (tenant === undefined) throw new Error('The first start has made no tenant.')
  return tenant
}

async function prepare(vault: Vault): Promise<void> {
  const { id, localIdentity: principal } = await tenantOf(vault)
  if (principal === undefined) throw new Error('The first start has made no identity.')
  const role = { principal, roleDefinition: CONTRIBUTOR, scope: '/' }
  await vault.roleAssignments.create(systemCall('bench', id), role)
}

async function perform(vault: Vault): Promise<unknown> {
  const tenant = await tenantOf(vault)
  return await vault.vaults.put(systemCall('bench', tenant.id), {
    name: freshName(),
    resourceGroup: GROUP,
    location: LOCATION,
    newAuthorization: 'rbac',
  })
}

/**
 * A new vault each time, by the resource manager. The limit commits 32 at once; the server makes one
 * after the other, because each ends what all processes know of access, so its part is a small one.
 */
export const createVault: Row = {
  name: 'create-vault',
  target: 0.05,
  request: ({ signers: { tenant }, seconds }) => ({
    method: 'PUT',
    paths: Array.from({ length: seconds * MOST_PER_SECOND }, () => {
      const group = `/subscriptions/${tenant.subscription}/resourceGroups/${GROUP}`
      return `${group}/providers/Microsoft.KeyVault/vaults/${freshName()}?${VERSION}`
    }),
    once: true,
    manager: true,
    body: JSON.stringify({
      location: LOCATION,
      properties: { tenantId: tenant.id, sku: { family: 'A', name: 'standard' } },
    }),
    status: 200,
  }),
  prepare,
  perform,
}
