import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Call } from './caller.ts'
import { decide, type DecisionInput } from './decide.ts'
import { Grants } from './grants.ts'
import { parseNetwork } from './network.ts'
import type { ObjectPolicyStatement } from './object-policy.ts'
import { PERMISSIONS } from './permissions.ts'
import { BUILT_IN_ROLES, ROLE_IDS } from './built-in-roles.ts'
import { isFault, type FaultCode } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import type { ObjectPolicyInput } from './put-object-policy.ts'

const PRINCIPAL = '11111111-1111-1111-1111-111111111111'
const OTHER = '22222222-2222-2222-2222-222222222222'
const SCOPE = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/kv/keys/k'
const SIGN = PERMISSIONS['keys/sign'].action

function statement(changes: Partial<ObjectPolicyStatement> = {}): ObjectPolicyStatement {
  return { id: '0', effect: 'allow', principals: [PRINCIPAL], actions: [SIGN], ...changes }
}

function decided(
  statements: readonly ObjectPolicyStatement[],
  changes: Partial<DecisionInput> = {},
): ReturnType<typeof decide> {
  return decide({
    principal: PRINCIPAL,
    groups: [],
    clientAddress: '192.0.2.7',
    permission: PERMISSIONS['keys/sign'],
    scope: SCOPE,
    policies: 'rbac',
    assignments: new Grants([]),
    roles: (id) => BUILT_IN_ROLES.get(id),
    objectPolicy: { statements },
    ...changes,
  })
}

const administrator = {
  assignments: new Grants([
    { id: 'a', roleDefinition: ROLE_IDS.keyVaultAdministrator, scope: '/' },
  ]),
}
const near = { networks: [parseNetwork('192.0.2.0/24')].filter((one) => one !== undefined) }
const far = { networks: [parseNetwork('198.51.100.0/24')].filter((one) => one !== undefined) }

describe('the policy of an object', () => {
  it('allows whom it names what it names, in both models of the vault', () => {
    const allowed = { allowed: true, model: 'policy', decidedBy: 'objectPolicy/0' }
    assert.deepEqual(decided([statement()]), allowed)
    assert.deepEqual(decided([statement()], { policies: [] }), allowed)
    assert.deepEqual(decided([statement({ principals: [OTHER, PRINCIPAL] })]), allowed)
    assert.deepEqual(decided([statement({ actions: ['Microsoft.KeyVault/vaults/keys/*'] })]), allowed)
    assert.deepEqual(decided([statement({ principals: [OTHER] })], { groups: [OTHER] }), allowed)
  })

  for (const [why, one, changes] of [
    ['another principal', { principals: [OTHER] }, {}],
    ['nobody', { principals: [] }, {}],
    ['everybody, which only says that roles decide', { principals: 'everybody' }, {}],
    ['another action', { actions: [PERMISSIONS['keys/encrypt'].action] }, {}],
    ['no action', { actions: [] }, {}],
    ['callers from elsewhere', far, {}],
    ['callers from anywhere but here', { exceptNetworks: near.networks }, {}],
    ['to change it', { actions: ['*'] }, { permission: PERMISSIONS['keys/setPolicy'] }],
    ['an action of the control plane', { actions: ['*'] }, { permission: PERMISSIONS['vaults/write'] }],
  ] as const) {
    it(`grants nothing when it allows ${why}`, () => {
      assert.equal(decided([statement(one)], changes).allowed, false)
    })
  }

  it('heeds networks', () => {
    assert.equal(decided([statement(near)]).allowed, true)
    assert.equal(decided([statement({ exceptNetworks: far.networks })]).allowed, true)
    assert.equal(decided([statement({ ...near, exceptNetworks: near.networks })]).allowed, false)
  })

  it('denies before anything is granted, whatever grants it and in whichever order', () => {
    const deny = statement({ id: '1', effect: 'deny' })
    for (const statements of [[deny], [statement(), deny], [deny, statement()]]) {
      const denied = { allowed: false, model: 'rbac', explicit: true }
      assert.deepEqual(decided(statements, administrator), denied)
      assert.deepEqual(decided(statements), denied)
    }
    const everybody = [statement({ effect: 'deny', principals: 'everybody' })]
    assert.equal(decided(everybody, administrator).allowed, false)
    for (const other of [
      { principals: [OTHER] },
      { actions: [PERMISSIONS['keys/encrypt'].action] },
      far,
      { exceptNetworks: near.networks },
    ]) {
      const denied = statement({ effect: 'deny', ...other })
      assert.equal(decided([denied], administrator).allowed, true)
    }
    const all = [statement({ effect: 'deny', principals: 'everybody', actions: ['*'] })]
    const change = { ...administrator, permission: PERMISSIONS['keys/setPolicy'] }
    assert.equal(decided(all, change).allowed, true)
  })

  it('denies to whoever may be in more groups what it denies to anybody, and allows no more', () => {
    const more = { ...administrator, hasMoreGroups: true }
    const denied = { allowed: false, model: 'rbac', explicit: true }
    assert.deepEqual(decided([statement({ effect: 'deny', principals: [OTHER] })], more), denied)
    for (const other of [
      { principals: [] },
      { principals: [OTHER], actions: [PERMISSIONS['keys/encrypt'].action] },
      { principals: [OTHER], ...far },
    ]) {
      assert.equal(decided([statement({ effect: 'deny', ...other })], more).allowed, true)
    }
    const allowed = decided([statement({ principals: [OTHER] })], { hasMoreGroups: true })
    assert.equal(allowed.allowed, false)
  })

  it('leaves to the vault what it says nothing of', () => {
    const elsewhere = [statement({ principals: [OTHER] })]
    assert.deepEqual(decided(elsewhere, administrator), { allowed: true, model: 'rbac', decidedBy: 'a' })
    assert.deepEqual(decided(elsewhere), { allowed: false, model: 'rbac' })
    assert.deepEqual(decided(elsewhere, { policies: [] }), { allowed: false, model: 'noPolicy' })
  })
})

const key = { vault: 'default', name: 'Guarded' }
const ALL_KEYS = 'Microsoft.KeyVault/vaults/keys/*'

function refused(promise: Promise<unknown>, code: FaultCode): Promise<void> {
  return assert.rejects(promise, (thrown) => isFault(thrown, code))
}

async function withUser(): Promise<MemoryVault & { readonly user: Call; readonly id: string }> {
  const world = await memoryVault()
  const { vault, administrator: call, callBy } = world
  const { id } = await vault.principals.create(call, { kind: 'user', displayName: 'ann' })
  await vault.keys.create(call, { key, hsm: false, type: 'RSA' })
  return { ...world, id, user: callBy(id) }
}

function policy(...statements: ObjectPolicyInput['statements']): ObjectPolicyInput {
  return { document: '{}', statements }
}

const ann = { principals: [{ name: 'ann', kinds: ['user'] }] } as const
const allows = { id: '0', effect: 'allow', actions: [ALL_KEYS], ...ann } as const
const denies = { id: '0', effect: 'deny', actions: [ALL_KEYS], principals: 'everybody' } as const

describe('a key with a policy', () => {
  it('is used by whom the policy names, at once and no longer than it stands there', async () => {
    const { vault, administrator: call, user, audit } = await withUser()
    await refused(vault.keys.get(user, { key }), 'AccessDenied')
    await vault.keys.setPolicy(call, { key, policy: policy(allows) })
    await vault.keys.get(user, { key: { ...key, name: 'guarded' } })
    assert.equal((await audit()).at(-1)?.properties.decidedBy, 'objectPolicy/0')
    const other = { ...key, name: 'other' }
    await vault.keys.create(call, { key: other, hsm: false, type: 'EC' })
    await refused(vault.keys.get(user, { key: other }), 'AccessDenied')
    await refused(vault.keys.list(user, { vault: 'default' }), 'AccessDenied')
    await refused(vault.keys.setPolicy(user, { key, policy: policy(allows) }), 'AccessDenied')
    await vault.keys.setPolicy(call, { key, policy: policy() })
    await refused(vault.keys.get(user, { key }), 'AccessDenied')
  })

  it('is kept even from its administrators, who can set another policy', async () => {
    const { vault, administrator: call } = await withUser()
    await vault.keys.setPolicy(call, { key, policy: policy(denies) })
    const plaintext = Secret.fromText('x')
    const encrypt = vault.keys.encrypt(call, { key, algorithm: 'RSA-OAEP-256', plaintext })
    await refused(encrypt, 'AccessDenied')
    await refused(vault.keys.get(call, { key }), 'AccessDenied')
    assert.equal((await vault.keys.getPolicy(call, { key })).document, '{}')
    await vault.keys.setPolicy(call, { key, policy: policy() })
    await vault.keys.get(call, { key })
  })

  it('is not encrypted with by the way of its public half when that is denied', async () => {
    const { vault, administrator: call } = await withUser()
    const actions = [PERMISSIONS['keys/encrypt'].action]
    await vault.keys.setPolicy(call, { key, policy: policy({ ...denies, actions }) })
    await vault.keys.get(call, { key })
    const plaintext = Secret.fromText('x')
    await refused(vault.keys.encrypt(call, { key, algorithm: 'RSA-OAEP-256', plaintext }), 'AccessDenied')
  })

  it('keeps it through deletion and recovery, and takes it with it when it is purged', async () => {
    const { vault, administrator: call, user, contents } = await withUser()
    await vault.keys.setPolicy(call, { key, policy: policy(allows) })
    await vault.keys.delete(call, { key })
    assert.equal((await vault.keys.getPolicy(call, { key })).document, '{}')
    await refused(vault.keys.setPolicy(call, { key, policy: policy() }), 'ObjectNotFound')
    await vault.keys.recover(call, { key })
    await vault.keys.get(user, { key })
    await vault.keys.delete(call, { key })
    await vault.keys.purge(call, { key })
    assert.ok(![...contents.bodies.keys()].some((one) => one.includes('/object-policy/')))
    await vault.keys.create(call, { key, hsm: false, type: 'EC' })
    await refused(vault.keys.get(user, { key }), 'AccessDenied')
  })

  it('takes principals by name or id, and refuses those that there are not', async () => {
    const { vault, administrator: call, user, id } = await withUser()
    const by = (name: string, kind: 'user' | 'sessionRole' = 'user'): Promise<unknown> =>
      vault.keys.setPolicy(call, {
        key,
        policy: policy({ ...allows, principals: [{ name, kinds: [kind] }] }),
      })
    await by(id.toUpperCase())
    await vault.keys.get(user, { key })
    for (const name of ['bob', randomUUID(), '', 'Ann']) await refused(by(name), 'InvalidInput')
    await refused(by('ann', 'sessionRole'), 'InvalidInput')
    await refused(by(id, 'sessionRole'), 'InvalidInput')
    await vault.principals.create(call, { kind: 'user', displayName: 'ann' })
    await refused(by('ann'), 'InvalidInput')
    const networks = ['nowhere']
    await refused(vault.keys.setPolicy(call, { key, policy: policy({ ...allows, networks }) }), 'InvalidInput')
    // What was refused has changed nothing.
    await vault.keys.get(user, { key })
  })

  it('may have it from the beginning, if its maker may set policies', async () => {
    const { vault, administrator: call, user, id } = await withUser()
    const made = { ...key, name: 'made' }
    const input = { key: made, hsm: false, type: 'EC', policy: policy(allows) } as const
    await vault.keys.create(call, input)
    await vault.keys.get(user, { key: made })
    const officer = '14b46e9e-c2b7-41b4-b07b-48a6ebf60603'
    await vault.roleAssignments.create(call, { principal: id, roleDefinition: officer, scope: '/' })
    await vault.keys.create(user, { key: { ...key, name: 'plain' }, hsm: false, type: 'EC' })
    await refused(vault.keys.create(user, { ...input, key: { ...key, name: 'third' } }), 'AccessDenied')
  })

  it('is not the key of a certificate', async () => {
    const { vault, administrator: call, markKeyManaged } = await withUser()
    await markKeyManaged(key.name)
    await refused(vault.keys.setPolicy(call, { key, policy: policy(allows) }), 'ObjectManaged')
  })

  it('does not let what can be no name fail otherwise than before', async () => {
    const { vault, administrator: call } = await withUser()
    await vault.keys.setPolicy(call, { key, policy: policy(allows) })
    await refused(vault.keys.get(call, { key: { ...key, name: 'ä/b c' } }), 'NameInvalid')
  })
})

describe('a secret with a policy', () => {
  it('is read by whom the policy names, and by nobody whom it denies', async () => {
    const { vault, administrator: call, user } = await withUser()
    const secret = { vault: 'default', name: 'db' }
    await vault.secrets.set(call, { secret, value: Secret.fromText('x') })
    await refused(vault.secrets.get(user, { secret }), 'AccessDenied')
    const actions = [PERMISSIONS['secrets/get'].action]
    await vault.secrets.setPolicy(call, { secret, policy: policy({ ...allows, actions }) })
    await vault.secrets.get(user, { secret })
    await refused(vault.secrets.delete(user, { secret }), 'AccessDenied')
    await vault.secrets.setPolicy(call, { secret, policy: policy({ ...denies, actions }) })
    await refused(vault.secrets.get(call, { secret }), 'AccessDenied')
    await vault.secrets.delete(call, { secret })
    await vault.secrets.purge(call, { secret })
    await vault.secrets.set(call, { secret, value: Secret.fromText('x') })
    await vault.secrets.get(call, { secret })
  })
})
