import { randomUUID } from 'node:crypto'
import { ROLE_IDS } from '../access/built-in-roles.ts'
import { putNewAssignment } from '../access/role-assignments.ts'
import { putNewPolicy } from '../access-points/access-point-policies.ts'
import type { AccessPoint } from '../access-points/access-point.ts'
import { putNewAccessPoint } from '../access-points/access-points.ts'
import { putIdentityHeader } from '../directory/identity-header.ts'
import type { Principal } from '../directory/principal.ts'
import { putNewPrincipal } from '../directory/put-principal.ts'
import type { Tenant } from '../directory/tenant.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import {
  CONNECT_CREDENTIAL,
  putNewTenant,
  type FirstPrincipal,
} from '../tenants/put-new-tenant.ts'
import { putNewVault } from '../vaults/create-vault.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'

export interface BootstrapInput {
  /** GUID of the tenant; a random one when it is not given. */
  readonly tenant?: string
  readonly location: string
  readonly retentionDays: number
}

export interface Bootstrapped {
  readonly tenant: Tenant
  readonly vault: VaultRecord
  readonly administrator: FirstPrincipal
  readonly identity: FirstPrincipal
  /** Without a key yet, as the access point: whoever hands them out makes them. */
  readonly user: Principal
  readonly accessPoint: AccessPoint
}

/**
 * The first start: one tenant, the vault `default`, an administrator application, a managed
 * identity that administers the data of that vault alone, a user that administers the data of all
 * vaults and their access points, and an access point that uses what is in that vault. Nobody else
 * can do anything.
 */
export const bootstrap = operation<BootstrapInput, Bootstrapped>({
  name: 'ServerInitialise',
  permission: 'maintenance/run',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: (_input, output) => (output === undefined ? '' : `tenants/${output.tenant.id}`),

  async run(context, { tenant: wanted, location, retentionDays }) {
    const { unit, view, now } = context
    if ((await view.defaultTenant()) !== undefined) {
      throw invalidInput('tenant', 'this server has its first tenant already')
    }
    const id = (wanted ?? randomUUID()).toLowerCase()
    const named = { kind: 'managedIdentity', displayName: 'local programs' } as const
    const identity = await putNewPrincipal(unit, id, named, now)
    const user = await firstUser(unit, id, now)
    const newTenant = { id, displayName: 'default', isDefault: true, location }
    const local = { localIdentity: identity.id, localUser: user.id }
    const { tenant, administrator } = await putNewTenant(unit, newTenant, now, local)
    const vault = await putNewVault(unit, tenant, { name: 'default', location, retentionDays }, now)
    const header = await giveIdentity(unit, id, identity, vault, now)
    const accessPoint = await firstAccessPoint(unit, vault, now)
    touchEpoch(unit)
    const programs: FirstPrincipal = { principal: identity, credential: header }
    return { tenant, vault, administrator, identity: programs, user, accessPoint }
  },
})

async function firstUser(unit: UnitOfWork, tenant: string, now: EpochSeconds): Promise<Principal> {
  const named = { kind: 'user', displayName: 'default' } as const
  const principal = await putNewPrincipal(unit, tenant, named, now)
  const { keyVaultAdministrator, accessPointAdministrator } = ROLE_IDS
  for (const roleDefinition of [keyVaultAdministrator, accessPointAdministrator]) {
    const who = { principal: principal.id, principalType: 'User' } as const
    const input = { ...who, roleDefinition, scope: '/' }
    await putNewAssignment(unit, tenant, input, now)
  }
  return principal
}

async function firstAccessPoint(
  unit: UnitOfWork,
  vault: VaultRecord,
  now: EpochSeconds,
): Promise<AccessPoint> {
  const policy = {
    name: 'default',
    vault: vault.name,
    permissions: ['keyUser', 'secretUser'],
    resources: ['key/*', 'secret/*'],
  } as const
  await putNewPolicy(unit, vault, policy, now)
  const point = { name: 'default', policies: [policy.name] }
  return await putNewAccessPoint(unit, vault.tenant, point, now)
}

async function giveIdentity(
  unit: UnitOfWork,
  tenant: string,
  identity: Principal,
  vault: VaultRecord,
  now: EpochSeconds,
): Promise<Secret> {
  const roleDefinition = ROLE_IDS.keyVaultAdministrator
  const principalType = 'ServicePrincipal'
  const scope = vault.resourceId
  const input = { principal: identity.id, principalType, roleDefinition, scope } as const
  await putNewAssignment(unit, tenant, input, now)
  const made = { displayName: CONNECT_CREDENTIAL, now }
  const { secret } = await putIdentityHeader(unit, tenant, identity, made)
  return secret
}
