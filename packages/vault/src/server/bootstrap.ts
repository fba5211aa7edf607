import { randomUUID } from 'node:crypto'
import { ROLE_IDS } from '../access/role.ts'
import { putNewAssignment } from '../access/role-assignments.ts'
import { putNewPolicy } from '../access-points/access-point-policies.ts'
import type { AccessPoint } from '../access-points/access-point.ts'
import { putNewAccessPoint } from '../access-points/access-points.ts'
import { createIssuerKey } from '../directory/issuer-key.ts'
import { putIdentityHeader } from '../directory/identity-header.ts'
import type { Principal } from '../directory/principal.ts'
import { putNewPrincipal } from '../directory/principals.ts'
import { putSecretCredential } from '../directory/secret-credential.ts'
import { tenantKey, type Tenant } from '../directory/tenant.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import type { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { putFirstGroup } from '../resource-groups/create-group.ts'
import { putNewVault } from '../vaults/create-vault.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'

export interface BootstrapInput {
  /** GUID of the tenant; a random one when it is not given. */
  readonly tenant?: string
  readonly location: string
  readonly retentionDays: number
}

/** A principal and the one credential it starts with, which is shown this once. */
export interface FirstPrincipal {
  readonly principal: Principal
  readonly credential: Secret
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

/** Display name of the credentials in the connect files, by which new ones replace the former. */
export const CONNECT_CREDENTIAL = 'connect file'

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
    const administrator = await firstAdministrator(unit, id, now)
    const programs = { kind: 'managedIdentity', displayName: 'local programs' } as const
    const identity = await putNewPrincipal(unit, id, programs, now)
    const user = await firstUser(unit, id, now)
    const tenant: Tenant = {
      id,
      displayName: 'default',
      createdAt: now,
      isDefault: true,
      subscription: randomUUID(),
      resourceGroup: 'default',
      administrator: administrator.principal.id,
      localIdentity: identity.id,
      localUser: user.id,
    }
    await unit.get(tenantKey(id))
    unit.put<Tenant>(tenantKey(id), { meta: tenant })
    await putFirstGroup(unit, tenant, location, now)
    const vault = await putNewVault(unit, tenant, { name: 'default', location, retentionDays }, now)
    const header = await giveIdentity(unit, id, identity, vault, now)
    const accessPoint = await firstAccessPoint(unit, vault, now)
    await createIssuerKey(unit, id, now)
    touchEpoch(unit)
    const local: FirstPrincipal = { principal: identity, credential: header }
    return { tenant, vault, administrator, identity: local, user, accessPoint }
  },
})

async function firstAdministrator(
  unit: UnitOfWork,
  tenant: string,
  now: EpochSeconds,
): Promise<FirstPrincipal> {
  const application = { kind: 'application', displayName: 'administrator' } as const
  const principal = await putNewPrincipal(unit, tenant, application, now)
  for (const roleDefinition of [ROLE_IDS.owner, ROLE_IDS.keyVaultAdministrator]) {
    const input = { principal: principal.id, roleDefinition, scope: '/' }
    await putNewAssignment(unit, tenant, input, now)
  }
  const made = { displayName: CONNECT_CREDENTIAL, now }
  const { secret } = await putSecretCredential(unit, tenant, principal.id, made)
  return { principal, credential: secret }
}

async function firstUser(unit: UnitOfWork, tenant: string, now: EpochSeconds): Promise<Principal> {
  const named = { kind: 'user', displayName: 'default' } as const
  const principal = await putNewPrincipal(unit, tenant, named, now)
  const { keyVaultAdministrator, accessPointAdministrator } = ROLE_IDS
  for (const roleDefinition of [keyVaultAdministrator, accessPointAdministrator]) {
    const input = { principal: principal.id, roleDefinition, scope: '/' }
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
  const input = { principal: identity.id, roleDefinition, scope: vault.resourceId }
  await putNewAssignment(unit, tenant, input, now)
  const made = { displayName: CONNECT_CREDENTIAL, now }
  const { secret } = await putIdentityHeader(unit, tenant, identity, made)
  return secret
}
