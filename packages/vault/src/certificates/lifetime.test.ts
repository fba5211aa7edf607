import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import type { AuditEntry } from '../audit/entry.ts'
import { systemCall } from '../directory/authenticate-system.ts'
import { isFault } from '../fault.ts'
import { runDue } from '../scheduler.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { damageRecord } from '../testing/damage-record.ts'
import { bindAll } from '../testing/provider/bind-all.ts'
import type { PolicyInput } from './complete-policy.ts'
import { pendingCertificateKey } from './pending-certificate.ts'

const DAY = 86_400
const certificate = { vault: 'default', name: 'web' }
const RENEW_AT_80 = Math.ceil((365 * DAY + 600) * 0.8 - 600)

interface Tick {
  readonly done: number
  readonly failed: number
}

const NOTHING: Tick = { done: 0, failed: 0 }
const ONE: Tick = { done: 1, failed: 0 }

async function tick({ store, seal, clock, vault }: MemoryVault): Promise<Tick> {
  const ports = { store, seal, clock }
  // The key that signs tokens is replaced by the same run; that is not counted here.
  const { done, failed } = await runDue(ports, vault, (tenant) => systemCall('scheduler', tenant))
  return { done, failed }
}

async function withPolicy(policy: PolicyInput): Promise<MemoryVault> {
  const world = await memoryVault()
  await world.vault.certificates.create(world.administrator, {
    certificate,
    policy: { subject: 'CN=example.com', keyType: 'EC', issuer: { name: 'Self' }, ...policy },
    tags: { a: 'b' },
  })
  return world
}

async function current({ vault, administrator }: MemoryVault): Promise<{ readonly version: string; readonly x509: X509Certificate }> {
  const { properties } = await vault.certificates.get(administrator, { certificate })
  const der = Buffer.from(properties.issued?.certificate ?? '', 'base64')
  return { version: properties.version, x509: new X509Certificate(der) }
}

async function entries(world: MemoryVault, name: string): Promise<readonly AuditEntry[]> {
  return (await world.audit()).filter(({ operationName }) => operationName === name)
}

const dues = ({ contents }: MemoryVault): readonly string[] =>
  [...contents.bodies.keys()].filter((one) => one.includes('/due/')).map((key) => key.split('/')[4] ?? '')

describe('a lifetime action', () => {
  it('renews at four fifths of the validity, with a new key and the tags of before', async () => {
    const world = await withPolicy({})
    const before = await current(world)
    world.clock.advance(RENEW_AT_80 - 1)
    assert.deepEqual(await tick(world), NOTHING)
    world.clock.advance(1)
    assert.deepEqual(await tick(world), ONE)
    const after = await current(world)
    assert.notEqual(after.version, before.version)
    assert.ok(!after.x509.publicKey.equals(before.x509.publicKey))
    assert.ok(after.x509.validToDate > before.x509.validToDate)
    const { vault, administrator } = world
    const { properties } = await vault.certificates.get(administrator, { certificate })
    assert.deepEqual(properties.tags, { a: 'b' })
    const secret = await vault.secrets.get(administrator, { secret: certificate })
    assert.equal(secret.properties.version, after.version)
    assert.equal(secret.properties.managed?.previousVersion, before.version)
    assert.equal((await vault.keys.get(administrator, { key: certificate })).version, after.version)
    const old = { secret: { ...certificate, version: before.version } }
    assert.ok((await vault.secrets.get(administrator, old)).value.byteLength > 0)
    assert.equal((await entries(world, 'CertificateRenew')).length, 1)
    assert.deepEqual(await tick(world), NOTHING)
    assert.deepEqual(dues(world).toSorted(), ['notifycertificateexpiry', 'renewcertificate', 'tellcertificateexpired'])
  })

  it('keeps the key when the policy says so', async () => {
    const world = await withPolicy({ reuseKey: true })
    const before = await current(world)
    world.clock.advance(RENEW_AT_80)
    await tick(world)
    const after = await current(world)
    assert.ok(after.x509.publicKey.equals(before.x509.publicKey))
    assert.notEqual(after.x509.serialNumber, before.x509.serialNumber)
    const digest = new Uint8Array(32)
    const input = { key: certificate, algorithm: 'ES256', digest } as const
    const { signature } = await world.vault.keys.sign(world.administrator, input)
    const old = { ...certificate, version: before.version }
    const check = { ...input, key: old, signature }
    assert.deepEqual((await world.vault.keys.verify(world.administrator, check)).valid, true)
  })

  it('renews so many days before the end', async () => {
    const world = await withPolicy({ lifetimeActions: [{ action: 'AutoRenew', daysBeforeExpiry: 20 }] })
    world.clock.advance(345 * DAY - 1)
    // The notice of the near end is 30 days before it.
    assert.deepEqual(await tick(world), ONE)
    assert.equal((await entries(world, 'CertificateRenew')).length, 0)
    world.clock.advance(1)
    assert.deepEqual(await tick(world), ONE)
    assert.equal((await entries(world, 'CertificateRenew')).length, 1)
  })

  it('leaves a disabled certificate alone until it is enabled again', async () => {
    const world = await withPolicy({})
    const { vault, administrator, clock } = world
    await vault.certificates.update(administrator, { certificate, enabled: false })
    clock.advance(400 * DAY)
    assert.deepEqual(await tick(world), NOTHING)
    await vault.certificates.update(administrator, { certificate, enabled: true })
    await tick(world)
    assert.equal((await entries(world, 'CertificateRenew')).length, 1)
  })

  it('tells of the near end and of the end, once each, and does not renew what it must not', async () => {
    const world = await withPolicy({ lifetimeActions: [{ action: 'EmailContacts', daysBeforeExpiry: 10 }] })
    world.clock.advance(355 * DAY)
    assert.deepEqual(await tick(world), ONE)
    assert.deepEqual(await tick(world), NOTHING)
    world.clock.advance(10 * DAY)
    assert.deepEqual(await tick(world), ONE)
    assert.deepEqual(await tick(world), NOTHING)
    assert.equal((await entries(world, 'CertificateRenew')).length, 0)
    const [near] = await entries(world, 'CertificateNearExpiryEventGridNotification')
    const [over] = await entries(world, 'CertificateExpiredEventGridNotification')
    const { version } = await current(world)
    assert.match(near?.properties.id ?? '', new RegExp(`certificates/web/${version}$`))
    assert.match(over?.properties.id ?? '', new RegExp(`certificates/web/${version}$`))
  })

  it('follows the policy when that changes', async () => {
    const world = await withPolicy({})
    const { vault, administrator, clock } = world
    const lifetimeActions = [{ action: 'AutoRenew', lifetimePercentage: 10 }] as const
    await vault.certificates.updatePolicy(administrator, { certificate, policy: { lifetimeActions } })
    clock.advance(40 * DAY)
    assert.deepEqual(await tick(world), ONE)
    assert.equal((await entries(world, 'CertificateRenew')).length, 1)
  })

  it('ends with the certificate, and begins again when that is recovered', async () => {
    const world = await withPolicy({})
    const { vault, administrator } = world
    const before = dues(world)
    await vault.certificates.delete(administrator, { certificate })
    assert.deepEqual(dues(world), ['purgecertificate'])
    await vault.certificates.recover(administrator, { certificate })
    assert.deepEqual(dues(world).toSorted(), [...before].toSorted())
  })
})

describe('an event', () => {
  it('is told once its change is committed: made, near its end, renewed, ended', async () => {
    const world = await withPolicy({ lifetimeActions: [{ action: 'AutoRenew', daysBeforeExpiry: 20 }] })
    const first = await current(world)
    for (const days of [335, 10]) {
      world.clock.advance(days * DAY)
      await tick(world)
    }
    const second = await current(world)
    const { vault, administrator } = world
    await vault.certificates.updatePolicy(administrator, { certificate, policy: { enabled: false } })
    world.clock.advance(400 * DAY)
    await tick(world)
    const told = world.events.map(({ type, vault: name, object }) => [type, name, object])
    const [a, b] = [first.version, second.version].map((version) => `certificates/web/${version}`)
    assert.deepEqual(told, [
      ['CertificateNewVersionCreated', 'default', a],
      ['CertificateNearExpiry', 'default', a],
      ['CertificateNewVersionCreated', 'default', b],
      ['CertificateNearExpiry', 'default', b],
      ['CertificateExpired', 'default', b],
    ])
  })

  it('is not told of what failed', async () => {
    const world = await withPolicy({})
    const before = world.events.length
    world.failCommits()
    await assert.rejects(world.vault.certificates.create(world.administrator, { certificate }))
    assert.equal(world.events.length, before)
  })
})

describe('a deleted certificate', () => {
  it('is purged with key and secret when its retention is over', async () => {
    const world = await withPolicy({})
    const { vault, administrator, clock, contents } = world
    await vault.certificates.delete(administrator, { certificate })
    clock.advance(90 * DAY - 1)
    assert.deepEqual(await tick(world), NOTHING)
    clock.advance(1)
    assert.deepEqual(await tick(world), ONE)
    assert.deepEqual([...contents.bodies.keys()].filter((key) => key.includes('/web')), [])
  })

  it('is purged with the aliases of its key, which are free again', async () => {
    const world = await withPolicy({})
    const { vault, administrator } = world
    const alias = { key: certificate, alias: 'web' }
    await vault.aliases.create(administrator, alias)
    await vault.certificates.delete(administrator, { certificate })
    await vault.certificates.purge(administrator, { certificate })
    const other = { ...certificate, name: 'other' }
    await vault.keys.create(administrator, { key: other, spec: { type: 'EC', curve: 'P-256' }, hsm: false })
    await vault.aliases.create(administrator, { ...alias, key: other })
  })

  it('is purged with the key that waits for an issuer, unless its record is damaged', async () => {
    for (const isDamaged of [false, true]) {
      const destroyed = new Set<string>()
      const world = await memoryVault((provider) => ({
        ...bindAll(provider),
        destroy: (handle) => {
          destroyed.add(handle.id)
          return provider.destroy(handle)
        },
      }))
      const { vault, administrator, contents } = world
      for (const name of ['Self', 'Unknown']) {
        const policy = { subject: 'CN=example.com', keyType: 'EC', issuer: { name } } as const
        await vault.certificates.create(administrator, { certificate, policy })
      }
      await vault.certificates.delete(administrator, { certificate })
      if (isDamaged) damageRecord(contents, pendingCertificateKey(world.first.vault, 'web'))
      assert.equal(destroyed.size, 0)
      assert.deepEqual(await vault.certificates.purge(administrator, { certificate }), { done: true })
      assert.equal(destroyed.size, isDamaged ? 1 : 2)
      assert.deepEqual([...contents.bodies.keys()].filter((key) => key.includes('/web')), [])
    }
  })

  it('of very many versions is purged in parts, and is gone from the first one on', async () => {
    const world = await withPolicy({ reuseKey: true, contentType: 'application/x-pem-file' })
    const { vault, administrator, contents } = world
    for (let made = 1; made < 501; made += 1) await vault.certificates.create(administrator, { certificate })
    await vault.certificates.delete(administrator, { certificate })
    assert.deepEqual(await vault.certificates.purge(administrator, { certificate }), { done: false })
    const input = { certificate }
    for (const call of [vault.certificates.getDeleted, vault.certificates.recover]) {
      await assert.rejects(call(administrator, input), (thrown) => isFault(thrown, 'DeletedObjectNotFound'))
    }
    await assert.rejects(vault.keys.getDeleted(administrator, { key: certificate }), (thrown) => isFault(thrown, 'DeletedObjectNotFound'))
    // Should nobody come back, the scheduler does.
    assert.deepEqual(await tick(world), ONE)
    assert.deepEqual([...contents.bodies.keys()].filter((key) => key.includes('/web')), [])
  })

  it('is kept by purge protection until then', async () => {
    const world = await withPolicy({})
    const { vault, administrator } = world
    await vault.vaults.update(administrator, { vault: 'default', purgeProtection: true })
    await vault.certificates.delete(administrator, { certificate })
    await assert.rejects(vault.certificates.purge(administrator, { certificate }), (thrown) => isFault(thrown, 'PurgeProtected'))
    world.clock.advance(90 * DAY)
    assert.deepEqual(await tick(world), ONE)
  })
})

describe('two at the same time', () => {
  it('make two versions, one after the other, each with its faces', async () => {
    const world = await withPolicy({})
    const { vault, administrator } = world
    await Promise.all([1, 2, 3].map(() => vault.certificates.create(administrator, { certificate })))
    const { items } = await vault.certificates.listVersions(administrator, certificate)
    assert.equal(items.length, 4)
    for (const { version } of items) {
      const secret = { ...certificate, version }
      assert.ok((await vault.secrets.get(administrator, { secret })).value.byteLength > 0)
      assert.equal((await vault.keys.get(administrator, { key: secret })).managed, true)
    }
  })

  it('conflict with a key of the same name, and only one gets it', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const results = await Promise.allSettled([
      vault.keys.create(administrator, { key: certificate, type: 'EC', hsm: false }),
      vault.certificates.create(administrator, {
        certificate,
        policy: { subject: 'CN=a', keyType: 'EC', issuer: { name: 'Self' } },
      }),
    ])
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
  })
})
