import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isFault } from '../fault.ts'
import type { RecordKey } from '../store/record-key.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { putNewAssignment } from './role-assignments.ts'
import type { RoleAssignment } from './role.ts'
import {
  assignmentAtKey,
  assignmentsAtPrefix,
  assignmentsBelowPrefix,
  placeOfKey,
  roleAssignmentKey,
} from './role-record.ts'
import type { SelectRoleAssignmentsInput } from './select-role-assignments.ts'

const READER = 'acdd72a7-3385-48ef-bd42-f606fba81ae7'
/** More than two calls of a purge take. */
const MANY = 1_100

/** Puts many at once, as no operation does. */
async function putMany(
  { store, seal, first }: MemoryVault,
  placed: readonly { readonly principal: string; readonly scope: string }[],
): Promise<readonly RoleAssignment[]> {
  const unit = new UnitOfWork(store, seal)
  const made: RoleAssignment[] = []
  for (const place of placed) {
    const input = { ...place, roleDefinition: READER }
    made.push(await putNewAssignment(unit, first.tenant.id, input, 1))
  }
  await store.commit(await unit.change([]))
  return made
}

function several(count: number, scope: string): readonly { principal: string; scope: string }[] {
  return Array.from({ length: count }, () => ({ principal: randomUUID(), scope }))
}

async function deleteRecord({ store, seal }: MemoryVault, key: RecordKey): Promise<void> {
  const unit = new UnitOfWork(store, seal)
  assert.ok(await unit.claimOne(key))
  unit.delete(key)
  await store.commit(await unit.change([]))
}

/** The ids on each page. */
async function pagesOf(
  { vault, administrator }: MemoryVault,
  input: SelectRoleAssignmentsInput,
): Promise<readonly (readonly string[])[]> {
  const pages: (readonly string[])[] = []
  for (let after: string | undefined; ; ) {
    const asked = after === undefined ? input : { ...input, after }
    const { items, next } = await vault.roleAssignments.select(administrator, asked)
    pages.push(items.map(({ id }) => id))
    if (next === undefined) return pages
    after = next
  }
}

const NAME = fc.stringMatching(/^[0-9A-Za-z._()-]{1,127}$/)

describe('the key of an assignment at its scope', () => {
  it('says where, whose and of what it is', () => {
    const names = fc.array(NAME, { minLength: 2, maxLength: 6 })
    const property = fc.property(names, fc.uuid(), fc.uuid(), fc.uuid(), (all, ...ids) => {
      const [principal, roleDefinition, id] = ids
      const scope = `/${all.join('/')}`
      const key = assignmentAtKey('t', { principal, roleDefinition, id, scope })
      const place = { principal, roleDefinition, id, scope: scope.toLowerCase() }
      assert.deepEqual(placeOfKey(key), place)
      assert.ok(key.startsWith(assignmentsAtPrefix('t', scope, principal, roleDefinition)))
      for (let size = 0; size <= all.length; size++) {
        const outer = `/${all.slice(0, size).join('/')}`
        assert.ok(key.startsWith(assignmentsBelowPrefix('t', outer)))
        assert.equal(key.startsWith(assignmentsAtPrefix('t', outer)), size === all.length)
      }
    })
    fc.assert(property)
  })

  it('is of the tenant itself for /', () => {
    const ids = { principal: randomUUID(), roleDefinition: READER, id: randomUUID() }
    const key = assignmentAtKey('t', { ...ids, scope: '/' })
    assert.deepEqual(placeOfKey(key), { ...ids, scope: '/' })
    assert.ok(key.startsWith(assignmentsAtPrefix('t', '/')))
  })
})

describe('very many role assignments', () => {
  it('go with their vault in several calls, and with all that leads to them', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const { resourceId } = await vault.vaults.create(administrator, { name: 'crowded' })
    const { resourceId: next } = await vault.vaults.create(administrator, { name: 'crowded-2' })
    const made = await putMany(world, [
      ...several(MANY / 2, resourceId),
      ...several(MANY / 2, `${resourceId}/secrets/a`),
    ])
    const [other] = await putMany(world, several(1, next))
    const [one] = made
    assert.ok(one !== undefined && other !== undefined)
    const { id, principal } = one
    await vault.vaults.get(world.callBy(principal), { vault: 'crowded' })
    await vault.vaults.delete(administrator, { vault: 'crowded' })
    let calls = 1
    while (!(await vault.vaults.purge(administrator, { vault: 'crowded' })).done) calls++
    assert.equal(calls, 3)
    const gone = vault.roleAssignments.get(administrator, { id })
    await assert.rejects(gone, (thrown) => isFault(thrown, 'DirectoryObjectNotFound'))
    await vault.vaults.create(administrator, { name: 'crowded' })
    const denied = vault.vaults.get(world.callBy(principal), { vault: 'crowded' })
    await assert.rejects(denied, (thrown) => isFault(thrown, 'AccessDenied'))
    const left = (await pagesOf(world, { scope: resourceId })).flat()
    assert.ok(!made.some((was) => left.includes(was.id)))
    assert.ok((await pagesOf(world, { scope: next })).flat().includes(other.id))
  })

  it('go with their group in several calls', async () => {
    const world = await memoryVault()
    const { vault, administrator, first } = world
    await vault.resourceGroups.create(administrator, { name: 'crowded', location: 'test' })
    const scope = `/subscriptions/${first.tenant.subscription}/resourceGroups/crowded`
    await putMany(world, several(MANY, scope))
    let calls = 1
    while (!(await vault.resourceGroups.delete(administrator, { name: 'crowded' })).done) calls++
    assert.equal(calls, 3)
    const left = await vault.roleAssignments.list(administrator, {})
    assert.deepEqual(left.filter((one) => one.scope === scope), [])
  })

  it('elsewhere do not lengthen the list at a scope', async () => {
    const world = await memoryVault()
    const { resourceId } = world.first.vault
    const principal = randomUUID()
    const places = Array.from({ length: 2_100 }, (_, at) => `${resourceId}/secrets/s${at}`)
    await putMany(world, places.map((scope) => ({ principal, scope })))
    const [own] = await putMany(world, [{ principal, scope: `${resourceId}/keys/k` }])
    for (const whose of [{ principal }, { assignedTo: principal }]) {
      const asked = { scope: `${resourceId}/keys/k`, isAtScope: true, ...whose }
      assert.deepEqual(await pagesOf(world, asked), [[own?.id]])
    }
    const [page = [], ...more] = await pagesOf(world, { scope: `${resourceId}/keys/k` })
    assert.ok(page.includes(own?.id ?? ''))
    assert.deepEqual(more, [])
  })

  it('come in pages that together are all of them, each once', async () => {
    const world = await memoryVault()
    const { resourceId } = world.first.vault
    const principal = randomUUID()
    const made = await putMany(world, [
      ...Array.from({ length: 600 }, (_, at) => ({ principal, scope: `${resourceId}/keys/k${at}` })),
      ...several(600, '/'),
    ])
    const wanted = made.map(({ id }) => id)
    const own = wanted.slice(0, 600).sort()
    const all = await pagesOf(world, { scope: resourceId })
    assert.ok(all.length >= 3 && all.every(({ length }) => length <= 500))
    const seen = all.flat()
    assert.equal(new Set(seen).size, seen.length)
    assert.deepEqual(seen.filter((id) => wanted.includes(id)).sort(), [...wanted].sort())
    for (const whose of [{ principal: principal.toUpperCase() }, { assignedTo: principal }]) {
      const pages = await pagesOf(world, { scope: resourceId, ...whose })
      assert.deepEqual(pages.map(({ length }) => length), [500, 100])
      assert.deepEqual(pages.flat().sort(), own)
    }
  })
})

describe('a page of role assignments', () => {
  it('begins nowhere but where another has ended in the same list', async () => {
    const world = await memoryVault()
    const { vault, administrator, first } = world
    const { resourceId: scope } = first.vault
    await putMany(world, several(600, '/'))
    const { next = '' } = await vault.roleAssignments.select(administrator, { scope })
    const principal = randomUUID()
    const [, , id] = next.split(':')
    for (const [after, more] of [
      [`${next}:x`, {}],
      [next.replace(':/', ':no-scope'), {}],
      [next.replace(':/', `:${scope}2`), {}],
      [next.replace(id ?? '', 'x'), {}],
      [next.toUpperCase().replaceAll(':', '/'), {}],
      [next, { principal }],
      ['', {}],
    ] as const) {
      const asked = vault.roleAssignments.select(administrator, { scope, after, ...more })
      await assert.rejects(asked, (thrown) => isFault(thrown, 'InvalidInput'), after)
    }
  })

  it('goes on where it ended when that assignment is gone', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await putMany(world, several(600, '/'))
    const { items, next = '' } = await vault.roleAssignments.select(administrator, { scope: '/' })
    await vault.roleAssignments.delete(administrator, { id: items.at(-1)?.id ?? '' })
    const rest = await vault.roleAssignments.select(administrator, { scope: '/', after: next })
    const all = await vault.roleAssignments.list(administrator, {})
    assert.equal(items.length - 1 + rest.items.length, all.length)
  })
})

describe('a role assignment of which a record is missing', () => {
  it('is read by its other records, and taken away with them', async () => {
    const world = await memoryVault()
    const { vault, administrator, first } = world
    const [one, two] = await putMany(world, several(2, first.vault.resourceId))
    assert.ok(one !== undefined && two !== undefined)
    await deleteRecord(world, assignmentAtKey(first.tenant.id, one))
    assert.equal((await vault.roleAssignments.get(administrator, one)).id, one.id)
    const { principal, scope } = one
    const held = await vault.roleAssignments.select(administrator, { scope, principal })
    assert.deepEqual(held.items.map(({ id }) => id), [one.id])
    await vault.vaults.get(world.callBy(principal), { vault: first.vault.name })
    await deleteRecord(world, roleAssignmentKey(first.tenant.id, two.principal, two.id))
    const listed = (await pagesOf(world, { scope })).flat()
    assert.ok(!listed.includes(one.id) && !listed.includes(two.id))
    await vault.roleAssignments.delete(administrator, one)
    const gone = vault.roleAssignments.get(administrator, one)
    await assert.rejects(gone, (thrown) => isFault(thrown, 'DirectoryObjectNotFound'))
  })

  it('is found again once it is described anew', async () => {
    const world = await memoryVault()
    const { vault, administrator, first } = world
    const [one] = await putMany(world, several(1, first.vault.resourceId))
    assert.ok(one !== undefined)
    await deleteRecord(world, assignmentAtKey(first.tenant.id, one))
    const { id, principal, roleDefinition, scope } = one
    const given = { id, principal, roleDefinition, scope, description: 'again' }
    await vault.roleAssignments.create(administrator, given)
    assert.ok((await pagesOf(world, { scope })).flat().includes(id))
  })
})

describe('a scope with a name longer than any there is', () => {
  it('is refused before it is looked for', async () => {
    const { vault, administrator, first } = await memoryVault()
    const scope = `${first.vault.resourceId}/secrets/${'('.repeat(127)}`
    await vault.roleAssignments.select(administrator, { scope })
    const longer = vault.roleAssignments.select(administrator, { scope: `${scope}(` })
    await assert.rejects(longer, (thrown) => isFault(thrown, 'InvalidInput'))
  })
})
