import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { pemOf } from '../../crypto/pem-of.ts'
import { isFault } from '../../fault.ts'
import { AuthorityWorld, ocspRequest, ref } from '../../testing/authority-world.ts'
import { OpensslFolder, withOpenssl } from '../../testing/openssl-folder.ts'
import { UnitOfWork } from '../../unit-of-work.ts'
import { revokedKey, type RevokedRecord } from './issued-record.ts'

const DAY = 86_400
const HOUR = 3_600

async function listOf(world: AuthorityWorld, name: string): Promise<Uint8Array> {
  const authority = await world.authorityOf(name)
  const { der } = await world.certificates.getRevocationList(world.publisher, { vault: 'default', authority })
  return der
}

/** Where a serial number stands in DER: an INTEGER of 20 octets. */
const has = (list: Uint8Array, serial: string): boolean =>
  Buffer.from(list).includes(Buffer.from(`0214${serial}`, 'hex'))

describe('the list of what an authority has revoked', () => {
  it('has what it has revoked, and of no other', async () => {
    const world = await AuthorityWorld.open()
    await world.create('web')
    await world.create('other')
    const [web, other, ca] = [await world.held('web'), await world.held('other'), await world.held('corp-ca')]
    assert.equal(has(await listOf(world, 'corp-ca'), web.serial), false)
    await world.certificates.revoke(world.call, { certificate: ref('web') })
    const list = await listOf(world, 'corp-ca')
    assert.deepEqual([has(list, web.serial), has(list, other.serial)], [true, false])
    await world.certificates.revoke(world.call, { certificate: ref('corp-ca') })
    const above = await listOf(world, 'corp-root')
    assert.deepEqual([has(above, ca.serial), has(above, web.serial)], [true, false])
  })

  it('holds for a day, and leaves out what has expired more than a day ago', async () => {
    const world = await AuthorityWorld.open()
    await world.create('web', { validityMonths: 1 })
    const { serial } = await world.held('web')
    await world.certificates.revoke(world.call, { certificate: ref('web') })
    const authority = await world.authorityOf('corp-ca')
    const now = Math.floor(world.memory.clock.now() / 1000)
    const list = await world.certificates.getRevocationList(world.publisher, { vault: 'default', authority })
    assert.deepEqual([list.thisUpdate, list.nextUpdate], [now - 300, now + DAY])
    world.memory.clock.advance(31 * DAY + DAY - 1)
    assert.equal(has(await listOf(world, 'corp-ca'), serial), true)
    world.memory.clock.advance(1)
    assert.equal(has(await listOf(world, 'corp-ca'), serial), false)
    // Whoever asks for it alone is still told.
    assert.equal((await world.ask('corp-ca', serial)).status, 'revoked')
  })

  it('is numbered higher each time that it may differ', async () => {
    const world = await AuthorityWorld.open()
    const numberOf = (list: Uint8Array): bigint => {
      const octets = Buffer.from(list)
      const at = octets.indexOf(Buffer.from('0603551d14', 'hex'))
      // OCTET STRING, then INTEGER, each with a length of one octet.
      const length = octets[at + 8] ?? 0
      return BigInt(`0x${octets.subarray(at + 9, at + 9 + length).toString('hex')}`)
    }
    const numbers = [numberOf(await listOf(world, 'corp-ca'))]
    for (const name of ['a', 'b']) {
      await world.create(name, { validityMonths: 1 })
      await world.certificates.revoke(world.call, { certificate: ref(name) })
      numbers.push(numberOf(await listOf(world, 'corp-ca')))
    }
    world.memory.clock.advance(1)
    numbers.push(numberOf(await listOf(world, 'corp-ca')))
    world.memory.clock.advance(60 * DAY)
    numbers.push(numberOf(await listOf(world, 'corp-ca')))
    assert.deepEqual(numbers, numbers.toSorted((a, b) => (a < b ? -1 : 1)))
    assert.equal(new Set(numbers).size, numbers.length)
  })

  it('is longer than a page of the store, too', async () => {
    const world = await AuthorityWorld.open()
    const authority = await world.authorityOf('corp-ca')
    const { store, seal, first } = world.memory
    const unit = new UnitOfWork(store, seal)
    const serials = Array.from({ length: 1_001 }, () => `40${randomBytes(19).toString('hex')}`)
    const meta = { at: 1_767_225_600, reason: 'superseded', notAfter: 1_800_000_000 } as const
    for (const serial of serials) {
      unit.create<RevokedRecord>(revokedKey(first.vault, authority, serial), { meta })
    }
    await store.commit(await unit.change([]))
    const list = await listOf(world, 'corp-ca')
    assert.ok(serials.every((serial) => has(list, serial)))
  })
})

describe('the state of a certificate', () => {
  it('is told by either hash of its authority, for an hour', async () => {
    const world = await AuthorityWorld.open()
    await world.create('web')
    const { serial } = await world.held('web')
    const now = Math.floor(world.memory.clock.now() / 1000)
    for (const hash of ['sha1', 'sha256'] as const) {
      const { status, nextUpdate } = await world.ask('corp-ca', serial, hash)
      assert.deepEqual([status, nextUpdate], ['good', now + HOUR])
    }
    const ca = await world.held('corp-ca')
    assert.equal((await world.ask('corp-root', ca.serial)).status, 'good')
  })

  it('is told by nobody else, and of nothing else', async () => {
    const world = await AuthorityWorld.open()
    await world.create('web')
    const { serial } = await world.held('web')
    const ca = await world.held('corp-ca')
    for (const unknown of ['01', `40${'00'.repeat(19)}`, 'ff'.repeat(21), '00'.repeat(64)]) {
      const answer = await world.ask('corp-ca', unknown)
      assert.deepEqual([answer.status, answer.nextUpdate], ['unauthorized', undefined])
    }
    assert.equal((await world.ask('corp-root', serial)).status, 'unauthorized')
    const authority = await world.authorityOf('corp-root')
    const input = { vault: 'default', authority, request: ocspRequest(ca.x509, serial) }
    const answer = await world.certificates.getOcspResponse(world.publisher, input)
    assert.equal(answer.status, 'unauthorized')
  })

  it('is asked after in a request of one certificate that is not too long', async () => {
    const world = await AuthorityWorld.open()
    const authority = await world.authorityOf('corp-ca')
    const { x509 } = await world.held('corp-ca')
    const whole = ocspRequest(x509, '01')
    const wrong = [
      new Uint8Array(0),
      Uint8Array.of(0x30, 0x00),
      Uint8Array.of(0x30, 0x80),
      whole.subarray(1),
      whole.subarray(0, whole.byteLength - 1),
      new Uint8Array(10_000).fill(0x30),
      Buffer.alloc(4_096, Buffer.from('3080', 'hex')),
      Buffer.alloc(4_096, Buffer.from('30820fff', 'hex')),
      x509.raw,
    ]
    for (const request of wrong) {
      const input = { vault: 'default', authority, request }
      const { status, nextUpdate } = await world.certificates.getOcspResponse(world.publisher, input)
      assert.deepEqual([status, nextUpdate], ['malformedRequest', undefined])
    }
  })
})

describe('an authority', () => {
  it('goes on to publish when it is disabled or has expired, and not when it is deleted', async () => {
    const world = await AuthorityWorld.open()
    const { certificates, call } = world
    await world.create('web')
    const authority = await world.authorityOf('corp-ca')
    await certificates.update(call, { certificate: ref('corp-ca'), enabled: false })
    assert.ok((await listOf(world, 'corp-ca')).byteLength > 0)
    await certificates.delete(call, { certificate: ref('corp-ca') })
    const input = { vault: 'default', authority, request: new Uint8Array(0) }
    const all = [certificates.getAuthorityCertificate, certificates.getRevocationList, certificates.getOcspResponse]
    for (const operation of all) {
      await assert.rejects(operation(world.publisher, input), (thrown) => isFault(thrown, 'ObjectNotFound'))
    }
    await certificates.recover(call, { certificate: ref('corp-ca') })
    for (const operation of all) await operation(world.publisher, input)
  })

  it('is published before it has issued anything', async () => {
    const world = await AuthorityWorld.open()
    await world.create('own', { issuer: { name: 'Self' }, ca: {} })
    await world.set('second', 'own')
    for (const name of ['corp-root', 'corp-ca', 'own']) {
      assert.ok((await listOf(world, name)).byteLength > 0)
      const authority = await world.authorityOf(name)
      const { der } = await world.certificates.getAuthorityCertificate(world.publisher, { vault: 'default', authority })
      assert.ok((await world.held(name)).x509.raw.equals(der))
    }
  })

  it('keeps what it has issued by a key that it no longer uses', async () => {
    const world = await AuthorityWorld.open()
    const { certificates, call } = world
    await world.create('web')
    const { serial } = await world.held('web')
    const { x509: before } = await world.held('corp-ca')
    const authority = await world.authorityOf('corp-ca')
    await certificates.updatePolicy(call, { certificate: ref('corp-ca'), policy: { reuseKey: false } })
    await certificates.create(call, { certificate: ref('corp-ca') })
    assert.notEqual(await world.authorityOf('corp-ca'), authority)
    await certificates.revoke(call, { vault: 'default', authority, serial })
    const input = { vault: 'default', authority, request: ocspRequest(before, serial) }
    assert.equal((await certificates.getOcspResponse(world.publisher, input)).status, 'revoked')
    const { der } = await certificates.getRevocationList(world.publisher, { vault: 'default', authority })
    assert.ok(has(der, serial))
    await world.create('web')
    assert.ok((await world.held('web')).x509.verify((await world.held('corp-ca')).x509.publicKey))
  })

  it('is looked for by its key alone, whatever stands in the URL', async () => {
    const world = await AuthorityWorld.open()
    const { count } = await world.memory.store.head()
    const authorities = ['', 'x', '..', 'a/b', 'F'.repeat(40), 'f'.repeat(40), 'é'.repeat(40), '0'.repeat(10_000)]
    for (const authority of authorities) {
      const input = { vault: 'default', authority, request: new Uint8Array(0) }
      await assert.rejects(world.certificates.getOcspResponse(world.publisher, input), (thrown) => isFault(thrown, 'ObjectNotFound'))
    }
    for (const entry of await world.memory.audit(count)) {
      assert.ok((entry.properties.id ?? '').length < 300)
    }
  })

  it('is believed by openssl, in its list and its answers', withOpenssl, async () => {
    const folder = new OpensslFolder()
    try {
      const world = await AuthorityWorld.bare('http://pki.example')
      // The command has a clock of its own for the dates of answers.
      const { clock } = world.memory
      clock.advance(Math.floor((Date.now() - clock.now()) / 1000))
      await world.set('corp')
      await world.create('web')
      await world.create('other')
      await world.certificates.revoke(world.call, { certificate: ref('web'), reason: 'superseded' })
      const pem = async (name: string): Promise<string> =>
        folder.file(`${name}.pem`, (await world.held(name)).x509.toString())
      const [root, ca, web, other] = [await pem('corp-root'), await pem('corp-ca'), await pem('web'), await pem('other')]
      const lists = []
      for (const name of ['corp-root', 'corp-ca']) {
        const list = pemOf('X509 CRL', await listOf(world, name))
        lists.push('-CRLfile', folder.file(`${name}.crl`, list))
      }
      const at = String(Math.floor(world.memory.clock.now() / 1000) + 60)
      const how = ['-x509_strict', '-crl_check_all', '-attime', at, '-CAfile', root, '-untrusted', ca, ...lists]
      assert.match(folder.run('verify', ...how, other), /: OK/)
      assert.throws(() => folder.run('verify', ...how, web), /certificate revoked/)
      for (const [path, name, said] of [[web, 'web', /: revoked\n[^]*superseded/], [other, 'other', /: good/]] as const) {
        const { der } = await world.ask('corp-ca', (await world.held(name)).serial)
        const answer = folder.file(`${name}.ocsp`, der)
        const about = ['-issuer', ca, '-cert', path, '-attime', at]
        const text = folder.run('ocsp', '-respin', answer, ...about, '-CAfile', root, '-verify_other', ca)
        assert.match(text, /Response verify OK/)
        assert.match(text, said)
        assert.doesNotMatch(text, /Status times invalid/)
      }
    } finally {
      folder.remove()
    }
  })
})
