import type { Tenant } from '../directory/tenant.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { Fault } from '../fault.ts'
import { randomHexId } from '../identifier.ts'
import { operation } from '../operation.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { findGroup, getGroup, tenantOf } from './find-group.ts'
import {
  resourceGroupKey,
  resourceGroupScope,
  type ResourceGroup,
  type ResourceGroupRecord,
} from './resource-group.ts'
import { demandResourceGroupName, demandResourceTags, validLocation } from './resource-rules.ts'

export interface CreateGroupInput {
  readonly name: string
  readonly location: string
  readonly tags?: Readonly<Record<string, string>>
}

/** A group, and whether it was there before. */
export interface PutGroup {
  readonly group: ResourceGroup
  readonly isNew: boolean
}

/** Makes a group, or gives one that is there other tags; where it lies never changes. */
export const createGroup = operation<CreateGroupInput, PutGroup>({
  name: 'ResourceGroupPut',
  permission: 'resourceGroups/write',
  writes: true,
  target: ({ name }) => ({ scopeIn: (tenant) => resourceGroupScope(tenant, name) }),
  outcome: ({ isNew }) => (isNew ? 'made' : undefined),

  async run({ unit, caller, now }, { name, location: wanted, tags = {} }) {
    demandResourceGroupName(name)
    demandResourceTags(tags)
    const location = validLocation(wanted)
    const tenant = await tenantOf(unit, caller.tenant)
    const found = await findGroup(unit, tenant, name)
    if (found !== undefined && found.location !== location) {
      throw new Fault('ResourceGroupElsewhere', { name, location: found.location, wanted: location })
    }
    const group: ResourceGroup = found === undefined
      ? { name, id: randomHexId(), location, tags, createdAt: now }
      : { ...found, tags }
    putGroup(unit, tenant.id, group)
    return { group, isNew: found === undefined }
  },
})

/** Replaces the tags of a group. */
export const updateGroup = operation<
  { readonly name: string; readonly tags?: Readonly<Record<string, string>> },
  ResourceGroup
>({
  name: 'ResourceGroupPatch',
  permission: 'resourceGroups/write',
  writes: true,
  target: ({ name }) => ({ scopeIn: (tenant) => resourceGroupScope(tenant, name) }),

  async run({ unit, caller }, { name, tags }) {
    demandResourceGroupName(name)
    if (tags !== undefined) demandResourceTags(tags)
    const tenant = await tenantOf(unit, caller.tenant)
    const group = await getGroup(unit, tenant, name)
    const updated: ResourceGroup = { ...group, tags: tags ?? group.tags }
    putGroup(unit, tenant.id, updated)
    return updated
  },
})

/** Gives a new tenant its first group. */
export async function putFirstGroup(
  unit: UnitOfWork,
  tenant: Tenant,
  location: string,
  now: EpochSeconds,
): Promise<void> {
  const name = tenant.resourceGroup
  await unit.get(resourceGroupKey(tenant.id, name))
  const group = { name, id: randomHexId(), location: validLocation(location), tags: {} }
  putGroup(unit, tenant.id, { ...group, createdAt: now })
}

/** Writes a group whose record was read; what may be made in it depends on it. */
export function putGroup(unit: UnitOfWork, tenant: string, group: ResourceGroup): void {
  unit.put<ResourceGroupRecord>(resourceGroupKey(tenant, group.name), { meta: group })
  touchEpoch(unit)
}
