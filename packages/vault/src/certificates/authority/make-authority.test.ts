import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { describe, it } from 'node:test'
import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import { Fault, isFault, type FaultCode } from '../../fault.ts'
import { AuthorityWorld, ref } from '../../testing/authority-world.ts'

const issuer = { issuer: ref('corp') }

/** Counts what is made, and remembers what is destroyed. */
function counted(provider: Provider): Provider & { made: number; readonly destroyed: KeyHandle[] } {
  const counter = {
    made: 0,
    destroyed: [] as KeyHandle[],
    create: (spec: Parameters<Provider['create']>[0]) => {
      counter.made++
      return provider.create(spec)
    },
    destroy: (key: KeyHandle) => {
      counter.destroyed.push(key)
      return provider.destroy(key)
    },
  }
  return new Proxy(counter, {
    get: (target, name) => {
      if (name in target) return Reflect.get(target, name) as unknown
      const method: unknown = Reflect.get(provider, name)
      return typeof method === 'function' ? method.bind(provider) : method
    },
  }) as unknown as Provider & typeof counter // the counter, and the provider for all the rest
}

async function assertFault(answer: Promise<unknown>, code: FaultCode, detail?: object): Promise<void> {
  await assert.rejects(answer, (thrown) => {
    assert.ok(isFault(thrown, code), String(thrown))
    if (detail !== undefined) assert.deepEqual({ ...thrown.detail, ...detail }, thrown.detail)
    return true
  })
}

function storedNames({ memory }: AuthorityWorld): readonly string[] {
  return [...memory.contents.bodies.keys()].filter((key) => key.includes('/corp'))
}

describe('an issuer of the provider Claviger', () => {
  it('gets a root and a certificate below it, in one commit', async () => {
    const world = await AuthorityWorld.bare()
    const { count } = await world.memory.store.head()
    const set = await world.set('corp', undefined, 'Example, Ltd')
    assert.deepEqual(set.authority, { certificate: 'corp-ca', root: 'corp-root' })
    const entries = await world.memory.audit(count)
    assert.deepEqual(entries.map(({ operationName }) => operationName), ['CertificateIssuerSet'])

    const root = await world.held('corp-root')
    const ca = await world.held('corp-ca')
    assert.equal(root.x509.subject, 'CN=Example\\, Ltd Root CA')
    assert.equal(ca.x509.subject, 'CN=Example\\, Ltd CA')
    assert.ok(root.x509.checkIssued(root.x509) && root.x509.verify(root.x509.publicKey))
    assert.ok(ca.x509.checkIssued(root.x509) && ca.x509.verify(root.x509.publicKey))
    assert.ok(root.x509.ca && ca.x509.ca)
    assert.equal(root.x509.validTo, 'Jan  1 00:00:00 2046 GMT')
    assert.equal(ca.x509.validTo, 'Jan  1 00:00:00 2036 GMT')
    assert.deepEqual([root.chain.length, ca.chain.length], [1, 1])
    for (const name of ['corp-root', 'corp-ca']) {
      const key = await world.memory.vault.keys.get(world.call, { key: ref(name) })
      assert.deepEqual(key.spec, { type: 'EC', curve: 'P-384' })
      assert.equal(key.managed, true)
      const { value } = await world.memory.vault.secrets.get(world.call, { secret: ref(name) })
      const pem = Buffer.from(value.reveal()).toString()
      assert.match(pem, /BEGIN CERTIFICATE/)
      assert.doesNotMatch(pem, /PRIVATE KEY/)
    }
    const { policy } = await world.certificates.get(world.call, { certificate: ref('corp-ca') })
    assert.deepEqual(policy.x509.ca, { pathLength: 0 })
    assert.deepEqual(policy.x509.keyUsage, ['keyCertSign', 'cRLSign'])
    assert.deepEqual(policy.x509.ekus, [])
    assert.deepEqual([policy.exportable, policy.reuseKey, policy.issuer], [false, true, { name: 'corp' }])
    assert.deepEqual(policy.lifetimeActions, [{ action: 'AutoRenew', lifetimePercentage: 80 }])
  })

  it('keeps its authority when it is set again, or changed', async () => {
    const world = await AuthorityWorld.open()
    const before = await world.authorityOf('corp-ca')
    const again = await world.set('CORP', undefined, 'Another')
    assert.deepEqual(again.authority, { certificate: 'corp-ca', root: 'corp-root' })
    await world.certificates.updateIssuer(world.call, { ...issuer, organisationId: 'Third' })
    const named = await world.certificates.updateIssuer(world.call, { ...issuer, accountId: 'CORP-ca' })
    assert.deepEqual(named.authority, { certificate: 'corp-ca', root: 'corp-root' })
    assert.equal(await world.authorityOf('corp-ca'), before)
    const { items } = await world.certificates.listVersions(world.call, ref('corp-ca'))
    assert.equal(items.length, 1)
  })

  it('can be changed though its authority is out of order', async () => {
    const world = await AuthorityWorld.open()
    await world.certificates.updateIssuer(world.call, { ...issuer, accountId: 'corp-ca' })
    await world.certificates.update(world.call, { certificate: ref('corp-ca'), enabled: false })
    const off = await world.certificates.updateIssuer(world.call, { ...issuer, enabled: false })
    assert.equal(off.enabled, false)
  })

  it('loses its authority with the provider, and one that becomes Claviger gets one', async () => {
    const world = await AuthorityWorld.open()
    const other = await world.certificates.updateIssuer(world.call, { ...issuer, provider: 'Other' })
    assert.equal(other.authority, undefined)
    const back = await world.certificates.updateIssuer(world.call, {
      ...issuer,
      provider: 'CLAVIGER',
      accountId: 'corp-ca',
    })
    assert.deepEqual(back.authority, { certificate: 'corp-ca', root: 'corp-root' })
    const late = { issuer: ref('late') }
    await world.certificates.setIssuer(world.call, { ...late, provider: 'Other' })
    const made = await world.certificates.updateIssuer(world.call, { ...late, provider: 'Claviger' })
    assert.deepEqual(made.authority, { certificate: 'late-ca', root: 'late-root' })
  })

  it('leaves its certificates when it is deleted, and another one may name them', async () => {
    const world = await AuthorityWorld.open()
    await world.certificates.deleteIssuer(world.call, issuer)
    assert.ok((await world.held('corp-ca')).x509.ca)
    await assertFault(world.set('corp'), 'NameTaken', { kind: 'certificate', name: 'corp-root' })
    const again = await world.set('corp', 'corp-ca')
    assert.deepEqual(again.authority, { certificate: 'corp-ca', root: 'corp-root' })
    assert.equal((await world.create('web')).status, 'completed')
  })

  it('is not made where a name that it needs is taken, and nothing is left of it', async () => {
    const taken = await AuthorityWorld.bare()
    const { keys } = taken.memory.vault
    await keys.create(taken.call, { key: ref('corp-ca'), type: 'EC', hsm: false })
    const before = storedNames(taken)
    await assertFault(taken.set('corp'), 'NameTaken', { kind: 'key', name: 'corp-ca' })
    assert.deepEqual(storedNames(taken), before)

    const deleted = await AuthorityWorld.bare()
    await deleted.create('corp-root', { issuer: { name: 'Self' } })
    await deleted.certificates.delete(deleted.call, { certificate: ref('corp-root') })
    await assertFault(deleted.set('corp'), 'ObjectInDeletedState', { name: 'corp-root' })
  })

  it('has a name that fits into a certificate, whatever the organisation is called', async () => {
    const world = await AuthorityWorld.bare()
    await world.set('long', undefined, 'ü'.repeat(200))
    const { x509 } = await world.held('long-root')
    assert.equal(x509.subject, `CN=${'ü'.repeat(56)} Root CA`)
    await world.set('odd', undefined, '#a+b="c";<d>\\ ')
    assert.match((await world.held('odd-root')).x509.subject, /Root CA$/)
    await world.set('empty', undefined, '')
    assert.equal((await world.held('empty-ca')).x509.subject, 'CN=empty CA')
  })

  it('has both keys destroyed when its commit fails', async () => {
    let provider: ReturnType<typeof counted> | undefined
    const world = await AuthorityWorld.bare(undefined, (inner) => (provider = counted(inner)))
    world.memory.failCommits()
    await assert.rejects(world.set('corp'))
    assert.equal(provider?.made, 2)
    assert.equal(provider.destroyed.length, 2)
  })

  it('makes its keys once when another change comes between', async () => {
    let provider: ReturnType<typeof counted> | undefined
    const world = await AuthorityWorld.bare(undefined, (inner) => (provider = counted(inner)))
    const { store } = world.memory
    const commit = store.commit.bind(store)
    store.commit = async (change) => {
      store.commit = commit
      assert.ok(change.puts.length > 0)
      throw new Fault('Conflict', {})
    }
    await world.set('corp')
    assert.equal(provider?.made, 2)
    assert.equal(provider.destroyed.length, 0)
    assert.equal((await world.create('web')).status, 'completed')
  })
})

describe('an authority that is named', () => {
  it('must be a certificate that may sign others now', async () => {
    const world = await AuthorityWorld.open()
    const { certificates, call } = world
    const refused = async (accountId: string, reason: RegExp): Promise<void> => {
      await assert.rejects(world.set('own', accountId), (thrown) => {
        assert.ok(isFault(thrown, 'InvalidInput'), String(thrown))
        assert.equal(thrown.detail.property, 'credentials.account_id')
        assert.match(thrown.detail.reason, reason)
        return true
      })
      await assert.rejects(certificates.getIssuer(call, { issuer: ref('own') }))
    }
    await refused('absent', /^the certificate absent is not in this vault/)
    await refused('not a name', /not in this vault/)
    await refused('', /not in this vault/)
    await world.create('web', { issuer: { name: 'Self' } })
    await refused('web', /basic constraints must say CA/)
    const ca = { issuer: { name: 'Self' }, ca: {}, validityMonths: 1 } as const
    await world.create('waiting', { ...ca, issuer: { name: 'Unknown' } })
    await refused('waiting', /waits for its own issuer/)
    await world.create('off', ca)
    await certificates.update(call, { certificate: ref('off'), enabled: false })
    await refused('off', /is disabled/)
    await world.create('gone', ca)
    await certificates.delete(call, { certificate: ref('gone') })
    await refused('gone', /recover it/)
    await world.create('old', ca)
    world.memory.clock.advance(40 * 86_400)
    await refused('old', /has expired at 2026-02-01T00:00:00\.000Z/)
    await certificates.revoke(call, { certificate: ref('corp-ca') })
    await refused('corp-ca', /was revoked at/)
  })

  it('may be a root that was imported, which stands in no chain', async () => {
    const source = await AuthorityWorld.bare()
    await source.create('root', { issuer: { name: 'Self' }, ca: {}, contentType: 'application/x-pem-file' })
    const { value } = await source.memory.vault.secrets.get(source.call, { secret: ref('root') })
    const world = await AuthorityWorld.bare('http://pki.example/')
    await world.certificates.import(world.call, { certificate: ref('own-root'), value })
    const set = await world.set('corp', 'OWN-root')
    assert.deepEqual(set.authority, { certificate: 'own-root' })
    const { policy } = await world.certificates.get(world.call, { certificate: ref('own-root') })
    assert.deepEqual(policy.x509.ca, {})
    assert.equal((await world.create('web')).status, 'completed')
    const web = await world.held('web')
    assert.equal(web.chain.length, 1)
    assert.ok(web.x509.verify((await world.held('own-root')).x509.publicKey))
    assert.ok(web.x509.checkIssued((await world.held('own-root')).x509))
    await assert.rejects(world.held('corp-ca'))
    const authority = await world.authorityOf('own-root')
    const published = await world.certificates.getAuthorityCertificate(world.publisher, { vault: 'default', authority })
    assert.ok(new X509Certificate(published.der).ca)
  })
})
