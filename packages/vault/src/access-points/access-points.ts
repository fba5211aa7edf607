import { deletePrincipalRecords } from '../directory/delete-principal-records.ts'
import { principalKey, type Principal } from '../directory/principal.ts'
import { putNewPrincipal } from '../directory/put-principal.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { demandDescription } from '../demand-description.ts'
import { demandName, isName } from './access-point-name.ts'
import { accessPointPolicyKey, type AccessPointPolicy } from './access-point-policy.ts'
import { accessPointKey, accessPointPrefix, type AccessPoint } from './access-point.ts'
import { demandRoomFor } from './demand-room-for.ts'

const MAXIMUM_POLICIES = 3

export interface CreateAccessPointInput {
  readonly name: string
  /** Names of 1 to 3 policies. */
  readonly policies: readonly string[]
  readonly description?: string
}

/** Makes an access point, as which nobody can act before it has a client key. */
export const createAccessPoint = operation<CreateAccessPointInput, AccessPoint>({
  name: 'AccessPointCreate',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: auditedPoint,

  async run({ unit, caller, now }, input) {
    const point = await putNewAccessPoint(unit, caller.tenant, input, now)
    touchEpoch(unit)
    return point
  },
})

/**
 * Adds an access point and its principal to a unit of work; the first start uses it too.
 * @throws Fault InvalidInput, DirectoryObjectExists, DirectoryObjectNotFound
 */
export async function putNewAccessPoint(
  unit: UnitOfWork,
  tenant: string,
  { name, policies, description }: CreateAccessPointInput,
  now: EpochSeconds,
): Promise<AccessPoint> {
  demandName(name)
  demandDescription(description)
  const named = await existingPolicies(unit, tenant, policies)
  const key = accessPointKey(tenant, name)
  if ((await unit.get(key)) !== undefined) {
    throw new Fault('DirectoryObjectExists', { type: 'accessPoint', id: name })
  }
  await demandRoomFor(unit, accessPointPrefix(tenant))
  const input = { kind: 'accessPoint', displayName: name } as const
  const { id: principal } = await putNewPrincipal(unit, tenant, input, now)
  const point: AccessPoint = {
    name,
    principal,
    policies: named,
    ...(description === undefined ? {} : { description }),
    createdAt: now,
    updatedAt: now,
  }
  unit.put<AccessPoint>(key, { meta: point })
  return point
}

export type UpdateAccessPointInput = Pick<CreateAccessPointInput, 'name'> &
  Partial<Omit<CreateAccessPointInput, 'name'>>

/** Changes an access point; what is not given stays. It holds on every worker at once. */
export const updateAccessPoint = operation<UpdateAccessPointInput, AccessPoint>({
  name: 'AccessPointUpdate',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: auditedPoint,

  async run(context, { name, policies, description }) {
    const { unit, caller, now } = context
    const point = await readAccessPoint(context, name)
    demandDescription(description)
    const named = policies && (await existingPolicies(unit, caller.tenant, policies))
    const updated: AccessPoint = {
      ...point,
      ...(named === undefined ? {} : { policies: named }),
      ...(description === undefined ? {} : { description }),
      updatedAt: now,
    }
    unit.put<AccessPoint>(accessPointKey(caller.tenant, name), { meta: updated })
    touchEpoch(unit)
    return updated
  },
})

/** An access point by its name. */
export const getAccessPoint = operation<{ readonly name: string }, AccessPoint>({
  name: 'AccessPointGet',
  permission: 'accessPoints/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: auditedPoint,

  run: (context, { name }) => readAccessPoint(context, name),
})

/** All access points of the tenant, by their names. */
export const listAccessPoints = operation<Readonly<Record<string, never>>, readonly AccessPoint[]>({
  name: 'AccessPointList',
  permission: 'accessPoints/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ unit, caller }) {
    const found = await unit.listAll<AccessPoint>(accessPointPrefix(caller.tenant))
    return found.map(({ content }) => content.meta)
  },
})

/** Removes an access point with its client keys; its policies stay. */
export const deleteAccessPoint = operation<{ readonly name: string }, AccessPoint>({
  name: 'AccessPointDelete',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: auditedPoint,

  async run(context, { name }) {
    const { unit, caller } = context
    const point = await readAccessPoint(context, name)
    const principal = await unit.get<Principal>(principalKey(caller.tenant, point.principal))
    // Should its principal be gone, the access point can still be removed.
    if (principal !== undefined) await deletePrincipalRecords(unit, caller.tenant, principal.meta)
    unit.delete(accessPointKey(caller.tenant, name))
    touchEpoch(unit)
    return point
  },
})

/** @throws Fault InvalidInput, DirectoryObjectNotFound */
export async function readAccessPoint(
  { unit, caller }: Pick<OperationContext, 'unit' | 'caller'>,
  name: string,
): Promise<AccessPoint> {
  demandName(name)
  const found = await unit.get<AccessPoint>(accessPointKey(caller.tenant, name))
  if (found !== undefined) return found.meta
  throw new Fault('DirectoryObjectNotFound', { type: 'accessPoint', id: name })
}

async function existingPolicies(
  unit: UnitOfWork,
  tenant: string,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length === 0 || names.length > MAXIMUM_POLICIES) {
    throw invalidInput('policies', `it must hold 1 to ${MAXIMUM_POLICIES} names`)
  }
  const found: string[] = []
  for (const name of names) {
    // What is no name would be no key either.
    const key = isName(name) ? accessPointPolicyKey(tenant, name) : undefined
    const policy = key && (await unit.get<AccessPointPolicy>(key))
    if (policy === undefined) {
      const detail = { type: 'accessPointPolicy', id: name.slice(0, 64) } as const
      throw new Fault('DirectoryObjectNotFound', detail)
    }
    found.push(policy.meta.name)
  }
  return [...new Set(found)]
}

function auditedPoint({ name }: { readonly name: string }): string {
  return `accessPoints/${name.slice(0, 64)}`
}
