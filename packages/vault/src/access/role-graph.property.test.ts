import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { PRINCIPALS, worldOf, type RoleGraph } from '../testing/role-graph.ts'
import { BUILT_IN_ROLES } from './built-in-roles.ts'
import { PERMISSIONS, type PermissionName } from './permissions.ts'

const ROLES = [
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  'b24988ac-6180-42a0-ab88-20f7382dd24c',
  'acdd72a7-3385-48ef-bd42-f606fba81ae7',
  '21090545-7ca7-4776-b22c-e363652d74d2',
  '4633458b-17de-408a-b874-0445c86b69e6',
] as const

const CONTROL = ['*', '*/read', 'Microsoft.KeyVault/*', 'Microsoft.KeyVault/vaults/write', '*/write', 'microsoft.authorization/*/DELETE']
const DATA = [
  '*',
  'Microsoft.KeyVault/vaults/*',
  'Microsoft.KeyVault/vaults/secrets/*',
  'Microsoft.KeyVault/vaults/*/read',
  'Microsoft.KeyVault/vaults/keys/sign/action',
  'MICROSOFT.keyvault/vaults/*/getsecret/ACTION',
]

const ASKED: readonly PermissionName[] = [
  'secrets/get',
  'secrets/list',
  'secrets/set',
  'keys/sign',
  'keys/get',
  'vaults/write',
  'vaults/read',
  'roleAssignments/write',
]
const OBJECTS = [undefined, 'secrets/a', 'secrets/ab', 'keys/a'] as const

const patterns = (from: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.subarray([...from], { maxLength: 2 })

const graphs: fc.Arbitrary<RoleGraph> = fc.record({
  members: fc.uniqueArray(
    fc.record({ group: fc.nat(PRINCIPALS.groups - 1), member: fc.nat(PRINCIPALS.all - 1) }),
    { maxLength: 8, selector: ({ group, member }) => `${group} ${member}` },
  ),
  roles: fc.array(
    fc.record({
      actions: patterns(CONTROL),
      notActions: patterns(CONTROL),
      dataActions: patterns(DATA),
      notDataActions: patterns(DATA),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  assignments: fc.uniqueArray(
    fc.record({
      holder: fc.nat(PRINCIPALS.all - 1),
      role: fc.oneof(fc.nat(2), fc.constantFrom(...ROLES)),
      scope: fc.nat(8),
    }),
    { maxLength: 6, selector: ({ holder, role, scope }) => `${holder} ${role} ${scope}` },
  ),
})

// The naive model: written from the rules, with nothing of what it is compared with.

/** All groups that somebody is in, by walking until nothing is new. */
function groupsOf({ members }: RoleGraph, who: number): ReadonlySet<number> {
  const found = new Set<number>([who])
  for (let before = -1; before !== found.size; ) {
    before = found.size
    for (const { group, member } of members) if (found.has(member)) found.add(group)
  }
  return found
}

function names(patternsOfRole: readonly string[], action: string): boolean {
  return patternsOfRole.some((pattern) => {
    const source = pattern.split('*').map((part) => part.replaceAll(/[.]/g, '\\.')).join('.*')
    return new RegExp(`^${source}$`, 'i').test(action)
  })
}

function isAtOrBelow(scope: string, outer: string): boolean {
  const parts = (text: string): readonly string[] =>
    text.toLowerCase().split('/').filter((part) => part !== '')
  const below = parts(scope)
  return parts(outer).every((part, index) => below[index] === part)
}

function expected(
  graph: RoleGraph,
  scopes: readonly string[],
  who: number,
  permission: PermissionName,
  scope: string,
): boolean {
  const { action, plane } = PERMISSIONS[permission]
  const holders = groupsOf(graph, who)
  return graph.assignments.some((assignment) => {
    const { role: named } = assignment
    const role =
      typeof named === 'number' ? graph.roles[named % graph.roles.length] : BUILT_IN_ROLES.get(named)
    if (role === undefined || !holders.has(assignment.holder)) return false
    if (!isAtOrBelow(scope, scopes[assignment.scope % scopes.length] ?? '')) return false
    return plane === 'data'
      ? names(role.dataActions, action) && !names(role.notDataActions, action)
      : names(role.actions, action) && !names(role.notActions, action)
  })
}

describe('the decision', () => {
  it('agrees with a naive model on arbitrary groups, roles and scopes', async () => {
    let allowed = 0
    let denied = 0
    await fc.assert(
      fc.asyncProperty(graphs, async (graph) => {
        const { vault, scopes, calls, vaults } = await worldOf(graph)
        for (const [who, call] of calls.entries()) {
          for (const permission of ASKED) {
            for (const { name, resourceId } of vaults) {
              for (const object of OBJECTS) {
                const target = object === undefined ? { vault: name } : { vault: name, object }
                const scope = object === undefined ? resourceId : `${resourceId}/${object}`
                const decided = await vault.seemsAllowed(call, permission, target)
                const wanted = expected(graph, scopes, who + PRINCIPALS.groups, permission, scope)
                assert.equal(decided, wanted, `${permission} at ${scope} by ${who}`)
                if (decided) allowed++
                else denied++
              }
            }
          }
        }
      }),
      { numRuns: 40 },
    )
    assert.ok(allowed > 0 && denied > 0)
  })
})
