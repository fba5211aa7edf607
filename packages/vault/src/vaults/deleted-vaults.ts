import { Fault } from '../fault.ts'
import { operation } from '../operation.ts'
import { tenantOf } from '../resource-groups/find-group.ts'
import { subscriptionScope } from '../resource-groups/resource-group.ts'
import { isSameLocation } from '../resource-groups/resource-rules.ts'
import { vaultKey, type VaultRecord } from './vault-record.ts'
import { demandVaultName } from './vault-rules.ts'

/** One deleted vault, in the location that it was in. */
export const getDeletedVault = operation<
  { readonly vault: string; readonly location: string },
  VaultRecord
>({
  name: 'VaultGetDeleted',
  permission: 'vaults/getDeleted',
  writes: false,
  onDeletedVault: true,
  target: ({ vault }) => ({ vault }),

  async run({ vault }, { location }) {
    const found = vault()
    const isThere = isSameLocation(found.location, location)
    if (found.deleted !== undefined && isThere) return found
    throw new Fault('VaultNotFound', { name: found.name })
  },
})

/** Whether the purge of a vault is over; of one that is gone there is nothing else to decide on. */
export const getPurgeProgress = operation<
  { readonly vault: string },
  { readonly done: boolean }
>({
  name: 'VaultGetPurgeProgress',
  permission: 'vaults/readResults',
  writes: false,
  listsBelow: true,
  target: () => ({ scopeIn: subscriptionScope }),
  auditId: ({ vault }) => `vaults/${vault}`,

  async run({ unit, caller }, { vault }) {
    demandVaultName(vault)
    const tenant = await tenantOf(unit, caller.tenant)
    const found = await unit.get<VaultRecord>(vaultKey(tenant.id, vault))
    return { done: found?.meta.deleted?.purging !== true }
  },
})
