import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { ROLE_IDS } from '../access/built-in-roles.ts'
import type { Call } from '../access/caller.ts'
import { isFault } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import type { PutVaultInput } from './put-vault.ts'

const KEY_VAULT_CONTRIBUTOR = 'f25e0fa2-a7c8-4377-a976-54943a77a395'
const USER_ACCESS_ADMINISTRATOR = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'
const DATA_ACCESS_ADMINISTRATOR = '8b54135c-b56d-4d72-a534-26097cfdc8d8'
const CONDITION =
  "(!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR " +
  '(@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ' +
  `ForAnyOfAnyValues:GuidEquals {${KEY_VAULT_CONTRIBUTOR}})`

/** Somebody with these roles at the vault `default`. */
async function holder(
  { vault, administrator, first, callBy }: MemoryVault,
  ...roles: readonly { readonly roleDefinition: string; readonly condition?: string }[]
): Promise<Call> {
  const principal = randomUUID()
  const scope = first.vault.resourceId
  for (const role of roles) {
    await vault.roleAssignments.create(administrator, { principal, scope, ...role })
  }
  return callBy(principal)
}

function whole(authorization?: PutVaultInput['authorization']): PutVaultInput {
  const required = { name: 'default', resourceGroup: 'default', location: 'test', accessPolicies: [] }
  const given = authorization === undefined ? {} : { authorization }
  return { ...required, newAuthorization: 'accessPolicies', ...given }
}

function refused(work: Promise<unknown>): Promise<void> {
  return assert.rejects(work, (thrown) =>
    isFault(thrown, 'AccessDenied') &&
    thrown.detail.changesModel === true &&
    thrown.detail.action === 'Microsoft.Authorization/roleAssignments/write',
  )
}

describe('by what a vault decides', () => {
  it('is not changed by who may only write vaults, whichever way round', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const contributor = await holder(world, { roleDefinition: KEY_VAULT_CONTRIBUTOR })
    const change = { vault: 'default', authorization: 'accessPolicies' } as const
    await refused(vault.vaults.update(contributor, change))
    await refused(vault.vaults.put(contributor, whole('accessPolicies')))
    assert.equal((await vault.vaults.get(administrator, { vault: 'default' })).authorization, 'rbac')
    await vault.vaults.update(administrator, change)
    await refused(vault.vaults.update(contributor, { ...change, authorization: 'rbac' }))
    await refused(vault.vaults.put(contributor, whole('rbac')))
  })

  it('stays what it is in any other change, which needs no more than to write vaults', async () => {
    const world = await memoryVault()
    const { vault } = world
    const contributor = await holder(world, { roleDefinition: KEY_VAULT_CONTRIBUTOR })
    await vault.vaults.update(contributor, { vault: 'default', authorization: 'rbac', tags: { a: 'b' } })
    const { vault: put } = await vault.vaults.put(contributor, whole())
    assert.equal(put.authorization, 'rbac')
  })

  it('is changed by who may write both vaults and roles, without conditions on the latter', async () => {
    const world = await memoryVault()
    const { vault } = world
    const change = { vault: 'default', authorization: 'accessPolicies' } as const
    const contributor = { roleDefinition: KEY_VAULT_CONTRIBUTOR }
    const owner = { roleDefinition: ROLE_IDS.owner, condition: CONDITION }
    await refused(vault.vaults.update(await holder(world, owner), change))
    const limited = { roleDefinition: DATA_ACCESS_ADMINISTRATOR }
    await refused(vault.vaults.update(await holder(world, contributor, limited), change))
    const administrator = { roleDefinition: USER_ACCESS_ADMINISTRATOR }
    await vault.vaults.update(await holder(world, contributor, administrator), change)
  })
})
