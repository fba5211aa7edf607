import { operation } from '../operation.ts'
import { tenantOf } from '../resource-groups/find-group.ts'
import type { VaultRecord } from './vault-record.ts'
import { walkVaults } from './vaults-of-group.ts'

/** The vaults of the caller's tenant, deleted ones included, in order of their names. */
export const listVaults = operation<Readonly<Record<string, never>>, readonly VaultRecord[]>({
  name: 'VaultList',
  permission: 'vaults/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ unit, caller }) {
    const vaults: VaultRecord[] = []
    const tenant = await tenantOf(unit, caller.tenant)
    for await (const vault of walkVaults(unit, tenant, {})) vaults.push(vault)
    return vaults
  },
})

/** One vault. */
export const getVault = operation<{ readonly vault: string }, VaultRecord>({
  name: 'VaultGet',
  permission: 'vaults/read',
  writes: false,
  onDeletedVault: true,
  target: ({ vault }) => ({ vault }),

  async run({ vault }) {
    return vault()
  },
})
