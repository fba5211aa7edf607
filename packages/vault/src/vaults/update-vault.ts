import { demandGuid } from '../demand-guid.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import type { AccessPolicy } from '../access/access-policy.ts'
import { Fault } from '../fault.ts'
import { operation, type OperationContext } from '../operation.ts'
import { changedPolicies } from './changed-policies.ts'
import { changedVault } from './changed-vault.ts'
import { demandModelChange } from './demand-model-change.ts'
import { policiesAuditId } from './policies-audit-id.ts'
import { vaultKey, type VaultRecord, type VaultSettings } from './vault-record.ts'
import { demandFewAccessPolicies, validAccessPolicy } from './vault-rules.ts'

export interface UpdateVaultInput extends VaultSettings {
  readonly vault: string
  readonly authorization?: VaultRecord['authorization']
  /** Takes the place of all there were. */
  readonly accessPolicies?: readonly AccessPolicy[]
  /** Can be turned on, never off. */
  readonly purgeProtection?: boolean
  /** Was settled at creation: what it is already, or absent. */
  readonly retentionDays?: number
}

/** Changes the settings of a vault that are given. */
export const updateVault = operation<UpdateVaultInput, VaultRecord>({
  name: 'VaultPatch',
  permission: 'vaults/write',
  writes: true,
  target: ({ vault }) => ({ vault }),
  auditId: ({ accessPolicies }) =>
    accessPolicies === undefined ? '' : policiesAuditId('replace', accessPolicies),

  async run(context, changes) {
    const before = await readVault(context)
    await demandModelChange(context, before, changes.authorization)
    return putVault(context, changedVault(before, changes))
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
  auditId: ({ policy }) => policiesAuditId('set', [policy]),

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
  auditId: ({ principal }) => policiesAuditId('remove', [{ principal }]),

  async run(context, { principal }) {
    demandGuid('objectId', principal)
    const vault = await readVault(context)
    const taken = principal.toLowerCase()
    const accessPolicies = vault.accessPolicies.filter((one) => one.principal !== taken)
    return putVault(context, { ...vault, accessPolicies })
  },
})

/** How the policies that are given change those that are there. */
export type PolicyChange = 'add' | 'replace' | 'remove'

/** Changes access policies as one list. */
export const changeAccessPolicies = operation<
  {
    readonly vault: string
    readonly change: PolicyChange
    readonly policies: readonly AccessPolicy[]
  },
  VaultRecord
>({
  name: 'VaultAccessPoliciesPatch',
  permission: 'vaults/setAccessPolicy',
  writes: true,
  target: ({ vault }) => ({ vault }),
  auditId: ({ change, policies }) => policiesAuditId(change, policies),

  async run(context, { change, policies }) {
    demandFewAccessPolicies(policies)
    const vault = await readVault(context)
    const accessPolicies = changedPolicies(vault.accessPolicies, change, policies.map(validAccessPolicy))
    demandFewAccessPolicies(accessPolicies)
    return putVault(context, { ...vault, accessPolicies })
  },
})

/** The cached record may be older than the check; what is changed is read anew. */
export async function readVault({
  unit,
  vault,
}: Pick<OperationContext, 'unit' | 'vault'>): Promise<VaultRecord> {
  const { tenant, name } = vault()
  const found = await unit.get<VaultRecord>(vaultKey(tenant, name))
  if (found === undefined) throw new Fault('VaultNotFound', { name })
  return found.meta
}

/** Writes a vault that was read; what it allows holds at once. */
export function putVault({ unit, now }: OperationContext, vault: VaultRecord): VaultRecord {
  const updated = { ...vault, updatedAt: now }
  unit.put<VaultRecord>(vaultKey(vault.tenant, vault.name), { meta: updated })
  touchEpoch(unit)
  return updated
}
