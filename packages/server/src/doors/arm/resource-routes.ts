import { resourceGroupOf, type SelectVaultsInput, type VaultRecord } from '@claviger/vault'
import { groupOf } from './group-routes.ts'
import { listReply, pageOf } from './paging.ts'
import { readResourceFilter, type ResourceFilter } from './resource-filter.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'
import { VAULT_TYPE } from './vault-body.ts'

const MAXIMUM_PAGE = 1000

/** A vault as one resource among others. */
function resourceOf({ resourceId, name, location, tags = {} }: VaultRecord): object {
  return { id: resourceId, name, type: VAULT_TYPE, location, tags }
}

/** Vaults are the only resources there are. */
async function list(request: ArmRequest): Promise<ArmReply> {
  const { vault, call, query, params } = request
  const filter = readResourceFilter(query.get('$filter'))
  const group = params['group'] === undefined ? filter.resourcegroup : groupOf(request)
  const page = pageOf(request, MAXIMUM_PAGE)
  const { items, next } = await vault.vaults.select(call, { ...wantedOf(filter, group), ...page })
  const found = items.filter((one) => passes(one, filter))
  return listReply(request, found.map(resourceOf), next)
}

function wantedOf(
  { name, tagname, tagvalue }: ResourceFilter,
  resourceGroup: string | undefined,
): SelectVaultsInput {
  const value = tagvalue === undefined ? {} : { value: tagvalue }
  return {
    ...(resourceGroup === undefined ? {} : { resourceGroup }),
    ...(name === undefined ? {} : { name }),
    ...(tagname === undefined ? {} : { tag: { name: tagname, ...value } }),
  }
}

function passes(
  vault: VaultRecord,
  { resourcetype: type, resourcegroup: group, location }: ResourceFilter,
): boolean {
  const equal = (wanted: string | undefined, value: string): boolean =>
    wanted === undefined || wanted.toLowerCase() === value.toLowerCase()
  const isThere = equal(group, resourceGroupOf(vault)) && equal(location, vault.location)
  return equal(type, VAULT_TYPE) && isThere
}

/** Resources of any type, by what a filter says of them. */
export const RESOURCE_ROUTES: readonly ArmRoute[] = [
  {
    method: 'GET',
    path: '/subscriptions/:subscription/resources',
    operations: ['vaults/select'],
    answer: list,
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/resourceGroups/:group/resources',
    operations: ['vaults/select'],
    answer: list,
  },
]
