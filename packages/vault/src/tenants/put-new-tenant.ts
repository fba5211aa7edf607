import { randomUUID } from 'node:crypto'
import { putNewAssignment } from '../access/role-assignments.ts'
import { ROLE_IDS } from '../access/built-in-roles.ts'
import { createIssuerKey } from '../directory/issuer-key.ts'
import type { Principal } from '../directory/principal.ts'
import { putNewPrincipal } from '../directory/put-principal.ts'
import { putSecretCredential } from '../directory/secret-credential.ts'
import { tenantEpochKey, tenantKey, type Tenant } from '../directory/tenant.ts'
import { putFirstGroup } from '../resource-groups/create-group.ts'
import type { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'

/** Display name of the credentials in the connect files, by which new ones replace the former. */
export const CONNECT_CREDENTIAL = 'connect file'

/** A principal and the one credential it starts with, which is shown this once. */
export interface FirstPrincipal {
  readonly principal: Principal
  readonly credential: Secret
}

/** What a tenant is made of; the rest is chosen here. */
export interface NewTenant {
  readonly id: string
  readonly displayName: string
  readonly isDefault: boolean
  readonly location: string
}

/**
 * Adds a tenant to a unit of work: its subscription, its first resource group, the key that signs
 * its tokens and the application that administers all of it. The caller touches the epoch.
 */
export async function putNewTenant(
  unit: UnitOfWork,
  { location, ...named }: NewTenant,
  now: EpochSeconds,
  more: Pick<Tenant, 'localIdentity' | 'localUser'> = {},
): Promise<{ readonly tenant: Tenant; readonly administrator: FirstPrincipal }> {
  const administrator = await putAdministrator(unit, named.id, now)
  const tenant: Tenant = {
    ...named,
    createdAt: now,
    subscription: randomUUID(),
    resourceGroup: 'default',
    administrator: administrator.principal.id,
    ...more,
  }
  const epoch = tenantEpochKey(tenant.id)
  await unit.getMany([tenantKey(tenant.id), epoch])
  unit.put<Tenant>(tenantKey(tenant.id), { meta: tenant })
  unit.put(epoch, { meta: {} })
  await putFirstGroup(unit, tenant, location, now)
  await createIssuerKey(unit, tenant.id, now)
  return { tenant, administrator }
}

async function putAdministrator(
  unit: UnitOfWork,
  tenant: string,
  now: EpochSeconds,
): Promise<FirstPrincipal> {
  const application = { kind: 'application', displayName: 'administrator' } as const
  const principal = await putNewPrincipal(unit, tenant, application, now)
  for (const roleDefinition of [ROLE_IDS.owner, ROLE_IDS.keyVaultAdministrator]) {
    const who = { principal: principal.id, principalType: 'ServicePrincipal' } as const
    const input = { ...who, roleDefinition, scope: '/' }
    await putNewAssignment(unit, tenant, input, now)
  }
  const made = { displayName: CONNECT_CREDENTIAL, now }
  const { secret } = await putSecretCredential(unit, tenant, principal.id, made)
  return { principal, credential: secret }
}
