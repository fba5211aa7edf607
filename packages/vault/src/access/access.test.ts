import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { authenticateLocalOperator, systemCall } from '../directory/authenticate-system.ts'
import { isFault } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { runDue } from '../scheduler.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { openVault } from '../vault.ts'
import { ROLE_IDS } from './built-in-roles.ts'

const secret = { vault: 'default', name: 'db-password' }
const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'
const DAY = 86_400

async function worldWithSecret(): Promise<MemoryVault> {
  const world = await memoryVault()
  await world.vault.secrets.set(world.administrator, { secret, value: Secret.fromText('one') })
  return world
}

const denied = (thrown: unknown): boolean => isFault(thrown, 'AccessDenied')
const noVault = (thrown: unknown): boolean => isFault(thrown, 'VaultNotFound')

describe('what one process acknowledges holds on every other at once', () => {
  it('for a role that is given and taken', async () => {
    const world = await worldWithSecret()
    const other = openVault({ store: world.store, seal: world.seal, clock: world.clock, provider: world.provider })
    const principal = randomUUID()
    const call = world.callBy(principal)
    await assert.rejects(other.secrets.get(call, { secret }), denied)
    const { id } = await world.vault.roleAssignments.create(world.administrator, { principal, roleDefinition: SECRETS_USER, scope: '/' })
    await other.secrets.get(call, { secret })
    await world.vault.roleAssignments.delete(world.administrator, { id })
    await assert.rejects(other.secrets.get(call, { secret }), denied)
  })

  it('for an access policy', async () => {
    const world = await worldWithSecret()
    const other = openVault({ store: world.store, seal: world.seal, clock: world.clock, provider: world.provider })
    const principal = randomUUID()
    const call = world.callBy(principal)
    await world.vault.vaults.update(world.administrator, { vault: 'default', authorization: 'accessPolicies' })
    await assert.rejects(other.secrets.get(call, { secret }), denied)
    await world.vault.vaults.setAccessPolicy(world.administrator, { vault: 'default', policy: { principal, permissions: { secrets: ['get'] } } })
    await other.secrets.get(call, { secret })
    await assert.rejects(other.secrets.list(call, { vault: 'default' }), denied)
    await world.vault.vaults.removeAccessPolicy(world.administrator, { vault: 'default', principal })
    await assert.rejects(other.secrets.get(call, { secret }), denied)
  })

  it('for a vault that is deleted and recovered', async () => {
    const world = await worldWithSecret()
    const other = openVault({ store: world.store, seal: world.seal, clock: world.clock, provider: world.provider })
    await other.secrets.get(world.administrator, { secret })
    await world.vault.vaults.delete(world.administrator, { vault: 'default' })
    await assert.rejects(other.secrets.get(world.administrator, { secret }), noVault)
    await world.vault.vaults.recover(world.administrator, { vault: 'default' })
    await other.secrets.get(world.administrator, { secret })
  })

  it('for a revocation that comes between the decision and the commit of a change', async () => {
    const world = await worldWithSecret()
    const principal = randomUUID()
    const { id } = await world.vault.roleAssignments.create(world.administrator, { principal, roleDefinition: ROLE_IDS.keyVaultAdministrator, scope: '/' })
    const commit = world.store.commit.bind(world.store)
    world.store.commit = async (change) => {
      world.store.commit = commit
      await world.vault.roleAssignments.delete(world.administrator, { id })
      await commit(change)
    }
    await assert.rejects(world.vault.secrets.set(world.callBy(principal), { secret, value: Secret.fromText('two') }), denied)
    const { value } = await world.vault.secrets.get(world.administrator, { secret })
    assert.equal(Buffer.from(value.reveal()).toString(), 'one')
  })
})

describe('a read that is under way', () => {
  it('gives no value that was written after its right was taken', async () => {
    const world = await worldWithSecret()
    const principal = randomUUID()
    const { id } = await world.vault.roleAssignments.create(world.administrator, { principal, roleDefinition: SECRETS_USER, scope: '/' })
    const read = world.store.read.bind(world.store)
    world.store.read = async (keys) => {
      if (keys.some((key) => key.includes('/secret-version/'))) {
        world.store.read = read
        await world.vault.roleAssignments.delete(world.administrator, { id })
        await world.vault.secrets.set(world.administrator, { secret, value: Secret.fromText('later') })
      }
      return read(keys)
    }
    await assert.rejects(world.vault.secrets.get(world.callBy(principal), { secret }), denied)
  })

  it('is refused once its principal is disabled, deleted or has its tokens revoked', async () => {
    for (const revoke of ['disable', 'delete', 'revokeTokens'] as const) {
      const world = await worldWithSecret()
      const { vault, administrator } = world
      const { id: principal } = await vault.principals.create(administrator, { kind: 'application', displayName: 'app' })
      await vault.roleAssignments.create(administrator, { principal, roleDefinition: SECRETS_USER, scope: '/' })
      const call = { ...world.callBy(principal), view: await vault.view() }
      const own = { ...call, caller: { ...call.caller, foreign: false } }
      await vault.secrets.get(own, { secret })
      if (revoke === 'disable') await vault.principals.update(administrator, { principal, enabled: false })
      else if (revoke === 'delete') await vault.principals.delete(administrator, { principal })
      else await vault.principals.update(administrator, { principal, revokeTokens: true })
      await assert.rejects(vault.secrets.get(own, { secret }), (thrown) => isFault(thrown, 'TokenInvalid'))
    }
  })
})

describe('object ids in upper case', () => {
  it('name the same principal in access policies: given, replaced and taken away', async () => {
    const world = await worldWithSecret()
    const { vault, administrator } = world
    const principal = randomUUID()
    const upper = principal.toUpperCase()
    const get = () => vault.secrets.get(world.callBy(principal), { secret })
    await vault.vaults.update(administrator, { vault: 'default', authorization: 'accessPolicies' })
    for (const named of [upper, principal]) {
      const policy = { principal: named, permissions: { secrets: ['get'] } }
      const { accessPolicies } = await vault.vaults.setAccessPolicy(administrator, { vault: 'default', policy })
      assert.equal(accessPolicies.length, 1)
      await get()
    }
    await vault.vaults.removeAccessPolicy(administrator, { vault: 'default', principal: upper })
    await assert.rejects(get(), denied)
    const policy = { principal: upper, permissions: { secrets: ['get'] } }
    const made = await vault.vaults.create(administrator, { name: 'extra', accessPolicies: [policy] })
    assert.equal(made.accessPolicies[0]?.principal, principal)
  })

  it('name the same principal and role in role assignments', async () => {
    const world = await worldWithSecret()
    const principal = randomUUID()
    const input = { principal: principal.toUpperCase(), roleDefinition: SECRETS_USER.toUpperCase(), scope: '/' }
    const made = await world.vault.roleAssignments.create(world.administrator, input)
    assert.equal(made.principal, principal)
    await world.vault.secrets.get(world.callBy(principal), { secret })
    await assert.rejects(world.vault.roleAssignments.create(world.administrator, input), (thrown) =>
      isFault(thrown, 'DirectoryObjectExists'))
  })
})

describe('groups', () => {
  it('give access to members of members, and cycles end', async () => {
    const world = await worldWithSecret()
    const { vault, administrator } = world
    const make = async (kind: 'group' | 'application') => (await vault.principals.create(administrator, { kind, displayName: kind })).id
    const [outer, inner, member] = [await make('group'), await make('group'), await make('application')]
    await vault.roleAssignments.create(administrator, { principal: outer, roleDefinition: SECRETS_USER, scope: world.first.vault.resourceId })
    await vault.groups.addMember(administrator, { group: outer, member: inner })
    await vault.groups.addMember(administrator, { group: inner, member: outer })
    await assert.rejects(vault.secrets.get(world.callBy(member), { secret }), denied)
    await vault.groups.addMember(administrator, { group: inner, member })
    await vault.secrets.get(world.callBy(member), { secret })
    await vault.groups.removeMember(administrator, { group: inner, member })
    await assert.rejects(vault.secrets.get(world.callBy(member), { secret }), denied)
  })
})

describe('scopes', () => {
  it('of a single secret give that secret and no other, and no list', async () => {
    const world = await worldWithSecret()
    const principal = randomUUID()
    const other = { vault: 'default', name: 'db-password-2' }
    await world.vault.secrets.set(world.administrator, { secret: other, value: Secret.fromText('two') })
    const scope = `${world.first.vault.resourceId}/secrets/DB-PASSWORD`
    await world.vault.roleAssignments.create(world.administrator, { principal, roleDefinition: SECRETS_USER, scope })
    await world.vault.secrets.get(world.callBy(principal), { secret })
    await assert.rejects(world.vault.secrets.get(world.callBy(principal), { secret: other }), denied)
    await assert.rejects(world.vault.secrets.list(world.callBy(principal), { vault: 'default' }), denied)
  })

  it('the managed identity reaches the vault default alone', async () => {
    const world = await worldWithSecret()
    await world.vault.vaults.create(world.administrator, { name: 'other' })
    await world.vault.secrets.list(world.identity, { vault: 'default' })
    await assert.rejects(world.vault.secrets.list(world.identity, { vault: 'other' }), denied)
    await assert.rejects(world.vault.vaults.create(world.identity, { name: 'third' }), denied)
  })
})

describe('tenants', () => {
  it('do not see each other: a vault of another one does not exist', async () => {
    const world = await worldWithSecret()
    const call = world.callBy(world.first.administrator.principal.id, randomUUID())
    await assert.rejects(world.vault.secrets.get(call, { secret }), noVault)
    await assert.rejects(world.vault.audit.list(call, { after: 0 }), denied)
    await assert.rejects(world.vault.principals.list(call, {}), denied)
  })
})

describe('the administrator application', () => {
  it('cannot be disabled or deleted, by itself neither', async () => {
    const world = await memoryVault()
    const principal = world.first.administrator.principal.id
    const refused = (thrown: unknown): boolean => isFault(thrown, 'InvalidInput')
    await assert.rejects(world.vault.principals.update(world.administrator, { principal, enabled: false }), refused)
    await assert.rejects(world.vault.principals.delete(world.administrator, { principal }), refused)
  })
})

describe('a record that was tampered with', () => {
  it('is named, not served, and harms no other', async () => {
    const world = await worldWithSecret()
    const other = { vault: 'default', name: 'other' }
    await world.vault.secrets.set(world.administrator, { secret: other, value: Secret.fromText('two') })
    for (const [key, half] of world.contents.bodies) {
      if (!key.includes('/secret-version/db-password/')) continue
      half.bytes[half.bytes.length - 1] = (half.bytes.at(-1) ?? 0) ^ 1
    }
    await assert.rejects(world.vault.secrets.get(world.administrator, { secret }), (thrown) =>
      isFault(thrown, 'RecordCorrupt') && thrown.detail.record.includes('secret-version/db-password'))
    await world.vault.secrets.get(world.administrator, { secret: other })
    assert.equal((await world.audit()).at(-2)?.resultDescription, 'RecordCorrupt')
  })

  it('is not served when it was put back to what it was', async () => {
    const world = await worldWithSecret()
    const key = [...world.contents.bodies.keys()].find((one) => one.includes('/secret-version/db-password/'))
    assert.ok(key !== undefined)
    const old = world.contents.bodies.get(key)
    assert.ok(old !== undefined)
    const copy = { version: old.version, bytes: Uint8Array.from(old.bytes) as typeof old.bytes }
    await world.vault.secrets.update(world.administrator, { secret, enabled: false })
    world.contents.bodies.set(key, copy)
    await assert.rejects(world.vault.secrets.get(world.administrator, { secret }), (thrown) => isFault(thrown, 'RecordCorrupt'))
  })
})

describe('the scheduler', () => {
  const ports = ({ store, seal, clock }: MemoryVault) => ({ store, seal, clock })
  const tick = async (world: MemoryVault): Promise<{ readonly done: number; readonly failed: number }> => {
    const { done, failed } = await runDue(ports(world), world.vault, (tenant) => systemCall('scheduler', tenant))
    return { done, failed }
  }

  it('purges when the retention is over and not before, also under purge protection', async () => {
    const world = await worldWithSecret()
    await world.vault.vaults.update(world.administrator, { vault: 'default', purgeProtection: true })
    await world.vault.secrets.delete(world.administrator, { secret })
    world.clock.advance(90 * DAY - 1)
    assert.deepEqual(await tick(world), { done: 0, failed: 0 })
    await world.vault.secrets.getDeleted(world.administrator, { secret })
    world.clock.advance(1)
    assert.deepEqual(await tick(world), { done: 1, failed: 0 })
    await assert.rejects(world.vault.secrets.getDeleted(world.administrator, { secret }), (thrown) => isFault(thrown, 'DeletedObjectNotFound'))
    const entry = (await world.audit()).findLast((one) => one.operationName === 'SecretPurge')
    assert.equal(entry?.properties.decidedBy, 'system')
  })

  it('does not purge what was recovered, or deleted again later', async () => {
    const world = await worldWithSecret()
    await world.vault.secrets.delete(world.administrator, { secret })
    world.clock.advance(50 * DAY)
    await world.vault.secrets.recover(world.administrator, { secret })
    await world.vault.secrets.delete(world.administrator, { secret })
    world.clock.advance(60 * DAY)
    assert.deepEqual(await tick(world), { done: 0, failed: 0 })
    world.clock.advance(30 * DAY)
    assert.deepEqual(await tick(world), { done: 1, failed: 0 })
  })

  it('purges a deleted vault with all that is in it', async () => {
    const world = await worldWithSecret()
    for (let at = 0; at < 5; at++) {
      await world.vault.secrets.set(world.administrator, { secret: { ...secret, name: `s${at}` }, value: Secret.fromText('x') })
    }
    await world.vault.secrets.delete(world.administrator, { secret })
    await world.vault.vaults.delete(world.administrator, { vault: 'default' })
    world.clock.advance(91 * DAY)
    await tick(world)
    await tick(world)
    assert.deepEqual([...world.contents.bodies.keys()].filter((key) => key.includes(world.first.vault.id)), [])
    await world.vault.vaults.create(world.administrator, { name: 'default' })
    assert.deepEqual(await tick(world), { done: 0, failed: 0 })
  })

  it('leaves what was deleted in a new vault of the name of one that was purged', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const named = { vault: 'extra', name: 'db-password' }
    for (const retentionDays of [7, 90]) {
      await vault.vaults.create(administrator, { name: 'extra', retentionDays })
      await vault.secrets.set(administrator, { secret: named, value: Secret.fromText('x') })
      await vault.secrets.delete(administrator, { secret: named })
      if (retentionDays === 90) break
      await vault.vaults.delete(administrator, { vault: 'extra' })
      await vault.vaults.purge(administrator, { vault: 'extra' })
    }
    world.clock.advance(8 * DAY)
    assert.deepEqual(await tick(world), { done: 1, failed: 0 })
    await vault.secrets.recover(administrator, { secret: named })
    assert.deepEqual(await tick(world), { done: 0, failed: 0 })
  })

  it('says why a task failed', async () => {
    const world = await worldWithSecret()
    await world.vault.secrets.delete(world.administrator, { secret })
    for (const [key, half] of world.contents.bodies) {
      if (key.includes('/deleted-secret/')) half.bytes[10] = (half.bytes[10] ?? 0) ^ 1
    }
    world.clock.advance(90 * DAY)
    const failures: unknown[] = []
    const call = (tenant: string) => systemCall('scheduler', tenant)
    await runDue(ports(world), world.vault, call, (task, thrown) => failures.push(task, isFault(thrown, 'RecordCorrupt')))
    assert.deepEqual(failures, ['purgeSecret', true])
  })

  it('replaces the key that signs tokens when it is ninety days old', async () => {
    const world = await memoryVault()
    const rotated = async () => (await runDue(ports(world), world.vault, (tenant) => systemCall('scheduler', tenant))).rotated
    assert.equal(await rotated(), 0)
    world.clock.advance(90 * DAY)
    assert.equal(await rotated(), 1)
    assert.equal(await rotated(), 0)
  })

  it('goes on with the rest when one task fails', async () => {
    const world = await worldWithSecret()
    const other = { vault: 'default', name: 'other' }
    await world.vault.secrets.set(world.administrator, { secret: other, value: Secret.fromText('x') })
    await world.vault.secrets.delete(world.administrator, { secret })
    await world.vault.secrets.delete(world.administrator, { secret: other })
    for (const [key, half] of world.contents.bodies) {
      if (key.includes('/deleted-secret/db-password')) half.bytes[10] = (half.bytes[10] ?? 0) ^ 1
    }
    world.clock.advance(91 * DAY)
    assert.deepEqual(await tick(world), { done: 1, failed: 1 })
  })
})

describe('records that begin anew', () => {
  it('are not taken for their namesakes: a purge does not leave a version behind', async () => {
    const world = await worldWithSecret()
    const { vault, administrator, store } = world
    await vault.secrets.delete(administrator, { secret })
    const commit = store.commit.bind(store)
    store.commit = async (change) => {
      store.commit = commit
      await vault.secrets.recover(world.identity, { secret })
      await vault.secrets.set(world.identity, { secret, value: Secret.fromText('two') })
      await vault.secrets.delete(world.identity, { secret })
      await commit(change)
    }
    // The queue would hold the others up; another process has a queue of its own.
    const other = openVault({ store, seal: world.seal, clock: world.clock, provider: world.provider })
    await other.secrets.purge(administrator, { secret })
    const left = [...world.contents.bodies.keys()].filter((key) => key.includes('/secret-version/'))
    assert.deepEqual(left, [])
  })
})

describe('a record that does not open', () => {
  it('can still be deleted and purged, with its vault too', async () => {
    for (const way of ['secret', 'vault'] as const) {
      const world = await worldWithSecret()
      const { vault, administrator } = world
      for (const [key, half] of world.contents.bodies) {
        if (key.includes('/secret-version/')) half.bytes[40] = (half.bytes[40] ?? 0) ^ 1
      }
      if (way === 'secret') {
        await vault.secrets.delete(administrator, { secret })
        await vault.secrets.purge(administrator, { secret })
      } else {
        await vault.vaults.delete(administrator, { vault: 'default' })
        assert.deepEqual(await vault.vaults.purge(administrator, { vault: 'default' }), { done: true })
      }
      const left = [...world.contents.bodies.keys()].filter((key) => key.includes('/secret'))
      assert.deepEqual(left, [])
    }
  })
})

describe('a read while access changes all the time', () => {
  it('ends in a conflict and gives nothing that it was not decided for', async () => {
    const world = await worldWithSecret()
    const read = world.store.read.bind(world.store)
    let changes = 0
    world.store.read = async (keys) => {
      const records = await read(keys)
      if (keys.some((key) => key.includes('/secret-version/')) && changes++ < 60) {
        await world.vault.roleAssignments.create(world.administrator, { principal: randomUUID(), roleDefinition: SECRETS_USER, scope: '/' })
      }
      return records
    }
    await assert.rejects(world.vault.secrets.get(world.identity, { secret }), (thrown) => isFault(thrown, 'Conflict'))
    assert.equal((await world.audit()).at(-1)?.resultDescription, 'Conflict')
  })
})

describe('the operator', () => {
  it('is not refused by a revocation of tokens, and cannot be locked out by the case of an id', async () => {
    const world = await memoryVault()
    const { administrator: id } = world.first.tenant
    const now = Math.floor(world.clock.now() / 1000)
    const operator = async () => ({ ...world.administrator, caller: await authenticateLocalOperator(await world.vault.view(), now) })
    await world.vault.principals.update(await operator(), { principal: id, revokeTokens: true })
    await world.vault.principals.list(await operator(), {})
    const refused = (thrown: unknown): boolean => isFault(thrown, 'InvalidInput')
    await assert.rejects(world.vault.principals.update(await operator(), { principal: id.toUpperCase(), enabled: false }), refused)
  })
})
