import { forgetAssignments } from '../access/forget-assignments.ts'
import { assignmentsAtPrefix } from '../access/role-record.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { operation } from '../operation.ts'
import { deleteVault, putDeletedVault } from '../vaults/delete-vault.ts'
import { readVaultsOfGroup } from '../vaults/vaults-of-group.ts'
import { getGroup, tenantOf } from './find-group.ts'
import {
  isFirstGroup,
  resourceGroupKey,
  resourceGroupScope,
  type ResourceGroup,
  type ResourceGroupRecord,
} from './resource-group.ts'
import { demandResourceGroupName } from './resource-rules.ts'

/** Vaults that go in one call. */
const VAULTS_PER_CALL = 100

/** What one call has done; until it is `done`, the call has to be made again. */
export interface GroupDeletion {
  readonly done: boolean
  readonly group: ResourceGroup
}

/**
 * Deletes a group with the vaults in it, softly: a vault that is protected from its purge can be
 * deleted, and be recovered once there is a group of that name again. A group with very many vaults
 * or role assignments takes several calls; the answer says whether it is done, and until then the
 * group is there.
 */
export const deleteGroup = operation<{ readonly name: string }, GroupDeletion>({
  name: 'ResourceGroupDelete',
  permission: 'resourceGroups/delete',
  writes: true,
  target: ({ name }) => ({ scopeIn: (tenant) => resourceGroupScope(tenant, name) }),

  async run({ unit, caller, now, alsoAudit }, { name }) {
    demandResourceGroupName(name)
    const tenant = await tenantOf(unit, caller.tenant)
    const group = await getGroup(unit, tenant, name)
    const vaults = await readVaultsOfGroup(unit, tenant, name, { limit: VAULTS_PER_CALL })
    for (const vault of vaults) {
      await putDeletedVault(unit, vault, now)
      // Whoever listens to this vault alone hears of it too.
      alsoAudit({ operationName: deleteVault.name, scope: vault.resourceId, id: '' })
    }
    touchEpoch(unit)
    if (vaults.length === VAULTS_PER_CALL) return { done: false, group }
    // What stands at its vaults stays until they are purged: they can still be recovered.
    const place = assignmentsAtPrefix(tenant.id, resourceGroupScope(tenant, name))
    if (await forgetAssignments(unit, tenant.id, place)) return { done: false, group }
    const key = resourceGroupKey(tenant.id, name)
    if (isFirstGroup(tenant, name)) {
      unit.put<ResourceGroupRecord>(key, { meta: { ...group, removed: true } })
    } else unit.delete(key)
    return { done: true, group }
  },
})
