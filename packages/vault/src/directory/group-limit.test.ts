import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { before, describe, it } from 'node:test'
import { isFault } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { directoryNameKey } from './directory-index.ts'
import { MAXIMUM_GROUPS } from './group-limit.ts'
import { memberKey, memberOfKey, principalKey, type Principal } from './principal.ts'
import { touchEpochOf } from './touch-epoch.ts'

interface World extends MemoryVault {
  readonly user: string
  /** One more than a principal may be in; in the order of their records. */
  readonly groups: readonly string[]
}

/** Writes what operations would take minutes to write, or would refuse. */
async function write(
  { store, seal, first }: MemoryVault,
  change: (unit: UnitOfWork, tenant: string) => void,
): Promise<void> {
  const unit = new UnitOfWork(store, seal)
  change(unit, first.tenant.id)
  await touchEpochOf(unit, first.tenant.id)
  await store.commit(await unit.change([]))
}

function join(unit: UnitOfWork, tenant: string, group: string, member: string): void {
  for (const key of [memberKey(tenant, group, member), memberOfKey(tenant, member, group)]) {
    unit.create(key, { meta: { group, member } })
  }
}

async function withGroups(): Promise<World> {
  const memory = await memoryVault()
  const { vault, administrator } = memory
  const named = { kind: 'user', displayName: 'ann' } as const
  const { id: user } = await vault.principals.create(administrator, named)
  const groups = Array.from({ length: MAXIMUM_GROUPS + 1 }, () => randomUUID()).toSorted()
  await write(memory, (unit, tenant) => {
    for (const id of groups) {
      const meta: Principal = { id, kind: 'group', displayName: id, enabled: true, createdAt: 1 }
      unit.create<Principal>(principalKey(tenant, id), { meta })
      unit.create(directoryNameKey(tenant, 'groups', meta), { meta: {} })
    }
  })
  return { ...memory, user, groups }
}

function refused(promise: Promise<unknown>): Promise<void> {
  return assert.rejects(
    promise,
    (thrown) =>
      isFault(thrown, 'InvalidInput') &&
      thrown.detail.property === 'member' &&
      /in more than 1000 groups/.test(thrown.detail.reason),
  )
}

describe('a principal in as many groups as there may be', () => {
  let world: World
  let last: string
  before(async () => {
    world = await withGroups()
    last = world.groups.at(-1) ?? ''
    await write(world, (unit, tenant) => {
      for (const group of world.groups.slice(0, -1)) join(unit, tenant, group, world.user)
    })
  })

  it('is not put into another, until it has left one', async () => {
    const { vault, administrator: call, user, groups } = world
    await refused(vault.groups.addMember(call, { group: last, member: user }))
    const [group = ''] = groups
    await vault.groups.removeMember(call, { group, member: user })
    await vault.groups.addMember(call, { group: last, member: user })
    await refused(vault.groups.addMember(call, { group, member: user }))
    await vault.groups.removeMember(call, { group: last, member: user })
    await vault.groups.addMember(call, { group, member: user })
  })

  it('is not put into another by a group that it is in, however far off', async () => {
    const { vault, administrator: call, groups } = world
    const [inner = '', outer = ''] = groups
    await vault.groups.addMember(call, { group: outer, member: inner })
    await refused(vault.groups.addMember(call, { group: last, member: inner }))
    await refused(vault.groups.addMember(call, { group: last, member: outer }))
    // A cycle brings nobody into anything new.
    await vault.groups.addMember(call, { group: inner, member: outer })
  })

  it('does not keep others out', async () => {
    const { vault, administrator: call, groups } = world
    const named = { kind: 'user', displayName: 'bob' } as const
    const { id: member } = await vault.principals.create(call, named)
    await vault.groups.addMember(call, { group: last, member })
    await vault.groups.addMember(call, { group: groups[0] ?? '', member })
  })
})

const KEY = { vault: 'default', name: 'guarded' }
const ACTIONS = ['Microsoft.KeyVault/vaults/keys/*']

describe('a principal in more groups than are looked at', () => {
  it('is denied what the policy of an object denies to any principal', async () => {
    const world = await withGroups()
    const { vault, administrator, user, groups, first, callBy } = world
    const call = callBy(user)
    await vault.keys.create(administrator, { key: KEY, hsm: false, type: 'EC' })
    await vault.roleAssignments.create(administrator, {
      principal: user,
      roleDefinition: '00482a5a-887f-4fb3-b363-3b7fe8e74483',
      scope: '/',
    })
    const [some = '', ...others] = groups
    const deny = async (group: string): Promise<void> => {
      const principals = [{ name: group, kinds: ['group'] }] as const
      const statement = { id: '0', effect: 'deny', actions: ACTIONS, principals } as const
      const policy = { document: '{}', statements: [statement] }
      await vault.keys.setPolicy(administrator, { key: KEY, policy })
    }
    const isDenied = async (): Promise<boolean> => {
      try {
        await vault.keys.get(call, { key: KEY })
        return false
      } catch (thrown) {
        if (isFault(thrown, 'AccessDenied')) return true
        throw thrown
      }
    }
    await write(world, (unit, tenant) => {
      for (const group of others) join(unit, tenant, group, user)
    })
    assert.equal(await isDenied(), false)
    await deny(others.at(-1) ?? '')
    assert.equal(await isDenied(), true, 'the last of as many as are looked at')
    await deny(some)
    assert.equal(await isDenied(), false, 'one that it is not in')
    await write(world, (unit, tenant) => join(unit, tenant, some, user))
    assert.equal(await isDenied(), true, 'the first of more')
    await deny(groups.at(-1) ?? '')
    assert.equal(await isDenied(), true, 'the last of more, which is not looked at')
    const scope = `${first.vault.resourceId}/keys/${KEY.name}`
    const { allowed, decidedBy, reason } = await vault.access.explain(administrator, {
      principal: user,
      action: 'keys/get',
      scope,
    })
    assert.deepEqual({ allowed, decidedBy }, { allowed: false, decidedBy: 'objectPolicy' })
    assert.match(reason, /more groups than are looked at/)
    const policy = { document: '{}', statements: [] }
    await vault.keys.setPolicy(administrator, { key: KEY, policy })
    assert.equal(await isDenied(), false, 'where nothing is denied its roles count')
  })
})
