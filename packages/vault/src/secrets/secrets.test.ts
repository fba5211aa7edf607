import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault, type FaultCode } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'

const NAME = 'db-password'
const ref = { vault: 'default', name: NAME }
const DAY = 86_400

function text(value: Secret): string {
  return Buffer.from(value.reveal()).toString('utf8')
}

async function set(world: MemoryVault, value: string, name = NAME, vault = 'default') {
  return world.vault.secrets.set(world.administrator, { secret: { vault, name }, value: Secret.fromText(value) })
}

async function get(world: MemoryVault, name = NAME, version?: string): Promise<string> {
  const secret = { vault: 'default', name, ...(version === undefined ? {} : { version }) }
  return text((await world.vault.secrets.get(world.administrator, { secret })).value)
}

function refused(code: FaultCode): (thrown: unknown) => boolean {
  return (thrown) => isFault(thrown, code)
}

describe('setting and getting', () => {
  it('makes a new current version each time and keeps the older ones', async () => {
    const world = await memoryVault()
    const first = await set(world, 'one')
    const second = await set(world, 'two')
    assert.match(first.version, /^[0-9a-f]{32}$/)
    assert.notEqual(first.version, second.version)
    assert.equal(await get(world), 'two')
    assert.equal(await get(world, NAME, first.version), 'one')
    assert.equal(await get(world, NAME, first.version.toUpperCase()), 'one')
  })

  it('finds a name in another case and keeps the spelling of the first', async () => {
    const world = await memoryVault()
    await set(world, 'one', 'DB-Password')
    const again = await set(world, 'two', 'db-PASSWORD')
    assert.equal(again.name, 'DB-Password')
    assert.equal(await get(world, 'db-password'), 'two')
  })

  it('keeps empty, multi-byte and full-size values octet by octet', async () => {
    const world = await memoryVault()
    for (const value of ['', '密码🔑', 'x'.repeat(25_600), '\u0000\n']) {
      await set(world, value)
      assert.equal(await get(world), value)
    }
  })

  it('refuses a value over 25,600 octets and keeps what was there', async () => {
    const world = await memoryVault()
    await set(world, 'one')
    await assert.rejects(set(world, 'é'.repeat(12_801)), refused('InvalidInput'))
    assert.equal(await get(world), 'one')
  })

  for (const name of ['', 'a b', 'a/b', '..', 'ä', 'a_b', 'x'.repeat(128), 'a\n']) {
    it(`refuses the name ${JSON.stringify(name)}`, async () => {
      const world = await memoryVault()
      await assert.rejects(set(world, 'one', name), refused('NameInvalid'))
    })
  }

  it('answers that a version which cannot exist is not found', async () => {
    const world = await memoryVault()
    await set(world, 'one')
    for (const version of ['abc123', '0'.repeat(32), '../x', 'x'.repeat(5000)]) {
      await assert.rejects(get(world, NAME, version), refused('ObjectNotFound'))
    }
  })

  it('refuses to give a disabled version and gives one that is expired or not yet valid', async () => {
    const world = await memoryVault()
    const { version } = await world.vault.secrets.set(world.administrator, {
      secret: ref, value: Secret.fromText('one'), notBefore: 1, expires: 2,
    })
    assert.equal(await get(world), 'one')
    await world.vault.secrets.update(world.administrator, { secret: { ...ref, version }, enabled: false })
    await assert.rejects(get(world), refused('ObjectDisabled'))
    await world.vault.secrets.update(world.administrator, { secret: ref, enabled: true })
    assert.equal(await get(world), 'one')
  })

  for (const [what, properties] of Object.entries({
    'expiry not after start': { notBefore: 5, expires: 5 },
    'a fraction of a second': { expires: 1.5 },
    'a negative time': { notBefore: -1 },
    'a time no client can read': { expires: 253_402_300_800 },
    'a content type that is too long': { contentType: 'x'.repeat(256) },
    'too many tags': { tags: Object.fromEntries(Array.from({ length: 16 }, (_, at) => [`t${at}`, ''])) },
    'a tag that is too long': { tags: { a: 'x'.repeat(513) } },
  })) {
    it(`refuses ${what}`, async () => {
      const world = await memoryVault()
      const input = { secret: ref, value: Secret.fromText('one'), ...properties }
      await assert.rejects(world.vault.secrets.set(world.administrator, input), refused('InvalidInput'))
      await assert.rejects(get(world), refused('ObjectNotFound'))
    })
  }
})

describe('updating', () => {
  it('changes what is given, keeps the rest, and replaces tags whole', async () => {
    const world = await memoryVault()
    await world.vault.secrets.set(world.administrator, {
      secret: ref, value: Secret.fromText('one'), contentType: 'a', tags: { a: '1', b: '2' },
    })
    world.clock.advance(10)
    const updated = await world.vault.secrets.update(world.administrator, { secret: ref, tags: { c: '3' } })
    assert.equal(updated.contentType, 'a')
    assert.deepEqual(updated.tags, { c: '3' })
    assert.equal(updated.updated - updated.created, 10)
    assert.equal(await get(world), 'one')
  })

  it('of an older version leaves the current one as it is', async () => {
    const world = await memoryVault()
    const first = await set(world, 'one')
    await set(world, 'two')
    await world.vault.secrets.update(world.administrator, { secret: { ...ref, version: first.version }, enabled: false })
    assert.equal(await get(world), 'two')
    await assert.rejects(get(world, NAME, first.version), refused('ObjectDisabled'))
  })

  it('holds the rules against what is already there', async () => {
    const world = await memoryVault()
    await world.vault.secrets.set(world.administrator, { secret: ref, value: Secret.fromText('one'), expires: 100 })
    await assert.rejects(
      world.vault.secrets.update(world.administrator, { secret: ref, notBefore: 200 }),
      refused('InvalidInput'),
    )
  })

  it('never says that something was updated before it was created, though the clock was set back', async () => {
    const world = await memoryVault()
    await set(world, 'one')
    world.clock.advance(-1000)
    const updated = await world.vault.secrets.update(world.administrator, { secret: ref, contentType: 'a' })
    assert.ok(updated.updated >= updated.created)
    assert.equal(await get(world), 'one')
  })
})

describe('listing', () => {
  it('pages through names in order, each once, without values', async () => {
    const world = await memoryVault()
    const names = Array.from({ length: 53 }, (_, at) => `name-${String(at).padStart(2, '0')}`)
    for (const name of names) await set(world, 'one', name)
    const seen: string[] = []
    let after: string | undefined
    do {
      const page = await world.vault.secrets.list(world.administrator, { vault: 'default', ...(after === undefined ? {} : { after }) })
      assert.ok(page.items.length <= 25)
      seen.push(...page.items.map((item) => item.name))
      after = page.next
    } while (after !== undefined)
    assert.deepEqual(seen, names)
  })

  it('lists all versions of one secret and no other', async () => {
    const world = await memoryVault()
    const versions: string[] = []
    for (let at = 0; at < 30; at++) versions.push((await set(world, 'one')).version)
    await set(world, 'other', `${NAME}-2`)
    const first = await world.vault.secrets.listVersions(world.administrator, ref)
    const second = await world.vault.secrets.listVersions(world.administrator, { ...ref, after: first.next ?? '' })
    assert.deepEqual([...first.items, ...second.items].map((item) => item.version), versions.toSorted())
    assert.equal(second.next, undefined)
  })

  for (const maximumResults of [0, -1, 26, 1.5, Number.NaN]) {
    it(`refuses a page of ${maximumResults}`, async () => {
      const world = await memoryVault()
      await assert.rejects(world.vault.secrets.list(world.administrator, { vault: 'default', maximumResults }), refused('InvalidInput'))
    })
  }

  it('refuses a marker it has not given', async () => {
    const world = await memoryVault()
    await assert.rejects(world.vault.secrets.list(world.administrator, { vault: 'default', after: '../../x' }), refused('InvalidInput'))
  })
})

describe('soft delete', () => {
  it('hides a secret, keeps its name, and brings it back with all versions', async () => {
    const world = await memoryVault()
    const first = await set(world, 'one')
    await set(world, 'two')
    const deleted = await world.vault.secrets.delete(world.administrator, { secret: ref })
    assert.equal(deleted.scheduledPurgeAt - deleted.deletedAt, 90 * DAY)
    await assert.rejects(get(world), refused('ObjectNotFound'))
    await assert.rejects(get(world, NAME, first.version), refused('ObjectNotFound'))
    await assert.rejects(set(world, 'three'), refused('ObjectInDeletedState'))
    await assert.rejects(world.vault.secrets.delete(world.administrator, { secret: ref }), refused('ObjectNotFound'))
    assert.equal((await world.vault.secrets.list(world.administrator, { vault: 'default' })).items.length, 0)
    assert.equal((await world.vault.secrets.listDeleted(world.administrator, { vault: 'default' })).items.length, 1)
    await world.vault.secrets.recover(world.administrator, { secret: ref })
    assert.equal(await get(world), 'two')
    assert.equal(await get(world, NAME, first.version), 'one')
    await assert.rejects(world.vault.secrets.recover(world.administrator, { secret: ref }), refused('DeletedObjectNotFound'))
  })

  it('purges every record of it and frees the name', async () => {
    const world = await memoryVault()
    const before = world.contents.bodies.size
    await set(world, 'one')
    await set(world, 'two')
    await world.vault.secrets.delete(world.administrator, { secret: ref })
    await world.vault.secrets.purge(world.administrator, { secret: ref })
    // The vault's data key stays; it was made for the first secret.
    assert.equal(world.contents.bodies.size, before + 1)
    await assert.rejects(world.vault.secrets.recover(world.administrator, { secret: ref }), refused('DeletedObjectNotFound'))
    await set(world, 'three')
    assert.equal(await get(world), 'three')
    const page = await world.vault.secrets.listVersions(world.administrator, ref)
    assert.equal(page.items.length, 1)
  })

  it('does not purge what is alive', async () => {
    const world = await memoryVault()
    await set(world, 'one')
    await assert.rejects(world.vault.secrets.purge(world.administrator, { secret: ref }), refused('DeletedObjectNotFound'))
    assert.equal(await get(world), 'one')
  })

  it('under purge protection waits for the retention, even for the administrator', async () => {
    const world = await memoryVault()
    await world.vault.vaults.update(world.administrator, { vault: 'default', purgeProtection: true })
    await set(world, 'one')
    await world.vault.secrets.delete(world.administrator, { secret: ref })
    await assert.rejects(world.vault.secrets.purge(world.administrator, { secret: ref }), refused('PurgeProtected'))
    await assert.rejects(
      world.vault.vaults.update(world.administrator, { vault: 'default', purgeProtection: false }),
      refused('InvalidInput'),
    )
    assert.equal((await world.vault.secrets.listDeleted(world.administrator, { vault: 'default' })).items.length, 1)
  })
})

describe('backup and restore', () => {
  it('restores name, versions, attributes and values in another vault', async () => {
    const world = await memoryVault()
    const first = await set(world, 'one')
    await world.vault.secrets.update(world.administrator, { secret: ref, tags: { a: '1' }, contentType: 'c' })
    await set(world, 'two')
    const blob = await world.vault.secrets.backup(world.administrator, { secret: ref })
    assert.ok(!Buffer.from(blob).toString('latin1').includes('two'))
    await world.vault.vaults.create(world.administrator, { name: 'other' })
    await world.vault.secrets.restore(world.administrator, { vault: 'other', blob: () => blob })
    const old = await world.vault.secrets.get(world.administrator, { secret: { vault: 'other', name: NAME, version: first.version } })
    assert.equal(text(old.value), 'one')
    assert.deepEqual(old.properties.tags, { a: '1' })
    const current = await world.vault.secrets.get(world.administrator, { secret: { vault: 'other', name: NAME } })
    assert.equal(text(current.value), 'two')
  })

  it('refuses a name that is in use, alive or deleted', async () => {
    const world = await memoryVault()
    await set(world, 'one')
    const blob = await world.vault.secrets.backup(world.administrator, { secret: ref })
    await assert.rejects(world.vault.secrets.restore(world.administrator, { vault: 'default', blob: () => blob }), refused('ObjectExists'))
    await world.vault.secrets.delete(world.administrator, { secret: ref })
    await assert.rejects(world.vault.secrets.restore(world.administrator, { vault: 'default', blob: () => blob }), refused('ObjectInDeletedState'))
  })

  it('refuses a blob that was changed anywhere, cut, empty, or made by another server', async () => {
    const world = await memoryVault()
    await set(world, 'one')
    const blob = Buffer.from(await world.vault.secrets.backup(world.administrator, { secret: ref }))
    await world.vault.vaults.create(world.administrator, { name: 'other' })
    const another = await memoryVault()
    await set(another, 'one')
    const damaged = [
      Buffer.alloc(0),
      Buffer.from('garbage'),
      blob.subarray(0, -1),
      Buffer.from(await another.vault.secrets.backup(another.administrator, { secret: ref })),
      ...[0, 5, 20, 60, blob.length - 1].map((at) => {
        const copy = Buffer.from(blob)
        copy[at] = (copy[at] ?? 0) ^ 1
        return copy
      }),
    ]
    for (const bytes of damaged) {
      await assert.rejects(world.vault.secrets.restore(world.administrator, { vault: 'other', blob: () => bytes }), refused('BackupInvalid'))
    }
  })
})

describe('a backup of somebody who may not restore', () => {
  it('is not even decoded', async () => {
    const world = await memoryVault()
    let decoded = 0
    const blob = (): Uint8Array => {
      decoded++
      return new Uint8Array()
    }
    const restoring = world.vault.secrets.restore(world.stranger, { vault: 'default', blob })
    await assert.rejects(restoring, refused('AccessDenied'))
    assert.equal(decoded, 0)
  })
})

describe('a backup that cannot be whole', () => {
  it('is refused when the secret is purged while it is made', async () => {
    const world = await memoryVault()
    await set(world, 'one')
    const list = world.store.list.bind(world.store)
    world.store.list = async (prefix, page) => {
      if (prefix.includes('/secret-version/')) {
        world.store.list = list
        await world.vault.secrets.delete(world.administrator, { secret: ref })
        await world.vault.secrets.purge(world.administrator, { secret: ref })
      }
      return list(prefix, page)
    }
    await assert.rejects(world.vault.secrets.backup(world.administrator, { secret: ref }), refused('ObjectNotFound'))
  })

  it('is refused when there are more than 500 versions, and 500 are restored', async () => {
    const world = await memoryVault()
    for (let count = 0; count < 500; count++) await set(world, String(count))
    const blob = await world.vault.secrets.backup(world.administrator, { secret: ref })
    await set(world, 'one too many')
    await assert.rejects(world.vault.secrets.backup(world.administrator, { secret: ref }), refused('InvalidInput'))
    await world.vault.vaults.create(world.administrator, { name: 'other' })
    await world.vault.secrets.restore(world.administrator, { vault: 'other', blob: () => blob })
    const { value } = await world.vault.secrets.get(world.administrator, { secret: { vault: 'other', name: NAME } })
    assert.equal(text(value), '499')
  })
})

describe('the secret of a certificate', () => {
  it('is listed and read, and cannot be set, updated, described, deleted or backed up by itself', async () => {
    const world = await memoryVault()
    await set(world, 'one')
    await world.markManaged(NAME)
    assert.equal(await get(world), 'one')
    const { vault, administrator } = world
    await assert.rejects(set(world, 'two'), refused('ObjectManaged'))
    await assert.rejects(vault.secrets.update(administrator, { secret: ref, enabled: false }), refused('ObjectManaged'))
    await assert.rejects(vault.secrets.delete(administrator, { secret: ref }), refused('ObjectManaged'))
    await assert.rejects(vault.secrets.backup(administrator, { secret: ref }), refused('ObjectManaged'))
    const annotated = vault.secrets.annotate(administrator, { secret: ref, description: 'of somebody else' })
    await assert.rejects(annotated, refused('ObjectManaged'))
  })
})

describe('two at once', () => {
  it('lose no version when many set the same secret', async () => {
    const world = await memoryVault()
    const made = await Promise.all(Array.from({ length: 40 }, (_, at) => set(world, `value ${at}`)))
    assert.equal(new Set(made.map((one) => one.version)).size, 40)
    const { current } = (await world.vault.secrets.get(world.administrator, { secret: ref }).then((one) => ({ current: one.properties })))
    assert.ok(made.some((one) => one.version === current.version))
    let count = 0
    let after: string | undefined
    do {
      const page = await world.vault.secrets.listVersions(world.administrator, { ...ref, ...(after === undefined ? {} : { after }) })
      count += page.items.length
      after = page.next
    } while (after !== undefined)
    assert.equal(count, 40)
  })
})
