import { demandGuid } from '../demand-guid.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import type { AccessPolicy } from '../access/access-policy.ts'
import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation, type OperationContext } from '../operation.ts'
import { vaultKey, type VaultRecord } from './vault-record.ts'
import { demandFewAccessPolicies, validAccessPolicy } from './vault-rules.ts'

export interface UpdateVaultInput {
  readonly vault: string
  readonly authorization?: VaultRecord['authorization']
  /** Can be turned on, never off. */
  readonly purgeProtection?: boolean
}

/** Changes the settings of a vault. */
export const updateVault = operation<UpdateVaultInput, VaultRecord>({
  name: 'VaultPatch',
  permission: 'vaults/write',
  writes: true,
  target: ({ vault }) => ({ vault }),

  async run(context, { authorization, purgeProtection }) {
    const vault = await readVault(context)
    if (vault.purgeProtection && purgeProtection === false) {
      throw invalidInput(
        'enablePurgeProtection',
        'purge protection cannot be turned off once it is on',
      )
    }
    return putVault(context, {
      ...vault,
      ...(authorization === undefined ? {} : { authorization }),
      ...(purgeProtection === undefined ? {} : { purgeProtection }),
    })
  },
})

/** Gives a principal permissions by an access policy; its former ones are replaced. */
export const setAccessPolicy = operation<
  { readonly vault: string; readonly policy: AccessPolicy },
  VaultRecord
>({
  name: 'VaultAccessPolicySet',
  permission: 'vaults/setAccessPolicy',
  writes: true,
  target: ({ vault }) => ({ vault }),

  async run(context, { policy }) {
    const wanted = validAccessPolicy(policy)
    const vault = await readVault(context)
    const others = vault.accessPolicies.filter(
      ({ principal, appId }) => principal !== wanted.principal || appId !== wanted.appId,
    )
    const accessPolicies = [...others, wanted]
    demandFewAccessPolicies(accessPolicies)
    return putVault(context, { ...vault, accessPolicies })
  },
})

/** Takes all access-policy entries of a principal away. */
export const removeAccessPolicy = operation<
  { readonly vault: string; readonly principal: string },
  VaultRecord
>({
  name: 'VaultAccessPolicyRemove',
  permission: 'vaults/setAccessPolicy',
  writes: true,
  target: ({ vault }) => ({ vault }),

  async run(context, { principal }) {
    demandGuid('objectId', principal)
    const vault = await readVault(context)
    const taken = principal.toLowerCase()
    const accessPolicies = vault.accessPolicies.filter((one) => one.principal !== taken)
    return putVault(context, { ...vault, accessPolicies })
  },
})

/** The cached record may be older than the check; what is changed is read anew. */
async function readVault({ unit, vault }: OperationContext): Promise<VaultRecord> {
  const { tenant, name } = vault()
  const found = await unit.get<VaultRecord>(vaultKey(tenant, name))
  if (found === undefined) throw new Fault('VaultNotFound', { name })
  return found.meta
}

function putVault({ unit, now }: OperationContext, vault: VaultRecord): VaultRecord {
  const updated = { ...vault, updatedAt: now }
  unit.put<VaultRecord>(vaultKey(vault.tenant, vault.name), { meta: updated })
  touchEpoch(unit)
  return updated
}
