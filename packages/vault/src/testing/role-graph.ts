import type { Call } from '../access/caller.ts'
import type { RoleDefinition } from '../access/role.ts'
import { isFault } from '../fault.ts'
import type { Vault } from '../vault.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { memoryVault } from './memory-vault.ts'

/** Who there is in a graph: the groups come first, then those who can ask. */
export const PRINCIPALS = { groups: 4, all: 7 } as const

/** Who belongs to whom, which roles there are, and who has which of them where; all by number. */
export interface RoleGraph {
  readonly members: readonly { readonly group: number; readonly member: number }[]
  readonly roles: readonly Pick<
    RoleDefinition,
    'actions' | 'dataActions' | 'notActions' | 'notDataActions'
  >[]
  readonly assignments: readonly {
    readonly holder: number
    /** One of the graph's own by its number, or a built-in one by its id. */
    readonly role: number | string
    readonly scope: number
  }[]
}

/** A graph that was built in a vault. */
export interface RoleGraphWorld {
  readonly vault: Vault
  /** What the numbers of scopes mean. */
  readonly scopes: readonly string[]
  /** Calls of those who can ask, in their order. */
  readonly calls: readonly Call[]
  readonly vaults: readonly VaultRecord[]
}

/** Builds a graph by the operations, as an administrator would. */
export async function worldOf(graph: RoleGraph): Promise<RoleGraphWorld> {
  const { vault, administrator, first, callBy } = await memoryVault()
  const other = await vault.vaults.create(administrator, { name: 'default-2' })
  const vaults = [first.vault, other]
  const subscription = `/subscriptions/${first.tenant.subscription}`
  const scopes = [
    '/',
    subscription,
    `${subscription}/resourceGroups/${first.tenant.resourceGroup}`,
    first.vault.resourceId,
    other.resourceId.toUpperCase(),
    `${first.vault.resourceId}/secrets/a`,
    `${first.vault.resourceId}/secrets/ab`,
    `${other.resourceId}/keys/a`,
    `${first.vault.resourceId}/secrets`,
  ]
  const ids: string[] = []
  for (let at = 0; at < PRINCIPALS.all; at++) {
    const kind = at < PRINCIPALS.groups ? 'group' : 'application'
    ids.push((await vault.principals.create(administrator, { kind, displayName: `p${at}` })).id)
  }
  const idOf = (at: number): string => ids[at] ?? ''
  for (const { group, member } of graph.members) {
    if (group === member) continue
    await vault.groups.addMember(administrator, { group: idOf(group), member: idOf(member) })
  }
  const roles: string[] = []
  for (const [at, role] of graph.roles.entries()) {
    const named = { ...role, name: `role ${at}`, description: '' }
    roles.push((await vault.roles.create(administrator, named)).id)
  }
  for (const { holder, role, scope } of graph.assignments) {
    const roleDefinition = typeof role === 'string' ? role : (roles[role % roles.length] ?? '')
    const input = { principal: idOf(holder), roleDefinition, scope: scopes[scope] ?? '/' }
    // Two numbers can mean one role, which is then there already.
    await vault.roleAssignments.create(administrator, input).catch((thrown: unknown) => {
      if (!isFault(thrown, 'DirectoryObjectExists')) throw thrown
    })
  }
  return { vault, scopes, vaults, calls: ids.slice(PRINCIPALS.groups).map((id) => callBy(id)) }
}
