import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'

const key = { vault: 'default', name: 'Signing' }
const purge = async ({ vault, administrator }: MemoryVault, wanted = key): Promise<void> => {
  await vault.keys.delete(administrator, { key: wanted })
  await vault.keys.purge(administrator, { key: wanted })
}

async function withKey(name = key.name): Promise<MemoryVault> {
  const world = await memoryVault()
  await world.vault.keys.create(world.administrator, { key: { ...key, name }, type: 'EC', hsm: false })
  return world
}

async function keyIdOf({ vault, administrator }: MemoryVault, wanted = key): Promise<string> {
  return (await vault.keys.describe(administrator, { key: wanted })).head.keyId ?? ''
}

const outside = ({ contents }: MemoryVault): readonly string[] =>
  [...contents.bodies.keys()].filter((one) => /\/(?:key-id|key-alias)\//.test(one))

describe('a key id', () => {
  it('leads to the key from everywhere, stays over versions, and ends with the key', async () => {
    const world = await withKey()
    const { vault, administrator, first } = world
    const keyId = await keyIdOf(world)
    assert.match(keyId, /^key-[a-z0-9]{21}$/)
    await vault.keys.rotate(administrator, { key })
    assert.equal(await keyIdOf(world), keyId)
    const tenant = first.tenant.id
    const place = await vault.keyFinder.find(tenant, { keyId })
    assert.deepEqual([place?.vault, place?.name, place?.keyId], ['default', 'signing', keyId])
    const { version } = await vault.keys.get(administrator, { key })
    assert.ok(place)
    for (let again = 0; again < 2; again += 1) {
      assert.equal(await vault.keyFinder.findVersion(tenant, place, version.slice(0, 10)), version)
    }
    assert.equal(await vault.keyFinder.findVersion(tenant, place, '0000000000'), undefined)
    assert.equal(await vault.keyFinder.find(tenant, { keyId: `${keyId.slice(0, -1)}!` }), undefined)
    await vault.keys.delete(administrator, { key })
    assert.equal(await keyIdOf(world), keyId)
    await vault.keys.purge(administrator, { key })
    assert.equal(await vault.keyFinder.find(tenant, { keyId }), undefined)
    assert.deepEqual(outside(world), [])
  })

  it('is the name itself where that has its form and is free, else another', async () => {
    const name = 'key-abcdefghij0123456789x'
    const world = await withKey(name)
    const { vault, administrator } = world
    assert.equal(await keyIdOf(world, { ...key, name }), name)
    await vault.vaults.create(administrator, { name: 'another' })
    const blob = await vault.keys.backup(administrator, { key: { ...key, name } })
    await vault.keys.restore(administrator, { vault: 'another', blob: () => blob })
    const other = await keyIdOf(world, { vault: 'another', name })
    assert.match(other, /^key-[a-z0-9]{21}$/)
    assert.notEqual(other, name)
  })

  it('is there for the key of a certificate, through deletion and recovery', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const certificate = { vault: 'default', name: 'web' }
    const policy = { subject: 'CN=a', keyType: 'EC', issuer: { name: 'Self' } } as const
    await vault.certificates.create(administrator, { certificate, policy })
    const keyId = await keyIdOf(world, certificate)
    await vault.certificates.create(administrator, { certificate })
    await vault.certificates.delete(administrator, { certificate })
    await vault.certificates.recover(administrator, { certificate })
    assert.equal(await keyIdOf(world, certificate), keyId)
    await vault.certificates.delete(administrator, { certificate })
    await vault.certificates.purge(administrator, { certificate })
    assert.deepEqual(outside(world), [])
  })
})

describe('an alias', () => {
  it('names one key of the tenant, moves, and is taken away', async () => {
    const world = await withKey()
    const { vault, administrator, first } = world
    const tenant = first.tenant.id
    await vault.vaults.create(administrator, { name: 'another' })
    const other = { vault: 'another', name: 'second' }
    await vault.keys.create(administrator, { key: other, type: 'oct', hsm: true })
    await vault.aliases.create(administrator, { key, alias: 'App/Key_1' })
    assert.equal(await vault.keyFinder.find(tenant, { alias: 'app/key_1' }), undefined)
    const taken = vault.aliases.create(administrator, { key: other, alias: 'App/Key_1' })
    await assert.rejects(taken, (thrown) => isFault(thrown, 'AliasExists'))
    const found = await vault.keyFinder.find(tenant, { alias: 'App/Key_1' })
    assert.deepEqual([found?.vault, found?.name, found?.keyId], ['default', 'Signing', await keyIdOf(world)])
    await vault.aliases.update(administrator, { key: other, alias: 'App/Key_1' })
    assert.equal((await vault.keyFinder.find(tenant, { alias: 'App/Key_1' }))?.vault, 'another')
    const some = { skip: 0, take: 10 }
    const none = await vault.aliases.list(administrator, { vault: 'default', ...some })
    assert.deepEqual(none, { items: [], total: 0 })
    const [listed] = (await vault.aliases.list(administrator, { ...other, ...some })).items
    assert.equal(listed?.alias, 'App/Key_1')
    const wrong = vault.aliases.delete(administrator, { key, alias: 'App/Key_1' })
    await assert.rejects(wrong, (thrown) => isFault(thrown, 'AliasNotFound'))
    await vault.aliases.delete(administrator, { key: other, alias: 'App/Key_1' })
    assert.equal(await vault.keyFinder.find(tenant, { alias: 'App/Key_1' }), undefined)
  })

  it('ends with its key, and with its vault', async () => {
    const world = await withKey()
    const { vault, administrator } = world
    await vault.aliases.create(administrator, { key, alias: 'one' })
    await vault.aliases.create(administrator, { key, alias: 'two' })
    await purge(world)
    assert.deepEqual(outside(world), [])
    await vault.vaults.create(administrator, { name: 'another' })
    const other = { vault: 'another', name: 'second' }
    await vault.keys.create(administrator, { key: other, type: 'EC', hsm: false })
    await vault.aliases.create(administrator, { key: other, alias: 'one' })
    await vault.vaults.delete(administrator, { vault: 'another' })
    while (!(await vault.vaults.purge(administrator, { vault: 'another' })).done);
    assert.deepEqual(outside(world), [])
  })

  it('must have its form', async () => {
    const { vault, administrator } = await withKey()
    for (const alias of ['', 'ä', 'a b', 'x'.repeat(250)]) {
      const creating = vault.aliases.create(administrator, { key, alias })
      await assert.rejects(creating, (thrown) => isFault(thrown, 'InvalidInput'))
    }
  })
})

describe('a key as a whole', () => {
  it('is disabled with all its versions, and enabled again', async () => {
    const world = await withKey()
    const { vault, administrator } = world
    const before = await vault.keys.get(administrator, { key })
    await vault.keys.rotate(administrator, { key })
    await vault.keys.setEnabled(administrator, { key, enabled: false })
    const sign = (version?: string) =>
      vault.keys.sign(administrator, {
        key: { ...key, ...(version === undefined ? {} : { version }) },
        algorithm: 'ES256',
        digest: new Uint8Array(32),
      })
    for (const version of [undefined, before.version]) {
      await assert.rejects(sign(version), (thrown) => isFault(thrown, 'ObjectDisabled'))
    }
    await vault.keys.setEnabled(administrator, { key, enabled: true })
    for (const version of [undefined, before.version]) await sign(version)
  })

  it('is described, protected from deletion, and deleted for as long as is said', async () => {
    const world = await withKey()
    const { vault, administrator, clock } = world
    await vault.keys.setDescription(administrator, { key, description: 'for orders' })
    await vault.keys.setDeletionProtection(administrator, { key, isProtected: true, reason: 'in use' })
    const refused = vault.keys.delete(administrator, { key })
    await assert.rejects(refused, (thrown) => isFault(thrown, 'KeyProtected'))
    await vault.keys.setDeletionProtection(administrator, { key, isProtected: false })
    const now = Math.floor(clock.now() / 1000)
    await vault.keys.delete(administrator, { key, retentionDays: 7 })
    const { head, deletion } = await vault.keys.describe(administrator, { key })
    assert.equal(head.description, 'for orders')
    assert.equal(deletion?.scheduledPurgeAt, now + 7 * 86_400)
    const { items } = await vault.keys.walk(administrator, { vault: 'default', state: 'deleted' })
    assert.equal(items.length, 1)
  })

  it('is kept by purge protection for at least the retention of its vault', async () => {
    const world = await withKey()
    const { vault, administrator, clock } = world
    await vault.vaults.update(administrator, { vault: 'default', purgeProtection: true })
    const now = Math.floor(clock.now() / 1000)
    const { scheduledPurgeAt } = await vault.keys.delete(administrator, { key, retentionDays: 7 })
    assert.equal(scheduledPurgeAt, now + 90 * 86_400)
  })
})

describe('a data key', () => {
  for (const form of ['octets', 'base64'] as const) {
    it(`is encrypted as ${form}, and bound to its additional data`, async () => {
      const world = await memoryVault()
      const { vault, administrator } = world
      await vault.keys.create(administrator, { key, type: 'oct', hsm: true })
      const additionalData = Buffer.from('context')
      const made = await vault.keys.generateDataKey(administrator, {
        key, algorithm: 'A256GCM', count: 32, form, additionalData,
      })
      const { ciphertext, iv, tag } = made
      assert.ok(iv !== undefined && tag !== undefined)
      const opening = { key, algorithm: 'A256GCM', ciphertext, iv, tag, additionalData } as const
      const { plaintext } = await vault.keys.decrypt(administrator, opening)
      const expected = Buffer.from(made.plaintext.reveal())
      const text = form === 'octets' ? expected : Buffer.from(expected.toString('base64'))
      assert.deepEqual(Buffer.from(plaintext.reveal()), text)
      const other = { ...opening, additionalData: Buffer.from('other') }
      const wrong = vault.keys.decrypt(administrator, other)
      await assert.rejects(wrong, (thrown) => isFault(thrown, 'DecryptionFailed'))
    })
  }

  it('has from 1 to 1024 octets', async () => {
    const { vault, administrator } = await memoryVault()
    await vault.keys.create(administrator, { key, type: 'oct', hsm: true })
    for (const count of [0, 1025, 1.5]) {
      const making = vault.keys.generateDataKey(administrator, { key, algorithm: 'A256GCM', count, form: 'octets' })
      await assert.rejects(making, (thrown) => isFault(thrown, 'InvalidInput'))
    }
  })
})
