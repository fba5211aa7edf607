import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { pageOf, type Page } from '../page.ts'
import { tenantOf } from '../resource-groups/find-group.ts'
import { demandResourceGroupName } from '../resource-groups/resource-rules.ts'
import { resourceGroupScope, subscriptionScope } from '../resource-groups/resource-group.ts'
import type { VaultRecord } from './vault-record.ts'
import { walkVaults } from './vaults-of-group.ts'

const MAXIMUM_PAGE = 1000

export interface SelectVaultsInput {
  /** Absent for the whole subscription. */
  readonly resourceGroup?: string
  /** Only the vault of this name, if it is there. */
  readonly name?: string
  /** Compared without case. */
  readonly tag?: { readonly name: string; readonly value?: string }
  /** 1 to 1000, which it is when absent. */
  readonly maximumResults?: number
  /** The `next` of the page before. */
  readonly after?: string
}

/** The vaults of the subscription or of one group that the caller may read, in order of their names. */
export const selectVaults = operation<SelectVaultsInput, Page<VaultRecord>>({
  name: 'VaultList',
  permission: 'vaults/read',
  writes: false,
  listsBelow: true,
  target: ({ resourceGroup }) => ({
    scopeIn: (tenant) =>
      resourceGroup === undefined
        ? subscriptionScope(tenant)
        : resourceGroupScope(tenant, resourceGroup),
  }),

  async run({ unit, caller, isVisible }, input) {
    const { resourceGroup: group, name, tag, after } = input
    if (group !== undefined) demandResourceGroupName(group)
    const size = sizeOf(input)
    const vaults: VaultRecord[] = []
    const tenant = await tenantOf(unit, caller.tenant)
    for await (const vault of walkVaults(unit, tenant, { group, name, after, wanted: size + 1 })) {
      if (vault.deleted !== undefined || !hasTag(vault, tag)) continue
      if (!(await isVisible(vault.resourceId))) continue
      vaults.push(vault)
      if (vaults.length > size) break
    }
    return pageOfVaults(vaults, size)
  },
})

/** The deleted vaults of the subscription that the caller may know of, in order of their names. */
export const selectDeletedVaults = operation<
  Pick<SelectVaultsInput, 'maximumResults' | 'after'>,
  Page<VaultRecord>
>({
  name: 'VaultListDeleted',
  permission: 'vaults/listDeleted',
  writes: false,
  listsBelow: true,
  target: () => ({ scopeIn: subscriptionScope }),

  async run({ unit, caller, isVisible }, input) {
    const size = sizeOf(input)
    const vaults: VaultRecord[] = []
    const tenant = await tenantOf(unit, caller.tenant)
    for await (const vault of walkVaults(unit, tenant, { after: input.after })) {
      if (vault.deleted === undefined || !(await isVisible(vault.resourceId))) continue
      vaults.push(vault)
      if (vaults.length > size) break
    }
    return pageOfVaults(vaults, size)
  },
})

function pageOfVaults(found: readonly VaultRecord[], size: number): Page<VaultRecord> {
  return pageOf(found, size, ({ name }) => name)
}

/** @throws Fault InvalidInput */
function sizeOf({ maximumResults = MAXIMUM_PAGE }: Pick<SelectVaultsInput, 'maximumResults'>): number {
  if (Number.isInteger(maximumResults) && maximumResults >= 1) {
    return Math.min(maximumResults, MAXIMUM_PAGE)
  }
  throw invalidInput('$top', 'it must be a whole number from 1 on')
}

function hasTag({ tags = {} }: VaultRecord, tag: SelectVaultsInput['tag']): boolean {
  if (tag === undefined) return true
  const equal = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()
  return Object.entries(tags).some(
    ([name, value]) => equal(name, tag.name) && (tag.value === undefined || equal(value, tag.value)),
  )
}
