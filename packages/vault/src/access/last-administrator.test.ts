import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { systemCall } from '../directory/authenticate-system.ts'
import { isFault } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { deleteAssignment } from './assignment-records.ts'
import { ROLE_IDS } from './built-in-roles.ts'
import type { RoleAssignment } from './role.ts'

const USER_ACCESS_ADMINISTRATOR = '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'
const DATA_ACCESS_ADMINISTRATOR = '8b54135c-b56d-4d72-a534-26097cfdc8d8'
const CONDITION =
  '@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringEqualsIgnoreCase ' +
  "'User'"

async function ownerOf({ vault, administrator, first }: MemoryVault): Promise<RoleAssignment> {
  const principal = first.administrator.principal.id
  const all = await vault.roleAssignments.list(administrator, { principal })
  const found = all.find(({ roleDefinition }) => roleDefinition === ROLE_IDS.owner)
  if (found === undefined) throw new TypeError('there is no owner')
  return found
}

/** A user with a role at `/` beside the administrator. */
async function second(
  { vault, administrator, callBy }: MemoryVault,
  roleDefinition: string = ROLE_IDS.owner,
) {
  const { id: principal } = await vault.principals.create(administrator, {
    kind: 'user',
    displayName: 'second',
  })
  const input = { principal, roleDefinition, scope: '/' }
  const assignment = await vault.roleAssignments.create(administrator, input)
  return { assignment, call: callBy(principal), principal }
}

function refused(work: Promise<unknown>): Promise<void> {
  return assert.rejects(work, (thrown) =>
    isFault(thrown, 'AccessRuleBroken') && thrown.detail.rule === 'lastAdministrator',
  )
}

describe('the last assignment by which somebody may give roles everywhere', () => {
  it('is not taken away, nor limited by a condition', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const owner = await ownerOf(world)
    await refused(vault.roleAssignments.delete(administrator, { id: owner.id }))
    await refused(vault.roleAssignments.create(administrator, { ...owner, condition: CONDITION }))
    await vault.roleAssignments.create(administrator, { ...owner, description: 'first' })
  })

  it('is not one at a narrower scope, of a limited role or of somebody disabled', async () => {
    const world = await memoryVault()
    const { vault, administrator, first } = world
    const principal = randomUUID()
    const scope = `/subscriptions/${first.tenant.subscription}`
    const input = { principal, roleDefinition: ROLE_IDS.owner, scope }
    await vault.roleAssignments.create(administrator, input)
    await second(world, DATA_ACCESS_ADMINISTRATOR)
    const other = await second(world)
    await vault.principals.update(administrator, { principal: other.principal, enabled: false })
    const { id } = await ownerOf(world)
    await refused(vault.roleAssignments.delete(administrator, { id }))
  })

  it('goes neither with its principal nor with what its role has', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const role = await vault.roles.create(administrator, {
      name: 'gives roles',
      description: '',
      actions: ['*'],
      notActions: [],
      dataActions: [],
      notDataActions: [],
    })
    const { call, principal } = await second(world, role.id)
    const { id } = await ownerOf(world)
    await vault.roleAssignments.delete(call, { id })
    await refused(vault.principals.delete(call, { principal }))
    await refused(vault.principals.update(call, { principal, enabled: false }))
    const { builtIn: _, createdAt: __, createdBy: ___, ...kept } = role
    await refused(vault.roles.put(call, { ...kept, actions: ['*/read'] }))
    await vault.roles.put(call, { ...kept, description: 'gives roles' })
  })

  it('is any one of several, whatever role it is of', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const { call, assignment, principal } = await second(world, USER_ACCESS_ADMINISTRATOR)
    const { id } = await ownerOf(world)
    await vault.roleAssignments.delete(administrator, { id })
    await refused(vault.roleAssignments.delete(call, { id: assignment.id }))
    const input = { principal: randomUUID(), roleDefinition: ROLE_IDS.owner, scope: '/' }
    await vault.roleAssignments.create(call, input)
    await vault.roleAssignments.delete(call, { id: assignment.id })
    await assert.rejects(
      vault.roleAssignments.list(call, { principal }),
      (thrown) => isFault(thrown, 'AccessDenied'),
    )
  })
})

describe('the operator', () => {
  it('makes the administrator application Owner again, as the server itself', async () => {
    const world = await memoryVault()
    const { vault, administrator, store, seal, first, stranger } = world
    const { tenant } = first
    const unit = new UnitOfWork(store, seal)
    await deleteAssignment(unit, tenant.id, await ownerOf(world))
    await store.commit(await unit.change([]))
    const call = systemCall('operator', tenant.id)
    await assert.rejects(
      vault.roleAssignments.restoreOwner(stranger, {}),
      (thrown) => isFault(thrown, 'AccessDenied'),
    )
    const made = await vault.roleAssignments.restoreOwner(call, {})
    assert.equal(made.principal, tenant.administrator)
    assert.equal((await ownerOf(world)).id, made.id)
    assert.equal((await vault.roleAssignments.restoreOwner(call, {})).id, made.id)
    const entries = await world.audit()
    const ids = entries
      .filter(({ operationName }) => operationName === 'RoleAssignmentRestoreOwner')
      .map(({ properties }) => [properties.id, properties.httpStatusCode])
    const id = `roleAssignments/${made.id}/principals/${made.principal}/roleDefinitions/${ROLE_IDS.owner}`
    assert.deepEqual(ids.at(-1), [id, 200])
    assert.equal((await vault.vaults.list(administrator, {})).length, 1)
  })

  it('takes a condition away that limits it', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await second(world)
    const owner = await ownerOf(world)
    await vault.roleAssignments.create(administrator, { ...owner, condition: CONDITION })
    await vault.roleAssignments.restoreOwner(systemCall('operator', world.first.tenant.id), {})
    assert.equal((await ownerOf(world)).condition, undefined)
    const restored = { principal: randomUUID(), roleDefinition: ROLE_IDS.owner, scope: '/' }
    await vault.roleAssignments.create(administrator, restored)
  })
})
