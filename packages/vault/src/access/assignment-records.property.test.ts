import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isFault } from '../fault.ts'
import { prefixOf, type RecordKey } from '../store/record-key.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { recordsOfAssignment } from './assignment-records.ts'
import { scopeCovers } from './decide.ts'
import type { RoleAssignment } from './role.ts'
import { roleAssignmentPrefix } from './role-record.ts'

const VAULTS = ['one', 'two']
const BELOW = ['', '', '/secrets/a', '/secrets/ab', '/keys']
const GROUP = '(extra).group'

const nat = fc.nat(11)
const steps = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ kind: fc.constant('create' as const), who: nat, where: nat, what: nat }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), which: nat }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('describe' as const), which: nat }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('deletePrincipal' as const), who: nat }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('purgeVault' as const), where: nat }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('deleteGroup' as const) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('deleteRole' as const), what: nat }) },
  ),
  { minLength: 10, maxLength: 40 },
)

type Step = typeof steps extends fc.Arbitrary<readonly (infer One)[]> ? One : never

/** What can be named by a number of a step, made anew where a step has taken it away. */
interface Names {
  readonly principals: string[]
  readonly roles: string[]
  readonly scopes: readonly string[]
  readonly vaultOf: (at: number) => string
}

async function namesIn({ vault, administrator, first }: MemoryVault): Promise<Names> {
  await vault.resourceGroups.create(administrator, { name: GROUP, location: 'test' })
  const subscription = `/subscriptions/${first.tenant.subscription}`
  const group = `${subscription}/resourceGroups/${GROUP}`
  const scopes = ['/', subscription, group.toUpperCase().replace('SUBSCRIPTIONS', 'subscriptions')]
  for (const name of VAULTS) {
    const { resourceId } = await vault.vaults.create(administrator, { name: `${name}-vault` })
    scopes.push(...BELOW.map((below) => `${resourceId}${below}`))
  }
  const principals: string[] = []
  for (let at = 0; at < 4; at++) {
    const named = { kind: 'application', displayName: `p${at}` } as const
    principals.push((await vault.principals.create(administrator, named)).id)
  }
  const roles = ['acdd72a7-3385-48ef-bd42-f606fba81ae7']
  for (let at = 0; at < 2; at++) {
    const role = { name: `role ${at}`, description: '', actions: ['*/read'] }
    const nothing = { notActions: [], dataActions: [], notDataActions: [] }
    roles.push((await vault.roles.create(administrator, { ...role, ...nothing })).id)
  }
  const vaultOf = (at: number): string => `${VAULTS[at % VAULTS.length] ?? ''}-vault`
  return { principals, roles, scopes, vaultOf }
}

async function take(world: MemoryVault, names: Names, step: Step, made: string[]): Promise<void> {
  const { vault, administrator } = world
  const { principals, roles, scopes, vaultOf } = names
  const pick = (from: readonly string[], at: number): string => from[at % from.length] ?? ''
  switch (step.kind) {
    case 'create': {
      const principal = pick(principals, step.who)
      const roleDefinition = pick(roles, step.what)
      const scope = pick(scopes, step.where)
      const given = { principal, roleDefinition, scope }
      made.push((await vault.roleAssignments.create(administrator, given)).id)
      return
    }
    case 'delete': {
      const id = made.length === 0 ? randomUUID() : pick(made, step.which)
      await vault.roleAssignments.delete(administrator, { id, mayBeAbsent: true })
      return
    }
    case 'describe': {
      const all = await vault.roleAssignments.list(administrator, {})
      const one = all[step.which % all.length]
      if (one === undefined) return
      const { id, principal, roleDefinition, scope } = one
      const given = { id, principal, roleDefinition, scope: scope.toLowerCase(), description: 'd' }
      await vault.roleAssignments.create(administrator, given)
      return
    }
    case 'deletePrincipal': {
      const at = step.who % principals.length
      await vault.principals.delete(administrator, { principal: pick(principals, at) })
      const named = { kind: 'application', displayName: 'again' } as const
      principals[at] = (await vault.principals.create(administrator, named)).id
      return
    }
    case 'purgeVault': {
      const name = vaultOf(step.where)
      await vault.vaults.delete(administrator, { vault: name })
      while (!(await vault.vaults.purge(administrator, { vault: name })).done);
      await vault.vaults.create(administrator, { name })
      return
    }
    case 'deleteGroup': {
      while (!(await vault.resourceGroups.delete(administrator, { name: GROUP })).done);
      await vault.resourceGroups.create(administrator, { name: GROUP, location: 'test' })
      return
    }
    case 'deleteRole': {
      await vault.roles.delete(administrator, { id: pick(roles.slice(1), step.what) })
      return
    }
  }
}

const EXPECTED = ['DirectoryObjectExists', 'DirectoryObjectInUse', 'AccessRuleBroken'] as const

/** Every key there is of some collections. */
async function keysIn({ store, seal, first }: MemoryVault): Promise<ReadonlySet<RecordKey>> {
  const unit = new UnitOfWork(store, seal)
  const collections = ['', '-id', '-at', '-of'].map((end) => `role-assignment${end}`)
  const all = await Promise.all(
    collections.map((one) => unit.claimAll(prefixOf(first.tenant.id, one))),
  )
  return new Set(all.flat())
}

describe('the records by which role assignments are found', () => {
  it('are those of the assignments that are there, whatever was made and taken away', async () => {
    let removed = 0
    const property = fc.asyncProperty(steps, async (taken) => {
      const world = await memoryVault()
      const { vault, administrator, store, seal, first } = world
      const names = await namesIn(world)
      const made: string[] = []
      for (const step of taken) {
        await take(world, names, step, made).catch((thrown: unknown) => {
          if (!EXPECTED.some((code) => isFault(thrown, code))) throw thrown
        })
        const unit = new UnitOfWork(store, seal)
        const prefix = roleAssignmentPrefix(first.tenant.id)
        const all = (await unit.listAll<RoleAssignment>(prefix)).map(({ content }) => content.meta)
        const wanted = new Set(all.flatMap((one) => recordsOfAssignment(first.tenant.id, one)))
        assert.deepEqual(await keysIn(world), wanted)
        if (step.kind !== 'create') removed++
      }
      const all = await vault.roleAssignments.list(administrator, {})
      for (const scope of names.scopes) {
        for (const isAtScope of [true, false]) {
          for (const principal of [undefined, ...names.principals]) {
            const asked = { scope, isAtScope, ...(principal === undefined ? {} : { principal }) }
            const { items } = await vault.roleAssignments.select(administrator, asked)
            const naive = all.filter(
              (one) =>
                (principal === undefined || one.principal === principal) &&
                (scopeCovers(one.scope, scope) || (!isAtScope && scopeCovers(scope, one.scope))),
            )
            const ids = (of: readonly RoleAssignment[]): readonly string[] =>
              of.map(({ id }) => id).sort()
            assert.deepEqual(ids(items), ids(naive), JSON.stringify(asked))
          }
        }
      }
    })
    await fc.assert(property, { numRuns: 30 })
    assert.ok(removed > 0)
  })
})
