import { demandAdministratorLeft } from '../access/demand-administrator-left.ts'
import { demandGuid } from '../demand-guid.ts'
import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import { changedAttributes, type Attributes } from './attributes.ts'
import { deletePrincipalRecords } from './delete-principal-records.ts'
import type { DirectoryCollection } from './directory-index.ts'
import { principalKey, principalPrefix, type Principal, type PrincipalKind } from './principal.ts'
import { collectionOf, putChangedPrincipal, putNewPrincipal } from './put-principal.ts'
import { tenantKey, type Tenant } from './tenant.ts'
import { touchEpoch } from './touch-epoch.ts'

export interface CreatePrincipalInput {
  /** Access points have operations of their own. */
  readonly kind: Exclude<PrincipalKind, 'accessPoint'>
  readonly displayName: string
  /** For users; unique in the tenant. */
  readonly userPrincipalName?: string
  readonly enabled?: boolean
  readonly attributes?: Attributes
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
  readonly displayName?: string
  /** Of a user. */
  readonly userPrincipalName?: string
  /** What is not named stays, what is null goes. */
  readonly attributes?: Attributes
  /** One of another collection is not found. */
  readonly collection?: DirectoryCollection
}

/** Changes a principal, disables it, or revokes its tokens; it holds on every worker at once. */
export const updatePrincipal = operation<UpdatePrincipalInput, Principal>({
  name: 'DirectoryPrincipalUpdate',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }) => `principals/${principal}`,

  async run(context, { principal: id, enabled, revokeTokens, attributes, collection, ...names }) {
    const { unit, caller, now } = context
    const principal = await readPrincipal(context, id, collection)
    if (enabled === false) {
      await demandNotAdministrator(context, id)
      await demandAdministratorLeft(unit, caller.tenant, (one) => one.principal === principal.id)
    }
    demandChangeable(principal, names)
    const { attributes: former, ...kept } = principal
    const updated: Principal = {
      ...kept,
      ...names,
      ...(enabled === undefined ? {} : { enabled }),
      ...(revokeTokens === true || enabled === false ? { tokensValidAfter: now + 1 } : {}),
      ...changedAttributes(former, attributes),
    }
    await putChangedPrincipal(unit, caller.tenant, principal, updated)
    touchEpoch(unit)
    return updated
  },
})

export interface DeletePrincipalInput {
  readonly principal: string
  /** One of another collection is not found. */
  readonly collection?: DirectoryCollection
}

/** Removes a principal with its credentials, memberships and role assignments. */
export const deletePrincipal = operation<DeletePrincipalInput, Principal>({
  name: 'DirectoryPrincipalDelete',
  permission: 'directory/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ principal }) => `principals/${principal}`,

  async run(context, { principal: id, collection }) {
    const principal = await readPrincipal(context, id, collection)
    await demandNotAdministrator(context, id)
    if (principal.kind === 'accessPoint') {
      throw new Fault('InvalidInput', { property: 'principal', reason: 'it is that of an access point; delete the access point' })
    }
    await deletePrincipalRecords(context.unit, context.caller.tenant, principal)
    touchEpoch(context.unit)
    return principal
  },
})

/** @throws Fault InvalidInput, DirectoryObjectNotFound */
export async function readPrincipal(
  { unit, caller }: OperationContext,
  id: string,
  collection?: DirectoryCollection,
): Promise<Principal> {
  demandGuid('principal', id)
  const found = await unit.get<Principal>(principalKey(caller.tenant, id))
  const isElsewhere = collection !== undefined && found && collectionOf(found.meta) !== collection
  if (found !== undefined && isElsewhere !== true) return found.meta
  throw new Fault('DirectoryObjectNotFound', { type: 'principal', id })
}

/** An access point is found by the name of its principal. */
function demandChangeable({ kind }: Principal, names: object): void {
  if (kind !== 'accessPoint' || Object.keys(names).length === 0) return
  throw new Fault('InvalidInput', { property: 'principal', reason: 'it is that of an access point, which keeps its name' })
}

/** The local operator acts as the tenant's administrator: without it nobody could repair anything. */
export async function demandNotAdministrator({ unit, caller }: OperationContext, id: string): Promise<void> {
  const tenant = await unit.get<Tenant>(tenantKey(caller.tenant))
  if (tenant?.meta.administrator !== id.toLowerCase()) return
  throw new Fault('InvalidInput', {
    property: 'principal',
    reason: 'the administrator application of the tenant cannot be disabled or deleted; replace its credentials instead',
  })
}
