import { touchEpoch } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { demandDescription } from '../demand-description.ts'
import { demandName } from './access-point-name.ts'
import {
  accessPointPolicyKey,
  accessPointPolicyPrefix,
  type AccessPointPermission,
  type AccessPointPolicy,
} from './access-point-policy.ts'
import { accessPointPrefix, type AccessPoint } from './access-point.ts'
import { demandRoomFor } from './demand-room-for.ts'
import { validPolicyParts } from './policy-input.ts'

export interface CreateAccessPointPolicyInput {
  readonly name: string
  /** Name of a vault of the tenant; it stays the policy's. */
  readonly vault: string
  readonly permissions: readonly AccessPointPermission[]
  /** 1 to 100 of `key/*`, `secret/*`, `key/<key id or name>`, `secret/<name>`. */
  readonly resources: readonly string[]
  /** Names of network rules; none, for callers from everywhere. */
  readonly networkRules?: readonly string[]
  readonly description?: string
}

/** Makes a policy, which is of no effect before an access point has it. */
export const createAccessPointPolicy = operation<CreateAccessPointPolicyInput, AccessPointPolicy>({
  name: 'AccessPointPolicyCreate',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: auditedPolicy,

  async run({ unit, caller, view, now }, input) {
    const vault = await view.vaultByName(input.vault)
    if (vault?.tenant !== caller.tenant || vault.deleted !== undefined) {
      throw new Fault('VaultNotFound', { name: input.vault })
    }
    const policy = await putNewPolicy(unit, vault, input, now)
    touchEpoch(unit)
    return policy
  },
})

/**
 * Adds a policy to a unit of work; the first start uses it too.
 * @throws Fault InvalidInput, DirectoryObjectExists, DirectoryObjectNotFound
 */
export async function putNewPolicy(
  unit: UnitOfWork,
  vault: VaultRecord,
  { name, permissions, resources, networkRules = [], description }: CreateAccessPointPolicyInput,
  now: EpochSeconds,
): Promise<AccessPointPolicy> {
  const { tenant } = vault
  demandName(name)
  demandDescription(description)
  const parts = await validPolicyParts(unit, tenant, { permissions, resources, networkRules })
  const key = accessPointPolicyKey(tenant, name)
  if ((await unit.get(key)) !== undefined) {
    throw new Fault('DirectoryObjectExists', { type: 'accessPointPolicy', id: name })
  }
  await demandRoomFor(unit, accessPointPolicyPrefix(tenant))
  const policy: AccessPointPolicy = {
    name,
    vault: vault.name,
    vaultId: vault.id,
    ...parts,
    ...(description === undefined ? {} : { description }),
    createdAt: now,
    updatedAt: now,
  }
  unit.put<AccessPointPolicy>(key, { meta: policy })
  return policy
}

export type UpdateAccessPointPolicyInput = Pick<CreateAccessPointPolicyInput, 'name'> &
  Partial<Omit<CreateAccessPointPolicyInput, 'name' | 'vault'>>

/** Changes a policy; what is not given stays. It holds on every worker at once. */
export const updateAccessPointPolicy = operation<UpdateAccessPointPolicyInput, AccessPointPolicy>({
  name: 'AccessPointPolicyUpdate',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: auditedPolicy,

  async run(context, { name, permissions, resources, networkRules, description }) {
    const { unit, caller, now } = context
    const policy = await readPolicy(context, name)
    demandDescription(description)
    const parts = await validPolicyParts(unit, caller.tenant, {
      permissions: permissions ?? policy.permissions,
      resources: resources ?? policy.resources,
      networkRules: networkRules ?? policy.networkRules,
    })
    const updated: AccessPointPolicy = {
      ...policy,
      ...parts,
      ...(description === undefined ? {} : { description }),
      updatedAt: now,
    }
    unit.put<AccessPointPolicy>(accessPointPolicyKey(caller.tenant, name), { meta: updated })
    touchEpoch(unit)
    return updated
  },
})

/** A policy by its name. */
export const getAccessPointPolicy = operation<{ readonly name: string }, AccessPointPolicy>({
  name: 'AccessPointPolicyGet',
  permission: 'accessPoints/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: auditedPolicy,

  run: (context, { name }) => readPolicy(context, name),
})

/** All policies of the tenant, by their names. */
export const listAccessPointPolicies = operation<
  Readonly<Record<string, never>>,
  readonly AccessPointPolicy[]
>({
  name: 'AccessPointPolicyList',
  permission: 'accessPoints/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ unit, caller }) {
    const found = await unit.listAll<AccessPointPolicy>(accessPointPolicyPrefix(caller.tenant))
    return found.map(({ content }) => content.meta)
  },
})

/** Removes a policy that no access point has. */
export const deleteAccessPointPolicy = operation<{ readonly name: string }, AccessPointPolicy>({
  name: 'AccessPointPolicyDelete',
  permission: 'accessPoints/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: auditedPolicy,

  async run(context, { name }) {
    const { unit, caller } = context
    const policy = await readPolicy(context, name)
    const points = await unit.listAll<AccessPoint>(accessPointPrefix(caller.tenant))
    const user = points
      .map(({ content }) => content.meta)
      .find(({ policies }) => policies.includes(policy.name))
    if (user !== undefined) {
      const detail = { type: 'accessPointPolicy', id: policy.name, usedBy: user.name } as const
      throw new Fault('DirectoryObjectInUse', detail)
    }
    unit.delete(accessPointPolicyKey(caller.tenant, name))
    touchEpoch(unit)
    return policy
  },
})

/** @throws Fault InvalidInput, DirectoryObjectNotFound */
async function readPolicy(
  { unit, caller }: OperationContext,
  name: string,
): Promise<AccessPointPolicy> {
  demandName(name)
  const found = await unit.get<AccessPointPolicy>(accessPointPolicyKey(caller.tenant, name))
  if (found !== undefined) return found.meta
  throw new Fault('DirectoryObjectNotFound', { type: 'accessPointPolicy', id: name })
}

function auditedPolicy({ name }: { readonly name: string }): string {
  return `accessPointPolicies/${name.slice(0, 64)}`
}
