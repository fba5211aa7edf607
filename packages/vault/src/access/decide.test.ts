import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { actionMatches } from './action-matches.ts'
import { decide, roleGrants, scopeCovers, type DecisionInput } from './decide.ts'
import { Grants } from './grants.ts'
import { parseNetwork, type Network } from './network.ts'
import { PERMISSIONS } from './permissions.ts'
import { BUILT_IN_ROLES, ROLE_IDS } from './built-in-roles.ts'

const PRINCIPAL = '11111111-1111-1111-1111-111111111111'
const GROUP = '22222222-2222-2222-2222-222222222222'
const VAULT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv'
const SECRET = `${VAULT}/secrets/db`

function input(changes: Partial<DecisionInput> = {}): DecisionInput {
  return {
    principal: PRINCIPAL,
    groups: [],
    clientAddress: '192.0.2.7',
    permission: PERMISSIONS['secrets/get'],
    scope: SECRET,
    policies: 'rbac',
    assignments: new Grants([]),
    roles: (id) => BUILT_IN_ROLES.get(id),
    ...changes,
  }
}

function assigned(scope: string, roleDefinition: string): Partial<DecisionInput> {
  return { assignments: new Grants([{ id: 'a', roleDefinition, scope }]) }
}

const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'

describe('decide, by roles', () => {
  it('denies who has no assignment', () => {
    assert.deepEqual(decide(input()), { allowed: false, model: 'rbac' })
  })

  for (const scope of ['/', VAULT, VAULT.toUpperCase(), SECRET, '/subscriptions/s', '/subscriptions/s/resourcegroups/g']) {
    it(`allows by an assignment at ${scope}`, () => {
      assert.equal(decide(input(assigned(scope, SECRETS_USER))).allowed, true)
    })
  }

  for (const scope of [`${VAULT}x`, `${VAULT}/secrets/d`, `${VAULT}/secrets/db2`, '/subscriptions/t', '/subscriptions/s/resourceGroups/gg']) {
    it(`denies by an assignment at ${scope}, which only looks alike`, () => {
      assert.equal(decide(input(assigned(scope, SECRETS_USER))).allowed, false)
    })
  }

  it('allows by an exact grant the scope alone, nothing below and nothing above it', () => {
    const allowed = (scope: string): boolean =>
      decide(input({ assignments: new Grants([{ id: 'a', roleDefinition: SECRETS_USER, scope, exact: true }]) })).allowed
    assert.equal(allowed(SECRET.toUpperCase()), true)
    for (const scope of [VAULT, `${VAULT}/secrets`, `${SECRET}/1`, '/']) assert.equal(allowed(scope), false, scope)
  })

  it('allows by a grant with networks from these alone, and goes on to the next grant', () => {
    const near = parseNetwork('192.0.2.0/24')
    const far = parseNetwork('2001:db8::/32')
    assert.ok(near !== undefined && far !== undefined)
    const grant = { id: 'a', roleDefinition: SECRETS_USER, scope: SECRET }
    const decided = (networks: readonly Network[], clientAddress: string) =>
      decide(input({ clientAddress, assignments: new Grants([{ ...grant, networks }]) })).allowed
    assert.equal(decided([near], '192.0.2.255'), true)
    assert.equal(decided([far, near], '::ffff:192.0.2.1'), true)
    for (const address of ['192.0.3.1', '2001:db8::1', 'local', '']) assert.equal(decided([near], address), false, address)
    assert.equal(decided([], '192.0.2.1'), false)
    const two = input({ assignments: new Grants([{ ...grant, networks: [far] }, { ...grant, id: 'b' }]) })
    assert.deepEqual(decide(two), { allowed: true, model: 'rbac', decidedBy: 'b' })
  })

  it('denies an action the role does not name', () => {
    assert.equal(decide(input({ ...assigned('/', SECRETS_USER), permission: PERMISSIONS['secrets/set'] })).allowed, false)
  })

  it('gives an owner no access to data', () => {
    assert.equal(decide(input(assigned('/', ROLE_IDS.owner))).allowed, false)
    const control = { ...assigned('/', ROLE_IDS.owner), permission: PERMISSIONS['vaults/write'] }
    assert.equal(decide(input(control)).allowed, true)
  })

  it('gives an administrator of data no control over vaults', () => {
    const data = assigned('/', ROLE_IDS.keyVaultAdministrator)
    assert.equal(decide(input(data)).allowed, true)
    assert.equal(decide(input({ ...data, permission: PERMISSIONS['vaults/write'] })).allowed, false)
    assert.equal(decide(input({ ...data, permission: PERMISSIONS['roleAssignments/write'] })).allowed, false)
  })

  it('takes away what notDataActions name', () => {
    const role = {
      id: 'r', name: 'r', description: '', builtIn: false, actions: [], notActions: [],
      dataActions: ['Microsoft.KeyVault/vaults/secrets/*'],
      notDataActions: ['Microsoft.KeyVault/vaults/secrets/getSecret/action'],
    }
    assert.equal(roleGrants(role, PERMISSIONS['secrets/get']), false)
    assert.equal(roleGrants(role, PERMISSIONS['secrets/list']), true)
  })

  it('does not look at access policies in a vault of roles', () => {
    const withPolicy = input({ policies: 'rbac' })
    assert.equal(decide(withPolicy).allowed, false)
  })
})

describe('decide, by access policies', () => {
  const all = { secrets: ['all'] }

  it('tells a caller without an entry from one whose entry lacks the permission', () => {
    assert.deepEqual(decide(input({ policies: [] })), { allowed: false, model: 'noPolicy' })
    const lacking = [{ principal: PRINCIPAL, permissions: { secrets: ['list'] } }]
    assert.deepEqual(decide(input({ policies: lacking })), { allowed: false, model: 'policy' })
  })

  it('compares permission names without case and knows all', () => {
    for (const name of ['get', 'GET', 'all', 'All']) {
      const policies = [{ principal: PRINCIPAL, permissions: { secrets: [name] } }]
      assert.equal(decide(input({ policies })).allowed, true, name)
    }
  })

  it('does not let the permissions of one class count for another', () => {
    const policies = [{ principal: PRINCIPAL, permissions: { keys: ['all'], certificates: ['get'] } }]
    assert.equal(decide(input({ policies })).allowed, false)
  })

  it('allows members of a group', () => {
    assert.equal(decide(input({ policies: [{ principal: GROUP, permissions: all }], groups: [GROUP] })).allowed, true)
    assert.equal(decide(input({ policies: [{ principal: GROUP, permissions: all }] })).allowed, false)
  })

  it('binds an entry with an application to tokens of that application', () => {
    const policies = [{ principal: PRINCIPAL, appId: 'app', permissions: all }]
    assert.equal(decide(input({ policies })).allowed, false)
    assert.equal(decide(input({ policies, appId: 'other' })).allowed, false)
    assert.equal(decide(input({ policies, appId: 'app' })).allowed, true)
    assert.equal(decide(input({ policies, appId: 'app', principal: GROUP, groups: [PRINCIPAL] })).allowed, false)
  })

  it('takes one permission for another that includes it', () => {
    const policies = [{ principal: PRINCIPAL, permissions: { certificates: ['ManageIssuers'] } }]
    for (const [name, allowed] of [['getIssuers', true], ['setIssuers', true], ['manageContacts', false], ['get', false]] as const) {
      const permission = PERMISSIONS[`certificates/${name}`]
      assert.equal(decide(input({ policies, permission })).allowed, allowed, name)
    }
  })

  it('ignores role assignments for data, and policies for control', () => {
    const role = assigned('/', ROLE_IDS.keyVaultAdministrator)
    assert.equal(decide(input({ ...role, policies: [] })).allowed, false)
    const control = input({ policies: [{ principal: PRINCIPAL, permissions: all }], permission: PERMISSIONS['vaults/write'] })
    assert.equal(decide(control).allowed, false)
  })
})

describe('the matching of actions and scopes', () => {
  it('lets a star stand for any text, also across slashes', () => {
    assert.ok(actionMatches('*', 'a/b/c'))
    assert.ok(actionMatches('a/*/c', 'a/b/b/c'))
    assert.ok(actionMatches('A/*', 'a/b'))
    assert.ok(!actionMatches('a/*', 'b/a/c'))
    assert.ok(!actionMatches('a/*/c', 'a/c'))
    assert.ok(!actionMatches('*/read', 'a/readonly'))
    assert.ok(!actionMatches('ab*ba', 'aba'))
  })

  it('agrees with a regular expression on arbitrary patterns', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 8 })
    fc.assert(
      fc.property(text, text.map((one) => one.replaceAll('*', '')), (pattern, action) => {
        const parts = pattern.split('*').map((part) => part.replaceAll('/', '\\/'))
        assert.equal(actionMatches(pattern, action), new RegExp(`^${parts.join('.*')}$`, 's').test(action))
      }),
    )
  })

  it('never lets a scope cover what only begins with the same letters', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,5}$/), fc.stringMatching(/^[a-z0-9-]{1,5}$/), (one, more) => {
        assert.equal(scopeCovers(`/x/${one}`, `/x/${one}${more}`), false)
        assert.equal(scopeCovers(`/x/${one}`, `/x/${one}/${more}`), true)
      }),
    )
  })
})
