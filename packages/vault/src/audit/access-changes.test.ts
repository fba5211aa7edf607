import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { ROLE_IDS } from '../access/built-in-roles.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'

const ROLE = ROLE_IDS.keyVaultAdministrator

/** What the audit says of a name: which resource, which id. */
async function entriesOf({ audit }: MemoryVault, operationName: string) {
  const entries = (await audit()).filter((one) => one.operationName === operationName)
  return entries.map(({ resourceId, properties }) => [resourceId, properties.id])
}

describe('the audit of a change of access', () => {
  it('says which role was given and taken, of whom and where', async () => {
    const world = await memoryVault()
    const { vault, administrator, first } = world
    const scope = first.vault.resourceId
    const principal = randomUUID()
    const input = { principal, roleDefinition: ROLE, scope }
    const { id } = await vault.roleAssignments.create(administrator, input)
    await vault.roleAssignments.delete(administrator, { id, scope })
    const expected = [scope.toUpperCase(), `roleAssignments/${id}/principals/${principal}/roleDefinitions/${ROLE}`]
    assert.deepEqual(await entriesOf(world, 'RoleAssignmentCreate'), [expected])
    assert.deepEqual(await entriesOf(world, 'RoleAssignmentDelete'), [expected])
  })

  it('says whose access policies were changed, and how', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const [one, other] = [randomUUID(), randomUUID()]
    const policyOf = (principal: string) => ({ principal, permissions: { secrets: ['get'] } })
    const policies = [policyOf(one), policyOf(other)]
    const place = { vault: 'default' }
    await vault.vaults.setAccessPolicy(administrator, { ...place, policy: policyOf(one) })
    await vault.vaults.changeAccessPolicies(administrator, { ...place, change: 'add', policies })
    await vault.vaults.removeAccessPolicy(administrator, { ...place, principal: one })
    await vault.vaults.update(administrator, { ...place, accessPolicies: policies })
    const required = { name: 'default', resourceGroup: 'default', location: 'test' }
    const whole = { ...required, newAuthorization: 'rbac', accessPolicies: policies } as const
    await vault.vaults.put(administrator, whole)
    await vault.vaults.put(administrator, { ...whole, accessPolicies: [] })
    const ids = async (name: string) => (await entriesOf(world, name)).map(([, id]) => id)
    assert.deepEqual(await ids('VaultAccessPolicySet'), [`accessPolicies/set/${one}`])
    assert.deepEqual(await ids('VaultAccessPoliciesPatch'), [`accessPolicies/add/${one},${other}`])
    assert.deepEqual(await ids('VaultAccessPolicyRemove'), [`accessPolicies/remove/${one}`])
    assert.deepEqual(await ids('VaultPatch'), [`accessPolicies/replace/${one},${other}`])
    assert.deepEqual((await ids('VaultPut')).slice(-2), [
      `vaults/default/accessPolicies/replace/${one},${other}`,
      'vaults/default/accessPolicies/replace/',
    ])
  })

  it('does not grow with what is given', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const long = 'x'.repeat(10_000)
    const principal = long
    const policies = Array.from({ length: 1000 }, () => ({ principal, permissions: {} }))
    const input = { vault: 'default', change: 'add', policies } as const
    await assert.rejects(vault.vaults.changeAccessPolicies(administrator, input))
    const assignment = { id: long, principal, roleDefinition: long, scope: '/' }
    await assert.rejects(vault.roleAssignments.create(administrator, assignment))
    for (const { properties } of (await world.audit()).slice(-2)) {
      assert.ok(properties.id.length < 2000)
    }
  })

  it('names each vault that goes with its group, for who listens to that vault alone', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await vault.resourceGroups.create(administrator, { name: 'mine', location: 'test' })
    const ids: string[] = []
    for (const name of ['one', 'two']) {
      const made = await vault.vaults.create(administrator, { name, resourceGroup: 'mine' })
      ids.push(made.resourceId.toUpperCase())
    }
    await vault.resourceGroups.delete(administrator, { name: 'mine' })
    assert.deepEqual(await entriesOf(world, 'VaultDelete'), ids.map((id) => [id, '']))
    const [deletion, ...entries] = (await world.audit()).slice(-3)
    assert.equal(deletion?.operationName, 'ResourceGroupDelete')
    for (const entry of entries) {
      assert.deepEqual(entry.identity, deletion.identity)
      assert.equal(entry.correlationId, deletion.correlationId)
      assert.equal(entry.properties.decidedBy, deletion.properties.decidedBy)
      assert.equal(entry.properties.httpStatusCode, 200)
    }
  })
})
