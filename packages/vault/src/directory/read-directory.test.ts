import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { objectOfEntry, type DirectoryEntry } from './directory-entry.ts'

const denied = (thrown: unknown): boolean => isFault(thrown, 'AccessDenied')
const invalid = (thrown: unknown): boolean => isFault(thrown, 'InvalidInput')

async function withGroups(names: readonly string[]) {
  const world = await memoryVault()
  const ids = new Map<string, string>()
  for (const displayName of names) {
    const { id } = await world.vault.principals.create(world.administrator, {
      kind: 'group',
      displayName,
    })
    ids.set(displayName, id)
  }
  const idOf = (name: string): string => ids.get(name) ?? ''
  const join = (member: string, group: string) =>
    world.vault.groups.addMember(world.administrator, { member: idOf(member), group: idOf(group) })
  return { world, idOf, join }
}

const namesOf = (items: readonly DirectoryEntry[]) =>
  items.map((item) => objectOfEntry(item).displayName)

async function allPages(
  { vault, administrator }: MemoryVault,
  maximumResults: number,
  nameStartsWith = '',
) {
  const found: DirectoryEntry[] = []
  for (let after: string | undefined; ;) {
    const place = { collection: 'groups', nameStartsWith, maximumResults } as const
    const page = await vault.directory.list(
      administrator,
      after === undefined ? place : { ...place, after },
    )
    assert.ok(page.items.length <= maximumResults)
    found.push(...page.items)
    if (page.next === undefined) return namesOf(found)
    after = page.next
  }
}

describe('a list of the directory', () => {
  it('is in the order of names, and whole whatever the size of its pages', async () => {
    const { world } = await withGroups(['beta', 'Alpha', 'alpha', 'al', 'Ärger', 'gamma'])
    for (const size of [1, 2, 3, 999]) {
      const found = await allPages(world, size)
      assert.deepEqual(
        found.map((name) => name.toLowerCase()),
        ['al', 'alpha', 'alpha', 'beta', 'gamma', 'ärger'],
      )
    }
  })

  it('finds by the beginning of a name, in any case, also of names longer than the index', async () => {
    const long = 'x'.repeat(200)
    const { world } = await withGroups(['beta', 'Alpha', 'alp', 'al', `${long}1`, `${long}2`])
    assert.deepEqual(await allPages(world, 1, 'ALP'), ['alp', 'Alpha'])
    assert.deepEqual((await allPages(world, 5, long)).toSorted(), [`${long}1`, `${long}2`])
    assert.deepEqual(await allPages(world, 5, 'alphabet'), [])
  })

  it('gives what is wanted, and says how many there are when asked', async () => {
    const { world } = await withGroups(['a1', 'a2', 'b1', 'a3'])
    const { vault, administrator } = world
    const page = await vault.directory.list(administrator, {
      collection: 'groups',
      maximumResults: 1,
      isCounted: true,
      isWanted: (entry) => objectOfEntry(entry).displayName.startsWith('a'),
    })
    assert.deepEqual(namesOf(page.items), ['a1'])
    assert.equal(page.total, 3)
    assert.notEqual(page.next, undefined)
  })

  it('follows a change of name, and loses what is deleted', async () => {
    const { world, idOf } = await withGroups(['alpha', 'beta'])
    const { vault, administrator } = world
    await vault.principals.update(administrator, { principal: idOf('alpha'), displayName: 'zeta' })
    assert.deepEqual(await allPages(world, 1), ['beta', 'zeta'])
    await vault.principals.delete(administrator, { principal: idOf('beta') })
    assert.deepEqual(await allPages(world, 1), ['zeta'])
  })

  it('refuses marks that it has not given, and pages that are too long', async () => {
    const { world } = await withGroups([])
    const { vault, administrator } = world
    for (const after of ['', '/', 'zz/aa', '61/../..', `61/${'a'.repeat(40)}`]) {
      await assert.rejects(
        vault.directory.list(administrator, { collection: 'groups', after }),
        invalid,
      )
    }
    const tooMany = { collection: 'groups', maximumResults: 1000 } as const
    await assert.rejects(vault.directory.list(administrator, tooMany), invalid)
  })
})

describe('what belongs together', () => {
  it('is followed through groups in groups, and cycles end', async () => {
    const { world, idOf, join } = await withGroups(['inner', 'middle', 'outer', 'other'])
    const { vault, administrator } = world
    await join('inner', 'middle')
    await join('middle', 'outer')
    await join('outer', 'inner')
    const related = async (
      name: string,
      relation: 'members' | 'transitiveMembers' | 'transitiveMemberOf',
    ) => {
      const input = { of: idOf(name), relation, maximumResults: 1 }
      const first = await vault.directory.listRelated(administrator, input)
      const rest =
        first.next === undefined
          ? []
          : (
              await vault.directory.listRelated(administrator, {
                ...input,
                maximumResults: 9,
                after: first.next,
              })
            ).items
      return namesOf([...first.items, ...rest]).toSorted()
    }
    assert.deepEqual(await related('outer', 'members'), ['middle'])
    assert.deepEqual(await related('outer', 'transitiveMembers'), ['inner', 'middle'])
    assert.deepEqual(await related('inner', 'transitiveMemberOf'), ['middle', 'outer'])
    assert.deepEqual(await related('other', 'transitiveMemberOf'), [])
  })

  it('names owners from both sides', async () => {
    const { world, idOf } = await withGroups(['team'])
    const { vault, administrator, first } = world
    const ownership = { object: idOf('team'), owner: first.user.id }
    await vault.directory.addOwner(administrator, ownership)
    await assert.rejects(vault.directory.addOwner(administrator, ownership), (thrown) =>
      isFault(thrown, 'DirectoryObjectExists'),
    )
    const owners = await vault.directory.listRelated(administrator, {
      of: idOf('team'),
      relation: 'owners',
    })
    assert.deepEqual(namesOf(owners.items), ['default'])
    const owned = await vault.directory.listRelated(administrator, {
      of: first.user.id,
      relation: 'ownedObjects',
    })
    assert.deepEqual(namesOf(owned.items), ['team'])
    await vault.directory.removeOwner(administrator, ownership)
    await assert.rejects(vault.directory.removeOwner(administrator, ownership), (thrown) =>
      isFault(thrown, 'DirectoryObjectNotFound'),
    )
  })
})

describe('who was given nothing', () => {
  it('reads itself, by any of its names, and nothing of others', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const made = await vault.principals.create(administrator, {
      kind: 'application',
      displayName: 'a',
    })
    const other = await vault.principals.create(administrator, {
      kind: 'user',
      displayName: 'b',
      userPrincipalName: 'b@x',
    })
    const call = world.callBy(made.id)
    const { appId = '' } = made
    const itself = { by: 'appId', appId, collection: 'servicePrincipals' } as const
    assert.ok(await vault.directory.get(call, { place: { by: 'id', id: made.id.toUpperCase() } }))
    assert.ok(await vault.directory.get(call, { place: itself }))
    const { items } = await vault.directory.list(call, {
      collection: 'servicePrincipals',
      place: itself,
    })
    assert.equal(items.length, 1)
    assert.deepEqual(
      (await vault.directory.listRelated(call, { of: made.id, relation: 'memberOf' })).items,
      [],
    )
    const foreign = { by: 'userPrincipalName', userPrincipalName: 'b@x' } as const
    await assert.rejects(vault.directory.get(call, { place: { by: 'id', id: other.id } }), denied)
    await assert.rejects(vault.directory.get(call, { place: foreign }), denied)
    await assert.rejects(
      vault.directory.list(call, { collection: 'users', place: foreign }),
      denied,
    )
    await assert.rejects(vault.directory.list(call, { collection: 'users' }), denied)
    await assert.rejects(
      vault.directory.listRelated(call, { of: other.id, relation: 'memberOf' }),
      denied,
    )
    await assert.rejects(vault.directory.getMany(call, { ids: [made.id] }), denied)
  })
})

describe('a user name', () => {
  it('is unique in any case, moves with its user, and is free when that is gone', async () => {
    const { vault, administrator } = await memoryVault()
    const make = (userPrincipalName: string) =>
      vault.principals.create(administrator, {
        kind: 'user',
        displayName: 'Ada',
        userPrincipalName,
      })
    const exists = (thrown: unknown): boolean => isFault(thrown, 'DirectoryObjectExists')
    const ada = await make('ada@example.com')
    await assert.rejects(make('ADA@example.com'), exists)
    await make('r\u00e9n\u00e9@example.com')
    await assert.rejects(make('re\u0301ne\u0301@example.com'), exists)
    const rename = (userPrincipalName: string) =>
      vault.principals.update(administrator, { principal: ada.id, userPrincipalName })
    await rename('Ada@example.com')
    await rename('lovelace@example.com')
    const bob = await make('ada@example.com')
    await assert.rejects(rename('ada@example.com'), exists)
    await vault.principals.delete(administrator, { principal: bob.id })
    await rename('ada@example.com')
    for (const wrong of ['', 'a b@x', 'a\u0000@x', 'a'.repeat(257)])
      await assert.rejects(make(wrong), invalid)
    const group = { kind: 'group', displayName: 'g', userPrincipalName: 'g@x' } as const
    await assert.rejects(vault.principals.create(administrator, group), invalid)
  })
})

describe('a role at /', () => {
  const CONTRIBUTOR = 'b24988ac-6180-42a0-ab88-20f7382dd24c'
  const DIRECTORY_READERS = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'

  async function holder(roleDefinition: string) {
    const world = await memoryVault()
    const { vault, administrator } = world
    const input = { kind: 'user', displayName: 'Ada', userPrincipalName: 'ada@example.com' } as const
    const { id: principal } = await vault.principals.create(administrator, input)
    await vault.roleAssignments.create(administrator, { principal, roleDefinition, scope: '/' })
    return { world, vault, call: world.callBy(principal) }
  }

  it('of a reader of the directory reads all of it and changes nothing', async () => {
    const { vault, call, world } = await holder(DIRECTORY_READERS)
    assert.equal((await vault.directory.list(call, { collection: 'users' })).items.length, 2)
    await vault.directory.get(call, { place: { by: 'id', id: world.first.user.id } })
    await assert.rejects(vault.applications.create(call, { displayName: 'a' }), denied)
  })

  it('of a contributor does not make its holder anybody else', async () => {
    const { vault, call, world } = await holder(CONTRIBUTOR)
    const { id: principal } = world.first.administrator.principal
    await vault.directory.list(call, { collection: 'users' })
    await assert.rejects(vault.credentials.createSecret(call, { principal, displayName: 'a' }), denied)
    const { id: user } = world.first.user
    const group = await vault.principals.create(world.administrator, { kind: 'group', displayName: 'g' })
    await assert.rejects(vault.groups.addMember(call, { group: group.id, member: user }), denied)
    await assert.rejects(vault.sessions.create(call, { role: user, session: 'a' }), denied)
  })
})
