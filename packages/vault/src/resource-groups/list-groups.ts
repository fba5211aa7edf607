import { operation } from '../operation.ts'
import { firstGroup, getGroup, tenantOf } from './find-group.ts'
import {
  groupSegment,
  isFirstGroup,
  resourceGroupPrefix,
  resourceGroupScope,
  subscriptionScope,
  type ResourceGroup,
  type ResourceGroupRecord,
} from './resource-group.ts'
import { demandResourceGroupName } from './resource-rules.ts'

/** One group. */
export const getResourceGroup = operation<{ readonly name: string }, ResourceGroup>({
  name: 'ResourceGroupGet',
  permission: 'resourceGroups/read',
  writes: false,
  target: ({ name }) => ({ scopeIn: (tenant) => resourceGroupScope(tenant, name) }),

  async run({ unit, caller }, { name }) {
    demandResourceGroupName(name)
    return await getGroup(unit, await tenantOf(unit, caller.tenant), name)
  },
})

export interface ListGroupsInput {
  /** Begins behind this name, whether or not there still is such a group. */
  readonly after?: string
}

/** The groups of the subscription that the caller may read, in order of their names. */
export const listGroups = operation<ListGroupsInput, readonly ResourceGroup[]>({
  name: 'ResourceGroupList',
  permission: 'resourceGroups/read',
  writes: false,
  listsBelow: true,
  target: () => ({ scopeIn: subscriptionScope }),

  async run({ unit, caller, isVisible }, { after }) {
    if (after !== undefined) demandResourceGroupName(after)
    const tenant = await tenantOf(unit, caller.tenant)
    const listed = await unit.listAll<ResourceGroupRecord>(resourceGroupPrefix(tenant.id))
    const records = listed.map(({ content }) => content.meta)
    const groups: ResourceGroup[] = records.filter(({ removed }) => removed !== true)
    if (!records.some(({ name }) => isFirstGroup(tenant, name))) {
      groups.push(await firstGroup(unit, tenant))
      groups.sort((one, other) => (groupSegment(one.name) < groupSegment(other.name) ? -1 : 1))
    }
    const visible: ResourceGroup[] = []
    for (const group of groups) {
      if (after !== undefined && groupSegment(group.name) <= groupSegment(after)) continue
      if (await isVisible(resourceGroupScope(tenant, group.name))) visible.push(group)
    }
    return visible
  },
})
