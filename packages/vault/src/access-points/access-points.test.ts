import assert from 'node:assert/strict'
import { createPrivateKey, randomUUID, sign, verify, X509Certificate, type KeyObject } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Call } from '../access/caller.ts'
import { ROLE_IDS } from '../access/built-in-roles.ts'
import { isFault, type FaultCode, type SignInFailure } from '../fault.ts'
import { keyKey, type KeyHead } from '../keys/key.ts'
import { Secret } from '../seal/secret.ts'
import { memoryIdentity, type MemoryIdentity } from '../testing/memory-identity.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import type { AccessPointPolicy } from './access-point-policy.ts'
import type { CreatedClientKey } from './client-keys.ts'

const HERE = '192.0.2.7'
const DAY = 86_400
const MESSAGE = Buffer.from('what the client signs')
const refused = (code: FaultCode) => (thrown: unknown): boolean => isFault(thrown, code)

async function fails(promise: Promise<unknown>, reason: SignInFailure): Promise<void> {
  await assert.rejects(promise, (thrown) => {
    assert.ok(isFault(thrown, 'SignInFailed'), String(thrown))
    assert.equal(thrown.detail.reason, reason)
    return true
  })
}

type Made = Pick<CreatedClientKey, 'privateKey'> & { readonly clientKeyId: string }

const privateKeyOf = ({ privateKey }: Pick<CreatedClientKey, 'privateKey'>): KeyObject =>
  createPrivateKey({ key: Buffer.from(privateKey.reveal()), format: 'der', type: 'pkcs8' })

function callerOf(world: MemoryIdentity, key: Made, clientAddress = HERE, message = MESSAGE) {
  const signature = sign('sha256', MESSAGE, privateKeyOf(key))
  const proof = {
    clientKeyId: key.clientKeyId,
    clientAddress,
    verify: (publicKey: KeyObject) => verify('sha256', message, publicKey, signature),
  }
  return world.identityService.signedRequests.callerOfClientKey(proof, () => world.request(clientAddress))
}

async function callOf(world: MemoryIdentity, key: Made, clientAddress = HERE): Promise<Call> {
  const caller = await callerOf(world, key, clientAddress)
  return { caller, request: world.request(clientAddress) }
}

async function newKey(world: MemoryIdentity, accessPoint = 'default'): Promise<Made> {
  const { clientKey, privateKey } = await world.vault.clientKeys.create(world.administrator, { accessPoint })
  return { clientKeyId: clientKey.clientKeyId, privateKey }
}

type Parts = Partial<Pick<AccessPointPolicy, 'permissions' | 'resources' | 'networkRules' | 'vault'>>

/** An access point with one policy, and a client key of it. */
async function pointWith(world: MemoryIdentity, parts: Parts): Promise<Made> {
  const name = `p${randomUUID()}`
  const all = { vault: 'default', permissions: ['keyUser', 'secretUser'], resources: ['key/*', 'secret/*'] } as const
  await world.vault.accessPointPolicies.create(world.administrator, { ...all, ...parts, name })
  await world.vault.accessPoints.create(world.administrator, { name, policies: [name] })
  return newKey(world, name)
}

const WANTED = [{ name: 'one' }, { name: 'two' }]

/** Keys and secrets `one` and `two` in the vaults `default` and `other`. */
async function filledWorld(): Promise<MemoryIdentity> {
  const world = await memoryIdentity()
  const { vault, administrator } = world
  await vault.vaults.create(administrator, { name: 'other' })
  for (const container of ['default', 'other']) {
    for (const { name } of WANTED) {
      const ref = { vault: container, name }
      await vault.keys.create(administrator, { key: ref, type: 'oct', hsm: false })
      await vault.secrets.set(administrator, { secret: ref, value: Secret.fromText('x') })
    }
  }
  return world
}

/** What of all this a caller may use, such as `default/keys/one`. */
async function usable({ vault }: MemoryIdentity, call: Call): Promise<readonly string[]> {
  const found: string[] = []
  const attempt = async (what: string, act: () => Promise<unknown>): Promise<void> => {
    try {
      await act()
      found.push(what)
    } catch (thrown) {
      assert.ok(isFault(thrown, 'AccessDenied'), String(thrown))
    }
  }
  for (const container of ['default', 'other']) {
    for (const { name } of WANTED) {
      const ref = { vault: container, name }
      const plaintext = Secret.fromText('text')
      await attempt(`${container}/keys/${name}`, () => vault.keys.encrypt(call, { key: ref, algorithm: 'A256GCM', plaintext }))
      await attempt(`${container}/secrets/${name}`, () => vault.secrets.get(call, { secret: ref }))
    }
  }
  return found
}

async function keyIdOf({ store, seal, first }: MemoryIdentity, name: string): Promise<string> {
  const head = await new UnitOfWork(store, seal).get<KeyHead>(keyKey(first.vault, name))
  assert.ok(head?.meta.keyId !== undefined)
  return head.meta.keyId
}

describe('what an access point may do', () => {
  for (const [what, parts, expected] of [
    ['all keys and secrets of a vault', {}, ['default/keys/one', 'default/secrets/one', 'default/keys/two', 'default/secrets/two']],
    ['keys and no secrets', { permissions: ['keyUser'] }, ['default/keys/one', 'default/keys/two']],
    ['secrets and no keys', { permissions: ['secretUser'] }, ['default/secrets/one', 'default/secrets/two']],
    ['one key by its name', { resources: ['key/one'] }, ['default/keys/one']],
    ['one key by its name in another case', { resources: ['key/ONE'] }, ['default/keys/one']],
    ['one secret', { resources: ['secret/two'] }, ['default/secrets/two']],
    ['one of each', { resources: ['key/one', 'secret/two'] }, ['default/keys/one', 'default/secrets/two']],
    ['nothing by a permission without a resource', { permissions: ['secretUser'], resources: ['key/*'] }, []],
    ['nothing by a resource that is not there', { resources: ['key/on', 'key/one/', 'secret/tw', 'key/key-000000000000000000000'] }, []],
    ['another vault alone', { vault: 'other' }, ['other/keys/one', 'other/secrets/one', 'other/keys/two', 'other/secrets/two']],
  ] as const) {
    it(`is ${what}`, async () => {
      const world = await filledWorld()
      const call = await callOf(world, await pointWith(world, parts))
      assert.deepEqual(await usable(world, call), expected)
    })
  }

  it('is no more than to use: nothing is made, changed, listed by secrets or deleted', async () => {
    const world = await filledWorld()
    const { vault } = world
    const call = await callOf(world, await pointWith(world, {}))
    const key = { vault: 'default', name: 'one' }
    const denied = refused('AccessDenied')
    await assert.rejects(vault.keys.create(call, { key, type: 'oct', hsm: false }), denied)
    await assert.rejects(vault.keys.update(call, { key, enabled: false }), denied)
    await assert.rejects(vault.keys.delete(call, { key }), denied)
    await assert.rejects(vault.keys.backup(call, { key }), denied)
    await assert.rejects(vault.secrets.set(call, { secret: key, value: Secret.fromText('y') }), denied)
    await assert.rejects(vault.secrets.list(call, { vault: 'default' }), denied)
    await assert.rejects(vault.accessPoints.list(call, {}), denied)
    await assert.rejects(vault.vaults.get(call, { vault: 'default' }), denied)
    await vault.keys.getRandomBytes(call, { vault: 'default', count: 8 })
    await assert.rejects(vault.keys.getRandomBytes(call, { vault: 'other', count: 8 }), denied)
  })

  it('is a key named by its key id, also when it is made after the policy', async () => {
    const world = await filledWorld()
    const one = await keyIdOf(world, 'one')
    const call = await callOf(world, await pointWith(world, { resources: [`key/${one}`] }))
    assert.deepEqual(await usable(world, call), ['default/keys/one'])
    const { vault, administrator } = world
    await vault.keys.create(administrator, { key: { vault: 'default', name: 'later' }, type: 'oct', hsm: false })
    const later = await keyIdOf(world, 'later')
    await vault.keys.delete(administrator, { key: { vault: 'default', name: 'later' } })
    await vault.keys.purge(administrator, { key: { vault: 'default', name: 'later' } })
    const early = await callOf(world, await pointWith(world, { resources: [`key/${later}`, 'key/two'] }))
    assert.deepEqual(await usable(world, early), ['default/keys/two'])
    const key = { vault: 'default', name: 'later' }
    const use = () => vault.keys.encrypt(early, { key, algorithm: 'A256GCM', plaintext: Secret.fromText('x') })
    await assert.rejects(use(), refused('AccessDenied'))
    await vault.keys.create(administrator, { key, type: 'oct', hsm: false })
    await use()
  })

  it('is known by one read more when a key that a policy names by its id is gone', async (context) => {
    const world = await filledWorld()
    const point = await pointWith(world, { resources: ['key/two', `key/key-${'0'.repeat(21)}`] })
    const call = await callOf(world, point)
    const { vault, store } = world
    const use = () => vault.keys.getRandomBytes(call, { vault: 'default', count: 8 })
    await use()
    const list = context.mock.method(store, 'list')
    const read = context.mock.method(store, 'read')
    await use()
    // The epoch, twice, and the key id.
    assert.deepEqual([list.mock.callCount(), read.mock.callCount()], [0, 3])
  })

  it('is no key of another vault by its key id', async () => {
    const world = await filledWorld()
    const one = await keyIdOf(world, 'one')
    const call = await callOf(world, await pointWith(world, { vault: 'other', resources: [`key/${one}`] }))
    assert.deepEqual(await usable(world, call), [])
  })

  it('is what its policies grant together, and names the one that allowed it', async () => {
    const world = await filledWorld()
    const { vault, administrator } = world
    const policy = { vault: 'default', permissions: ['keyUser', 'secretUser'] } as const
    await vault.accessPointPolicies.create(administrator, { ...policy, name: 'keys', resources: ['key/one'] })
    await vault.accessPointPolicies.create(administrator, { ...policy, name: 'secrets', resources: ['secret/*'], vault: 'other' })
    await vault.accessPoints.create(administrator, { name: 'App', policies: ['KEYS', 'secrets', 'keys'] })
    assert.deepEqual((await vault.accessPoints.get(administrator, { name: 'app' })).policies, ['keys', 'secrets'])
    const call = await callOf(world, await newKey(world, 'APP'))
    assert.deepEqual(await usable(world, call), ['default/keys/one', 'other/secrets/one', 'other/secrets/two'])
    const entry = (await world.audit()).find(({ properties }) => properties.decidedBy === 'accessPoints/App/policies/keys')
    assert.equal(entry?.identity.claim['signingKey'], call.caller.signingKey)
  })

  it('changes at once, on every process, with its policy, its rule and its own policies', async () => {
    const world = await filledWorld()
    const { vault, administrator } = world
    await vault.networkRules.create(administrator, { name: 'near', networks: [HERE] })
    const key = await pointWith(world, { resources: ['key/one'], networkRules: ['near'] })
    const call = await callOf(world, key)
    const policy = call.caller
    assert.deepEqual(await usable(world, call), ['default/keys/one'])
    const [point] = (await vault.accessPoints.list(administrator, {})).filter(({ principal }) => principal === policy.principal)
    assert.ok(point !== undefined)
    const { name } = point
    await vault.accessPointPolicies.update(administrator, { name, resources: ['key/two'] })
    assert.deepEqual(await usable(world, call), ['default/keys/two'])
    await vault.networkRules.update(administrator, { name: 'near', networks: ['198.51.100.0/24'] })
    assert.deepEqual(await usable(world, call), [])
    await vault.accessPointPolicies.update(administrator, { name, networkRules: [] })
    assert.deepEqual(await usable(world, call), ['default/keys/two'])
    await vault.accessPoints.update(administrator, { name, policies: ['default'], description: 'now all' })
    assert.equal((await usable(world, call)).length, 4)
    assert.equal((await vault.accessPoints.get(administrator, { name })).description, 'now all')
  })

  it('ends with its vault: another of that name is not meant', async () => {
    const world = await filledWorld()
    const { vault, administrator } = world
    const call = await callOf(world, await pointWith(world, { vault: 'other' }))
    await vault.vaults.delete(administrator, { vault: 'other' })
    for (let done = false; !done; ) ({ done } = await vault.vaults.purge(administrator, { vault: 'other' }))
    await vault.vaults.create(administrator, { name: 'other' })
    for (const { name } of WANTED) {
      await vault.secrets.set(administrator, { secret: { vault: 'other', name }, value: Secret.fromText('x') })
    }
    assert.deepEqual(await usable(world, call), [])
  })

  it('is not decided by a vault of access policies', async () => {
    const world = await filledWorld()
    const call = await callOf(world, await pointWith(world, {}))
    await world.vault.vaults.update(world.administrator, { vault: 'default', authorization: 'accessPolicies' })
    const secret = { vault: 'default', name: 'one' }
    await assert.rejects(world.vault.secrets.get(call, { secret }), refused('AccessDenied'))
  })
})

describe('network rules', () => {
  it('let callers of their networks alone sign in, and use', async () => {
    const world = await filledWorld()
    const { vault, administrator } = world
    await vault.networkRules.create(administrator, { name: 'near', networks: ['192.0.2.0/24', '2001:db8::1'] })
    const key = await pointWith(world, { resources: ['key/one'], networkRules: ['Near'] })
    for (const address of ['192.0.2.255', '::ffff:192.0.2.1', '2001:db8:0:0::1']) {
      assert.deepEqual(await usable(world, await callOf(world, key, address)), ['default/keys/one'], address)
    }
    for (const address of ['192.0.3.1', '2001:db8::2', '', 'local']) {
      await fails(callerOf(world, key, address), 'ClientAddressNotAllowed')
    }
    // The caller of an address that is allowed, from one that is not.
    const { caller } = await callOf(world, key)
    assert.deepEqual(await usable(world, { caller, request: world.request('203.0.113.9') }), [])
  })

  it('hold for their own policy and for no other one', async () => {
    const world = await filledWorld()
    const { vault, administrator } = world
    await vault.networkRules.create(administrator, { name: 'far', networks: ['203.0.113.0/24'] })
    const policy = { vault: 'default', permissions: ['keyUser'] } as const
    await vault.accessPointPolicies.create(administrator, { ...policy, name: 'far', resources: ['key/one'], networkRules: ['far'] })
    await vault.accessPointPolicies.create(administrator, { ...policy, name: 'open', resources: ['key/two'] })
    await vault.accessPoints.create(administrator, { name: 'app', policies: ['far', 'open'] })
    const key = await newKey(world, 'app')
    assert.deepEqual(await usable(world, await callOf(world, key)), ['default/keys/two'])
    assert.deepEqual(await usable(world, await callOf(world, key, '203.0.113.9')), ['default/keys/one', 'default/keys/two'])
  })
})

describe('a client key', () => {
  it('is given out once, with a certificate of its own, and kept by its public half', async () => {
    const world = await memoryIdentity()
    const { vault, administrator } = world
    const made = await vault.clientKeys.create(administrator, { accessPoint: 'DEFAULT' })
    const certificate = new X509Certificate(made.certificate)
    assert.ok(certificate.checkPrivateKey(privateKeyOf(made)))
    assert.ok(certificate.verify(certificate.publicKey))
    assert.equal(certificate.publicKey.asymmetricKeyDetails?.modulusLength, 2048)
    assert.equal(certificate.subject, 'C=CN\nST=Zhejiang\nL=Hangzhou\nO=Alibaba\nOU=Aliyun\nCN=default')
    assert.equal(certificate.issuer, certificate.subject)
    const now = Math.floor(world.clock.now() / 1000)
    const { clientKey } = made
    assert.match(clientKey.clientKeyId, /^KAAP\.[0-9a-f-]{36}$/)
    assert.deepEqual([clientKey.accessPoint, clientKey.notBefore, clientKey.enabled], ['default', now, true])
    assert.equal(new Date(clientKey.expiresAt * 1000).toISOString(), '2031-01-01T00:00:00.000Z')
    assert.equal(certificate.validToDate.getTime(), clientKey.expiresAt * 1000)
    assert.deepEqual(await vault.clientKeys.get(administrator, { clientKeyId: clientKey.clientKeyId }), clientKey)
    const listed = await vault.clientKeys.list(administrator, { accessPoint: 'default' })
    assert.equal(listed.length, 1)
    assert.equal((await vault.clientKeys.list(administrator, {})).length, 1)
    const needle = Buffer.from(made.privateKey.reveal()).subarray(40, 90).toString('latin1')
    for (const { bytes } of world.contents.bodies.values()) {
      assert.ok(!Buffer.from(bytes).toString('latin1').includes(needle))
    }
  })

  it('signs in from the first start, and the first access point uses the vault default', async () => {
    const world = await filledWorld()
    const call = await callOf(world, await newKey(world))
    assert.deepEqual(await usable(world, call), ['default/keys/one', 'default/secrets/one', 'default/keys/two', 'default/secrets/two'])
  })

  it('that is unknown, of another key pair, or signs something else is refused', async () => {
    const world = await memoryIdentity()
    const [one, two] = [await newKey(world), await newKey(world)]
    await callerOf(world, one)
    await fails(callerOf(world, { ...one, clientKeyId: two.clientKeyId }), 'RequestSignatureWrong')
    await fails(callerOf(world, one, HERE, Buffer.from('another message')), 'RequestSignatureWrong')
    const principal = world.first.user.id
    const made = await world.vault.credentials.createAccessKey(world.administrator, { principal, displayName: 'a' })
    for (const clientKeyId of [
      '', 'KAAP.', `KAAP.${randomUUID()}`, one.clientKeyId.toLowerCase(), one.clientKeyId.toUpperCase(),
      `${one.clientKeyId}/x`, made.accessKeyId, '../../x', 'x'.repeat(10_000),
    ]) {
      await fails(callerOf(world, { ...one, clientKeyId }), 'ClientKeyUnknown')
    }
    const entry = (await world.audit()).find((one) => one.resultDescription === 'RequestSignatureWrong')
    assert.equal(entry?.properties.id, `clientKeys/${two.clientKeyId}`)
  })

  it('counts between its dates alone', async () => {
    const world = await memoryIdentity()
    const now = Math.floor(world.clock.now() / 1000)
    const dates = { notBefore: now + DAY, notAfter: now + 2 * DAY }
    const made = await world.vault.clientKeys.create(world.administrator, { accessPoint: 'default', ...dates })
    const key = { clientKeyId: made.clientKey.clientKeyId, privateKey: made.privateKey }
    await fails(callerOf(world, key), 'ClientKeyNotYetValid')
    world.clock.advance(DAY)
    await callerOf(world, key)
    world.clock.advance(DAY - 1)
    await callerOf(world, key)
    world.clock.advance(1)
    await fails(callerOf(world, key), 'ClientKeyExpired')
  })

  it('is refused when it is disabled or deleted, and so are all of a disabled or deleted access point', async () => {
    const world = await memoryIdentity()
    const { vault, administrator } = world
    const { principal } = world.first.accessPoint
    const [one, two] = [await newKey(world), await newKey(world)]
    const credential = one.clientKeyId.slice('KAAP.'.length)
    await vault.credentials.update(administrator, { principal, credential, enabled: false })
    await fails(callerOf(world, one), 'ClientKeyDisabled')
    await vault.credentials.update(administrator, { principal, credential, enabled: true })
    await callerOf(world, one)
    await vault.clientKeys.delete(administrator, { clientKeyId: one.clientKeyId })
    await fails(callerOf(world, one), 'ClientKeyUnknown')
    await assert.rejects(vault.clientKeys.get(administrator, { clientKeyId: one.clientKeyId }), refused('DirectoryObjectNotFound'))
    await vault.principals.update(administrator, { principal, enabled: false })
    await fails(callerOf(world, two), 'PrincipalDisabled')
    await vault.principals.update(administrator, { principal, enabled: true })
    const call = await callOf(world, two)
    await vault.accessPoints.delete(administrator, { name: 'Default' })
    await fails(callerOf(world, two), 'ClientKeyUnknown')
    await assert.rejects(vault.keys.list(call, { vault: 'default' }), refused('TokenInvalid'))
    const left = [...world.contents.bodies.keys()].filter((key) => key.includes(principal) || key.includes('kaap'))
    assert.deepEqual(left, [])
    await vault.accessPoints.create(administrator, { name: 'default', policies: ['default'] })
    await fails(callerOf(world, two), 'ClientKeyUnknown')
  })

  it('of another tenant does not exist, and neither does its access point', async () => {
    const world = await memoryIdentity()
    const call = world.callBy(world.first.administrator.principal.id, randomUUID())
    const system = { ...call, caller: { ...call.caller, kind: 'system' as const } }
    const { clientKeyId } = await newKey(world)
    const gone = refused('DirectoryObjectNotFound')
    await assert.rejects(world.vault.clientKeys.get(system, { clientKeyId }), gone)
    await assert.rejects(world.vault.clientKeys.delete(system, { clientKeyId }), gone)
    await assert.rejects(world.vault.accessPoints.get(system, { name: 'default' }), gone)
    assert.deepEqual(await world.vault.accessPoints.list(system, {}), [])
  })

  it('is not made for dates that are none', async () => {
    const world = await memoryIdentity()
    const now = Math.floor(world.clock.now() / 1000)
    for (const dates of [
      { notAfter: now }, { notAfter: now - 1 }, { notBefore: now + 10, notAfter: now + 10 }, { notBefore: -1 },
      { notBefore: 0.5 }, { notAfter: Number.NaN }, { notAfter: 1e12 }, { notAfter: Infinity },
    ]) {
      const wanted = { accessPoint: 'default', ...dates }
      await assert.rejects(world.vault.clientKeys.create(world.administrator, wanted), refused('InvalidInput'), JSON.stringify(dates))
    }
    await assert.rejects(world.vault.clientKeys.create(world.administrator, { accessPoint: 'none' }), refused('DirectoryObjectNotFound'))
  })
})

describe('what is bad input', () => {
  it('is refused by name', async () => {
    const world = await memoryIdentity()
    const { vault, administrator } = world
    const invalid = refused('InvalidInput')
    const rule = { name: 'r', networks: ['10.0.0.0/8'] }
    const policy = { name: 'p', vault: 'default', permissions: ['keyUser'], resources: ['key/*'] } as const
    for (const name of ['', '-x', '.', '..', 'a/b', 'a b', 'ü', 'x'.repeat(65), '../x', '\u0000']) {
      await assert.rejects(vault.networkRules.create(administrator, { ...rule, name }), invalid)
      await assert.rejects(vault.accessPointPolicies.create(administrator, { ...policy, name }), invalid)
      await assert.rejects(vault.accessPoints.create(administrator, { name, policies: ['default'] }), invalid)
      await assert.rejects(vault.networkRules.get(administrator, { name }), invalid)
      await assert.rejects(vault.accessPointPolicies.get(administrator, { name }), invalid)
      await assert.rejects(vault.accessPoints.delete(administrator, { name }), invalid)
    }
    for (const networks of [[], ['x'], ['10.0.0.0/33'], Array.from({ length: 101 }, () => '10.0.0.1')]) {
      await assert.rejects(vault.networkRules.create(administrator, { ...rule, networks }), invalid)
    }
    for (const resources of [
      [], ['*'], ['key'], ['key/'], ['keys/x'], ['secret/a b'], ['certificate/x'], [`key/${'x'.repeat(193)}`],
      Array.from({ length: 101 }, (_, n) => `key/${n}`),
    ]) {
      await assert.rejects(vault.accessPointPolicies.create(administrator, { ...policy, resources }), invalid)
    }
    await assert.rejects(vault.accessPointPolicies.create(administrator, { ...policy, permissions: [] }), invalid)
    for (const policies of [[], ['default', 'a', 'b', 'c']]) {
      await assert.rejects(vault.accessPoints.create(administrator, { name: 'a', policies }), invalid)
    }
    const description = 'x'.repeat(8193)
    await assert.rejects(vault.networkRules.create(administrator, { ...rule, description }), invalid)
  })

  it('is a name that is taken, or that nothing has', async () => {
    const world = await memoryIdentity()
    const { vault, administrator } = world
    const taken = refused('DirectoryObjectExists')
    const missing = refused('DirectoryObjectNotFound')
    const policy = { name: 'p', vault: 'default', permissions: ['keyUser'], resources: ['key/*'] } as const
    await vault.networkRules.create(administrator, { name: 'r', networks: ['10.0.0.1'] })
    await assert.rejects(vault.networkRules.create(administrator, { name: 'R', networks: ['10.0.0.1'] }), taken)
    await assert.rejects(vault.accessPointPolicies.create(administrator, { ...policy, name: 'DEFAULT' }), taken)
    await assert.rejects(vault.accessPoints.create(administrator, { name: 'DEFAULT', policies: ['default'] }), taken)
    for (const unknown of ['none', '../r', '']) {
      await assert.rejects(vault.accessPointPolicies.create(administrator, { ...policy, networkRules: [unknown] }), missing)
      await assert.rejects(vault.accessPoints.create(administrator, { name: 'a', policies: [unknown] }), missing)
      await assert.rejects(vault.accessPoints.update(administrator, { name: 'default', policies: [unknown] }), missing)
    }
    await assert.rejects(vault.accessPointPolicies.create(administrator, { ...policy, vault: 'none' }), refused('VaultNotFound'))
    await assert.rejects(vault.networkRules.update(administrator, { name: 'none' }), missing)
    await assert.rejects(vault.accessPointPolicies.delete(administrator, { name: 'none' }), missing)
    await assert.rejects(vault.accessPoints.delete(administrator, { name: 'none' }), missing)
  })

  it('is to delete what is in use; afterwards it can be', async () => {
    const world = await memoryIdentity()
    const { vault, administrator } = world
    const inUse = refused('DirectoryObjectInUse')
    await vault.networkRules.create(administrator, { name: 'r', networks: ['10.0.0.1'] })
    await vault.accessPointPolicies.update(administrator, { name: 'default', networkRules: ['R'] })
    await assert.rejects(vault.networkRules.delete(administrator, { name: 'r' }), inUse)
    await assert.rejects(vault.accessPointPolicies.delete(administrator, { name: 'Default' }), inUse)
    await assert.rejects(vault.principals.delete(administrator, { principal: world.first.accessPoint.principal }), refused('InvalidInput'))
    await vault.accessPoints.delete(administrator, { name: 'default' })
    await vault.accessPointPolicies.delete(administrator, { name: 'default' })
    await vault.networkRules.delete(administrator, { name: 'r' })
    assert.deepEqual(await vault.networkRules.list(administrator, {}), [])
  })

  it('leaves no policy with a rule that was deleted beside it', async () => {
    const world = await memoryIdentity()
    const { vault, administrator } = world
    await vault.networkRules.create(administrator, { name: 'r', networks: ['10.0.0.1'] })
    const outcomes = await Promise.allSettled([
      vault.networkRules.delete(administrator, { name: 'r' }),
      vault.accessPointPolicies.update(administrator, { name: 'default', networkRules: ['r'] }),
    ])
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
  })
})

describe('the user of the first start', () => {
  it('manages access points and all data, and nothing else', async () => {
    const world = await filledWorld()
    const call = world.callBy(world.first.user.id)
    assert.equal((await usable(world, call)).length, 8)
    await world.vault.networkRules.create(call, { name: 'r', networks: ['10.0.0.1'] })
    const denied = refused('AccessDenied')
    await assert.rejects(world.vault.principals.list(call, {}), denied)
    const assignment = { principal: call.caller.principal, roleDefinition: ROLE_IDS.owner, scope: '/' }
    await assert.rejects(world.vault.roleAssignments.create(call, assignment), denied)
    await assert.rejects(world.vault.vaults.create(call, { name: 'third' }), denied)
  })
})
