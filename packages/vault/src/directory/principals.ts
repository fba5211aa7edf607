import { randomUUID } from 'node:crypto'
import { roleAssignmentIndexKey, roleAssignmentPrefix } from '../access/role-record.ts'
import type { RoleAssignment } from '../access/role.ts'
import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { demandGuid } from '../demand-guid.ts'
import { credentialPrefix, type Credential } from './credential.ts'
import {
  applicationKey,
  memberKey,
  memberOfKey,
  memberOfPrefix,
  memberPrefix,
  principalKey,
  principalPrefix,
  type ApplicationIndex,
  type Membership,
  type Principal,
  type PrincipalKind,
} from './principal.ts'
import { indexKeysOf } from './signing-key-index.ts'
import { tenantKey, type Tenant } from './tenant.ts'
import { touchEpoch } from './touch-epoch.ts'

const MAXIMUM_NAME_CHARACTERS = 256

export interface CreatePrincipalInput {
  /** Access points have operations of their own. */
  readonly kind: Exclude<PrincipalKind, 'accessPoint'>
  readonly displayName: string
  /** For users; unique in the tenant by the operator's care. */
  readonly userPrincipalName?: string
}

/** Makes a principal, which can do nothing until somebody gives it a role. */
export const createPrincipal = operation<CreatePrincipalInput, Principal>({
  name: 'DirectoryPrincipalCreate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: (_input, output) => `principals${output === undefined ? '' : `/${output.id}`}`,

  async run({ unit, caller, now }, input) {
    const principal = await putNewPrincipal(unit, caller.tenant, input, now)
    touchEpoch(unit)
    return principal
  },
})

interface NewPrincipal extends Omit<CreatePrincipalInput, 'kind'> {
  readonly kind: PrincipalKind
}

/** Adds a principal to a unit of work. @throws Fault InvalidInput */
export async function putNewPrincipal(
  unit: UnitOfWork,
  tenant: string,
  { kind, displayName, userPrincipalName }: NewPrincipal,
  now: EpochSeconds,
): Promise<Principal> {
  if (displayName.length === 0 || displayName.length > MAXIMUM_NAME_CHARACTERS) {
    throw new Fault('InvalidInput', { property: 'displayName', reason: `it must have 1 to ${MAXIMUM_NAME_CHARACTERS} characters` })
  }
  const isClient = kind === 'application' || kind === 'managedIdentity'
  const principal: Principal = {
    id: randomUUID(),
    kind,
    displayName,
    enabled: true,
    createdAt: now,
    ...(isClient ? { appId: randomUUID() } : {}),
    ...(userPrincipalName === undefined ? {} : { userPrincipalName }),
  }
  const key = principalKey(tenant, principal.id)
  await unit.get(key)
  unit.put<Principal>(key, { meta: principal })
  if (principal.appId !== undefined) {
    const index = applicationKey(tenant, principal.appId)
    await unit.get(index)
    unit.put<ApplicationIndex>(index, { meta: { principal: principal.id } })
  }
  return principal
}

/** All principals of the tenant. */
export const listPrincipals = operation<Readonly<Record<string, never>>, readonly Principal[]>({
  name: 'DirectoryPrincipalList',
  permission: 'directory/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ unit, caller }) {
    const found = await unit.listAll<Principal>(principalPrefix(caller.tenant))
    return found.map((one) => one.content.meta)
  },
})

export interface UpdatePrincipalInput {
  readonly principal: string
  readonly enabled?: boolean
  /** Revokes every token issued to it up to now. */
  readonly revokeTokens?: true
}

/** Enables or disables a principal, or revokes its tokens; it holds on every worker at once. */
export const updatePrincipal = operation<UpdatePrincipalInput, Principal>({
  name: 'DirectoryPrincipalUpdate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }) => `principals/${principal}`,

  async run(context, { principal: id, enabled, revokeTokens }) {
    const principal = await readPrincipal(context, id)
    if (enabled === false) await demandNotAdministrator(context, id)
    const updated: Principal = {
      ...principal,
      ...(enabled === undefined ? {} : { enabled }),
      ...(revokeTokens === true || enabled === false ? { tokensValidAfter: context.now + 1 } : {}),
    }
    context.unit.put<Principal>(principalKey(context.caller.tenant, id), { meta: updated })
    touchEpoch(context.unit)
    return updated
  },
})

/** Removes a principal with its credentials, memberships and role assignments. */
export const deletePrincipal = operation<{ readonly principal: string }, Principal>({
  name: 'DirectoryPrincipalDelete',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }) => `principals/${principal}`,

  async run(context, { principal: id }) {
    const principal = await readPrincipal(context, id)
    await demandNotAdministrator(context, id)
    if (principal.kind === 'accessPoint') {
      throw new Fault('InvalidInput', { property: 'principal', reason: 'it is that of an access point; delete the access point' })
    }
    await deletePrincipalRecords(context.unit, context.caller.tenant, principal)
    touchEpoch(context.unit)
    return principal
  },
})

/** Deletes a principal that was read, with all that is kept of it. The caller touches the epoch. */
export async function deletePrincipalRecords(
  unit: UnitOfWork,
  tenant: string,
  { id, appId }: Principal,
): Promise<void> {
  const keys = [principalKey(tenant, id)]
  if (appId !== undefined) keys.push(applicationKey(tenant, appId))
  for (const one of await unit.listAll<Credential>(credentialPrefix(tenant, id))) {
    keys.push(one.key, ...indexKeysOf(one.content.meta))
  }
  for (const one of await unit.listAll<Membership>(memberOfPrefix(tenant, id))) {
    keys.push(one.key, memberKey(tenant, one.content.meta.group, id))
  }
  for (const one of await unit.listAll<Membership>(memberPrefix(tenant, id))) {
    keys.push(one.key, memberOfKey(tenant, one.content.meta.member, id))
  }
  for (const one of await unit.listAll<RoleAssignment>(roleAssignmentPrefix(tenant, id))) {
    keys.push(one.key, roleAssignmentIndexKey(tenant, one.content.meta.id))
  }
  await unit.getMany(keys)
  for (const key of keys) unit.delete(key)
}

/** @throws Fault InvalidInput, DirectoryObjectNotFound */
export async function readPrincipal({ unit, caller }: OperationContext, id: string): Promise<Principal> {
  demandGuid('principal', id)
  const found = await unit.get<Principal>(principalKey(caller.tenant, id))
  if (found === undefined) throw new Fault('DirectoryObjectNotFound', { type: 'principal', id })
  return found.meta
}

/** The local operator acts as the tenant's administrator: without it nobody could repair anything. */
async function demandNotAdministrator({ unit, caller }: OperationContext, id: string): Promise<void> {
  const tenant = await unit.get<Tenant>(tenantKey(caller.tenant))
  if (tenant?.meta.administrator !== id.toLowerCase()) return
  throw new Fault('InvalidInput', {
    property: 'principal',
    reason: 'the administrator application of the tenant cannot be disabled or deleted; replace its credentials instead',
  })
}
