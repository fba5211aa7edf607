import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemCall } from '../../directory/authenticate-system.ts'
import { runDue } from '../../scheduler.ts'
import { AuthorityWorld, ref } from '../../testing/authority-world.ts'
import { OpensslFolder, withOpenssl } from '../../testing/openssl-folder.ts'
import type { PolicyInput } from '../complete-policy.ts'

const DAY = 86_400

async function tick({ memory }: AuthorityWorld): Promise<void> {
  const { store, seal, clock, vault } = memory
  await runDue({ store, seal, clock }, vault, (tenant) => systemCall('scheduler', tenant))
}

/** Why the last version was not issued. */
async function problemOf(world: AuthorityWorld, name: string, policy: PolicyInput = {}): Promise<string> {
  const pending = await world.create(name, policy)
  assert.equal(pending.status, 'failed')
  return pending.error ?? ''
}

describe('a certificate by an authority of the vault', () => {
  it('is signed by it, and comes with it but without the root', async () => {
    const world = await AuthorityWorld.open()
    const pending = await world.create('web', { alternativeNames: { dnsNames: ['www.example.com'] } })
    assert.equal(pending.status, 'completed')
    assert.ok((pending.request ?? '').length > 0)
    const { x509, chain } = await world.held('web')
    const ca = (await world.held('corp-ca')).x509
    assert.ok(x509.verify(ca.publicKey) && x509.checkIssued(ca))
    assert.equal(x509.checkHost('www.example.com'), 'www.example.com')
    assert.deepEqual(chain.map(({ subject }) => subject), ['CN=web', 'CN=corp CA'])
    assert.equal(x509.infoAccess, undefined)
    const { policy } = await world.certificates.get(world.call, { certificate: ref('web') })
    assert.deepEqual(policy.issuer, { name: 'corp' })
    const key = await world.memory.vault.keys.get(world.call, { key: ref('web') })
    assert.equal(key.managed, true)
    const { value } = await world.memory.vault.secrets.get(world.call, { secret: ref('web') })
    assert.ok(value.byteLength > 0)
  })

  it('says where its authority publishes, and so does that of the authority', async () => {
    for (const base of ['http://pki.example:8446', 'http://pki.example:8446/']) {
      const world = await AuthorityWorld.open(base)
      await world.create('web')
      for (const [name, by] of [['web', 'corp-ca'], ['corp-ca', 'corp-root']] as const) {
        const at = `http://pki.example:8446/pki/default/${await world.authorityOf(by)}`
        const { x509 } = await world.held(name)
        assert.equal(x509.infoAccess?.trim(), `OCSP - URI:${at}/ocsp\nCA Issuers - URI:${at}/cer`)
        assert.ok(x509.raw.includes(`${at}/crl`))
      }
      assert.equal((await world.held('corp-root')).x509.infoAccess, undefined)
    }
  })

  it('ends no later than the one above it', async () => {
    const world = await AuthorityWorld.open()
    await world.create('web', { validityMonths: 1_000 })
    assert.equal((await world.held('web')).x509.validTo, (await world.held('corp-ca')).x509.validTo)
    const { properties } = await world.certificates.get(world.call, { certificate: ref('web') })
    assert.equal(properties.expires, Date.UTC(2036, 0, 1) / 1000)
  })

  it('is renewed by its lifetime action, with another serial number', async () => {
    const world = await AuthorityWorld.open()
    await world.create('web')
    const before = await world.held('web')
    world.memory.clock.advance(300 * DAY)
    await tick(world)
    const after = await world.held('web')
    assert.notEqual(after.version, before.version)
    assert.notEqual(after.serial, before.serial)
    assert.ok(after.x509.verify((await world.held('corp-ca')).x509.publicKey))
    const { items } = await world.certificates.listIssued(world.call, { vault: 'default' })
    assert.deepEqual(items.filter(({ name }) => name === 'web').map(({ serial }) => serial).toSorted(), [before.serial, after.serial].toSorted())
  })

  it('is made beside others at the same time, each with a number of its own', async () => {
    const world = await AuthorityWorld.open()
    const names = Array.from({ length: 12 }, (_, at) => `web-${at}`)
    const made = await Promise.all(names.map((name) => world.create(name)))
    assert.ok(made.every(({ status }) => status === 'completed'))
    const { items } = await world.certificates.listIssued(world.call, { vault: 'default' })
    assert.equal(new Set(items.map(({ serial }) => serial)).size, 13)
  })

  it('of an authority is signed by the root, and may be the authority of another issuer', async () => {
    const world = await AuthorityWorld.open()
    const made = await world.create('sub', { ca: { pathLength: 0 }, subject: 'CN=Sub CA' })
    assert.equal(made.status, 'completed')
    const sub = (await world.held('sub')).x509
    assert.ok(sub.verify((await world.held('corp-root')).x509.publicKey))
    const set = await world.set('second', 'sub')
    assert.deepEqual(set.authority, { certificate: 'sub', root: 'corp-root' })
    assert.equal((await world.create('web', { issuer: { name: 'second' } })).status, 'completed')
    const web = await world.held('web')
    assert.ok(web.x509.verify(sub.publicKey))
    assert.deepEqual(web.chain.map(({ subject }) => subject), ['CN=web', 'CN=Sub CA'])
  })

  it('validates with openssl, and with the certificate that has taken the place of its authority', withOpenssl, async () => {
    const folder = new OpensslFolder()
    try {
      const world = await AuthorityWorld.open('http://pki.example')
      await world.create('web', { alternativeNames: { dnsNames: ['a.example'] } })
      const authority = await world.authorityOf('corp-ca')
      const path = async (name: string): Promise<string> =>
        folder.file(`${name}.pem`, (await world.held(name)).x509.toString())
      const [root, web] = [await path('corp-root'), await path('web')]
      const verify = async (): Promise<string> => {
        const at = String(Math.floor(world.memory.clock.now() / 1000))
        const how = ['-x509_strict', '-purpose', 'sslserver', '-attime', at, '-CAfile', root]
        return folder.run('verify', ...how, '-untrusted', await path('corp-ca'), web)
      }
      assert.match(await verify(), /: OK/)
      const before = await world.held('corp-ca')
      // At four fifths of ten years it renews itself, by the root, with the same key.
      world.memory.clock.advance(8 * 365.25 * DAY)
      await world.create('web')
      await path('web')
      await tick(world)
      const after = await world.held('corp-ca')
      assert.notEqual(after.version, before.version)
      assert.ok(after.x509.publicKey.equals(before.x509.publicKey))
      assert.match(await verify(), /: OK/)
      assert.equal(await world.authorityOf('corp-ca'), authority)
      const published = await world.certificates.getAuthorityCertificate(world.publisher, { vault: 'default', authority })
      assert.ok(after.x509.raw.equals(published.der))
    } finally {
      folder.remove()
    }
  })
})

describe('an authority that cannot issue', () => {
  it('says why in the operation, and the version before keeps working', async () => {
    const world = await AuthorityWorld.open()
    const { certificates, call } = world
    await world.create('web')
    const before = await world.held('web')
    await certificates.update(call, { certificate: ref('corp-ca'), enabled: false })
    assert.match(await problemOf(world, 'web'), /the certificate corp-ca is disabled; enable it first\.$/)
    assert.equal((await world.held('web')).version, before.version)
    await certificates.update(call, { certificate: ref('corp-ca'), enabled: true })
    await certificates.delete(call, { certificate: ref('corp-ca') })
    assert.match(await problemOf(world, 'web'), /corp-ca is not in this vault/)
    await certificates.recover(call, { certificate: ref('corp-ca') })
    assert.equal((await world.create('web')).status, 'completed')
    await certificates.revoke(call, { certificate: ref('corp-ca') })
    assert.match(await problemOf(world, 'web'), /corp-ca was revoked at/)
    await certificates.create(call, { certificate: ref('corp-ca') })
    assert.equal((await world.create('web')).status, 'completed')
    world.memory.clock.advance(11 * 365 * DAY)
    assert.match(await problemOf(world, 'web'), /corp-ca has expired at/)
  })

  it('makes no key in vain', async () => {
    const world = await AuthorityWorld.open()
    await world.certificates.update(world.call, { certificate: ref('corp-ca'), enabled: false })
    const before = world.memory.contents.bodies.size
    await problemOf(world, 'web')
    const made = [...world.memory.contents.bodies.keys()].filter((key) => key.includes('key-material'))
    assert.ok(world.memory.contents.bodies.size > before)
    assert.equal(made.filter((key) => key.includes('/web/')).length, 0)
  })

  it('does not issue its own certificate, nor one that its path length forbids', async () => {
    const world = await AuthorityWorld.open()
    const { certificates, call } = world
    const policy = { issuer: { name: 'corp' } }
    await certificates.updatePolicy(call, { certificate: ref('corp-root'), policy })
    const root = await certificates.create(call, { certificate: ref('corp-root') })
    assert.match(root.error ?? '', /corp-root is its authority itself/)
    assert.match(
      await problemOf(world, 'sub', { ca: { pathLength: 1 }, subject: 'CN=Sub CA' }),
      /the path length below corp-root must be less than 1/,
    )
    await world.create('sub', { ca: { pathLength: 0 }, subject: 'CN=Sub CA' })
    await certificates.delete(call, { certificate: ref('corp-root') })
    await world.set('second', 'sub')
    assert.match(
      await problemOf(world, 'deeper', { ca: {}, subject: 'CN=x', issuer: { name: 'second' } }),
      /sub may have no authority below it/,
    )
  })

  it('refuses a name that is none before anything is made', async () => {
    const world = await AuthorityWorld.open()
    await assert.rejects(world.create('web', { subject: 'no name' }))
    await assert.rejects(world.held('web'))
  })
})
