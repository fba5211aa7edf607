import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault } from '../../fault.ts'
import { AuthorityWorld, ref } from '../../testing/authority-world.ts'

async function assertInvalid(answer: Promise<unknown>, property: string, reason: RegExp): Promise<void> {
  await assert.rejects(answer, (thrown) => {
    assert.ok(isFault(thrown, 'InvalidInput'), String(thrown))
    assert.equal(thrown.detail.property, property)
    assert.match(thrown.detail.reason, reason)
    return true
  })
}

describe('revoking', () => {
  it('says so at once in answers, and leaves the version as it is', async () => {
    const world = await AuthorityWorld.open()
    await world.create('web')
    const { serial, version } = await world.held('web')
    assert.equal((await world.ask('corp-ca', serial)).status, 'good')
    const { count } = await world.memory.store.head()
    const before = await world.memory.vault.view()
    const revoked = await world.certificates.revoke(world.call, {
      certificate: ref('web'),
      reason: 'KeyCompromise',
    })
    const now = Math.floor(world.memory.clock.now() / 1000)
    assert.deepEqual(revoked.revoked, { at: now, reason: 'keyCompromise' })
    assert.deepEqual([revoked.serial, revoked.version, revoked.issuer], [serial, version, 'corp'])
    assert.equal((await world.ask('corp-ca', serial)).status, 'revoked')
    // Whoever keeps lists and answers sees that they are old.
    assert.notEqual((await world.memory.vault.view()).epoch, before.epoch)
    const { properties } = await world.certificates.get(world.call, { certificate: ref('web') })
    assert.equal(properties.enabled, true)
    const [entry] = await world.memory.audit(count)
    assert.equal(entry?.operationName, 'CertificateRevoke')
    assert.match(entry?.properties.id ?? '', new RegExp(`certificates/web/${version}$`))
  })

  it('means the version that is named, or else the current one', async () => {
    const world = await AuthorityWorld.open()
    await world.create('web')
    const old = await world.held('web')
    await world.create('web')
    const current = await world.held('web')
    await world.certificates.revoke(world.call, { certificate: { ...ref('web'), version: old.version } })
    assert.equal((await world.ask('corp-ca', old.serial)).status, 'revoked')
    assert.equal((await world.ask('corp-ca', current.serial)).status, 'good')
    await world.certificates.revoke(world.call, { certificate: ref('web') })
    assert.equal((await world.ask('corp-ca', current.serial)).status, 'revoked')
  })

  it('goes by the serial number too, when the certificate is gone', async () => {
    const world = await AuthorityWorld.open()
    const { certificates, call } = world
    await world.create('web')
    const { serial } = await world.held('web')
    await certificates.delete(call, { certificate: ref('web') })
    await assert.rejects(certificates.revoke(call, { certificate: ref('web') }), (thrown) => isFault(thrown, 'ObjectNotFound'))
    await certificates.purge(call, { certificate: ref('web') })
    assert.equal((await world.ask('corp-ca', serial)).status, 'good')
    const authority = await world.authorityOf('corp-ca')
    const { count } = await world.memory.store.head()
    await certificates.revoke(call, {
      vault: 'default',
      authority: authority.toUpperCase(),
      serial: serial.toUpperCase(),
      reason: 'cessationOfOperation',
    })
    assert.equal((await world.ask('corp-ca', serial)).status, 'revoked')
    const [entry] = await world.memory.audit(count)
    assert.match(entry?.properties.id ?? '', new RegExp(`certificates/issued/${authority}/${serial}$`))
  })

  it('is done once, and for what an authority of the vault has issued', async () => {
    const world = await AuthorityWorld.open()
    const { certificates, call } = world
    const one = { certificate: ref('web') }
    await world.create('web')
    await certificates.revoke(call, { ...one, reason: 'superseded' })
    await assertInvalid(certificates.revoke(call, one), 'certificate-name', /^it was revoked at 2026-01-01T00:00:00\.000Z \(superseded\) already$/)
    await world.create('self', { issuer: { name: 'Self' } })
    await world.create('waiting', { issuer: { name: 'Unknown' } })
    for (const name of ['self', 'waiting', 'corp-root']) {
      await assertInvalid(certificates.revoke(call, { certificate: ref(name) }), 'certificate-name', /that an authority of this vault has issued/)
    }
    // In another vault nobody answers for it.
    await world.memory.vault.vaults.create(call, { name: 'extra' })
    const blob = await certificates.backup(call, one)
    await certificates.restore(call, { vault: 'extra', blob: () => blob })
    const elsewhere = { certificate: { vault: 'extra', name: 'web' } }
    await assertInvalid(certificates.revoke(call, elsewhere), 'certificate-name', /has issued$/)
    const authority = await world.authorityOf('corp-ca')
    const wrong = [
      [authority, '00'],
      [authority, ''],
      [authority, '../../x'],
      [authority, 'f'.repeat(42)],
      ['f'.repeat(40), '00'],
      ['', '00'],
      ['a/b', '00'],
    ] as const
    for (const [by, serial] of wrong) {
      const input = { vault: 'default', authority: by, serial }
      await assertInvalid(certificates.revoke(call, input), 'serial', /that an authority of this vault has issued/)
    }
  })

  it('takes the reasons that are for good, and no others', async () => {
    const world = await AuthorityWorld.open()
    await world.create('web')
    for (const reason of ['certificateHold', 'removeFromCRL', 'toString', '__proto__', '', '1']) {
      await assertInvalid(world.certificates.revoke(world.call, { certificate: ref('web'), reason }), 'reason', /keyCompromise/)
    }
  })

  it('by two at the same time is done by one of them', async () => {
    const world = await AuthorityWorld.open()
    await world.create('web')
    const { serial } = await world.held('web')
    const authority = await world.authorityOf('corp-ca')
    const results = await Promise.allSettled([
      world.certificates.revoke(world.call, { certificate: ref('web') }),
      world.certificates.revoke(world.call, { vault: 'default', authority, serial }),
    ])
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
  })
})

describe('what was issued', () => {
  it('is listed in pages, of all authorities or one', async () => {
    const world = await AuthorityWorld.open()
    for (let made = 0; made < 7; made++) await world.create(`web-${made}`)
    await world.certificates.revoke(world.call, { certificate: ref('web-3') })
    const all: string[] = []
    const names: string[] = []
    let after: string | undefined
    do {
      const page = await world.certificates.listIssued(world.call, {
        vault: 'default',
        maximumResults: 3,
        ...(after === undefined ? {} : { after }),
      })
      all.push(...page.items.map(({ authority, serial }) => `${authority}.${serial}`))
      names.push(...page.items.map(({ name }) => name))
      after = page.next
    } while (after !== undefined)
    assert.deepEqual(all, all.toSorted())
    assert.equal(new Set(all).size, 8)
    const webs = Array.from({ length: 7 }, (_, at) => `web-${at}`)
    assert.deepEqual(names.toSorted(), ['corp-ca', ...webs])
    const root = await world.authorityOf('corp-root')
    const byRoot = await world.certificates.listIssued(world.call, { vault: 'default', authority: root })
    assert.deepEqual(byRoot.items.map(({ name }) => name), ['corp-ca'])
    const by = await world.authorityOf('corp-ca')
    const { items } = await world.certificates.listIssued(world.call, { vault: 'default', authority: by })
    assert.deepEqual(items.filter(({ revoked }) => revoked !== undefined).map(({ name }) => name), ['web-3'])
    for (const marker of ['', 'x', `${root}.00`, `${by}.00.00`, `${by}.zz`]) {
      const input = { vault: 'default', authority: by, after: marker }
      await assertInvalid(world.certificates.listIssued(world.call, input), 'after', /as it was given/)
    }
    await assertInvalid(world.certificates.listIssued(world.call, { vault: 'default', authority: 'x' }), 'authority', /key id/)
  })
})
