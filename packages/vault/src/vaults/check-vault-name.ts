import { operation } from '../operation.ts'
import { subscriptionScope } from '../resource-groups/resource-group.ts'
import { vaultNameKey } from './vault-record.ts'
import { isVaultName } from './vault-rules.ts'

/** Whether a vault could be made under a name: names of deleted ones and of other tenants are taken. */
export const checkVaultName = operation<
  { readonly name: string },
  { readonly state: 'available' | 'invalid' | 'taken' }
>({
  name: 'VaultCheckName',
  permission: 'vaults/checkName',
  writes: false,
  target: () => ({ scopeIn: subscriptionScope }),

  async run({ unit }, { name }) {
    if (!isVaultName(name)) return { state: 'invalid' }
    const isTaken = (await unit.get(vaultNameKey(name))) !== undefined
    return { state: isTaken ? 'taken' : 'available' }
  },
})
