import { operation } from '../operation.ts'
import { vaultPrefix, type VaultRecord } from './vault-record.ts'

/** The vaults of the caller's tenant, deleted ones included, in order of their names. */
export const listVaults = operation<Readonly<Record<string, never>>, readonly VaultRecord[]>({
  name: 'VaultList',
  permission: 'vaults/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ unit, caller }) {
    const found = await unit.listAll<VaultRecord>(vaultPrefix(caller.tenant))
    return found.map((one) => one.content.meta)
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
