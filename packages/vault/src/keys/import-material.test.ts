import assert from 'node:assert/strict'
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Provider } from '../crypto/provider.ts'
import { systemCall } from '../directory/authenticate-system.ts'
import { isFault, type FaultCode } from '../fault.ts'
import { runDue } from '../scheduler.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { bindAll } from '../testing/provider/bind-all.ts'
import type { ImportWrapping } from './import-parameters.ts'

const key = { vault: 'default', name: 'brought' }
const material = randomBytes(32)
const DAY = 86_400

async function withExternal(wrap?: (provider: Provider) => Provider): Promise<MemoryVault> {
  const world = await memoryVault(wrap)
  const { vault, administrator } = world
  await vault.keys.create(administrator, { key, hsm: true, type: 'oct', external: true })
  return world
}

async function parameters({ vault, administrator }: MemoryVault, wrapping: ImportWrapping = 'RSA-OAEP-256', of = key) {
  const { publicKey, token } = await vault.keys.getImportParameters(administrator, { key: of, wrapping })
  return { token, wrapping: createPublicKey({ key: { ...publicKey }, format: 'jwk' }) }
}

async function bring(world: MemoryVault, octets: Uint8Array = material, expires?: number): Promise<void> {
  const { token, wrapping } = await parameters(world)
  const encrypted = publicEncrypt({ key: wrapping, oaepHash: 'sha256' }, octets)
  await world.vault.keys.importMaterial(world.administrator, {
    key, token, encrypted, ...(expires === undefined ? {} : { expires }),
  })
}

const encrypt = ({ vault, administrator }: MemoryVault) =>
  vault.keys.encrypt(administrator, { key, algorithm: 'A256GCM', plaintext: Secret.fromText('text') })

function refused(promise: Promise<unknown>, code: FaultCode): Promise<void> {
  return assert.rejects(promise, (thrown) => isFault(thrown, code))
}

describe('a key whose material comes from elsewhere', () => {
  it('cannot be used before, and then is the key that was brought', async () => {
    const world = await withExternal()
    await refused(encrypt(world), 'KeyAwaitsMaterial')
    await bring(world)
    const { vault, administrator } = world
    const { ciphertext, iv, tag } = await encrypt(world)
    assert.ok(iv !== undefined && tag !== undefined)
    await vault.keys.import(administrator, { key: { ...key, name: 'same' }, hsm: true, numbers: { kty: 'oct', k: Uint8Array.from(material) } })
    const same = { key: { ...key, name: 'same' }, algorithm: 'A256GCM', ciphertext, iv, tag } as const
    const { plaintext } = await vault.keys.decrypt(administrator, same)
    assert.equal(Buffer.from(plaintext.reveal()).toString(), 'text')
  })

  for (const [wrapping, padding] of [
    ['RSA1_5', { padding: constants.RSA_PKCS1_PADDING }],
    ['RSA-OAEP', { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }],
  ] as const) {
    it(`is brought under ${wrapping}`, async () => {
      const world = await withExternal()
      const { token, wrapping: publicKey } = await parameters(world, wrapping)
      const encrypted = publicEncrypt({ key: publicKey, ...padding }, material)
      await world.vault.keys.importMaterial(world.administrator, { key, token, encrypted })
      await encrypt(world)
    })
  }

  it('keeps its version when its material goes and comes again, and takes no other', async () => {
    const world = await withExternal()
    const { vault, administrator } = world
    await bring(world)
    const { version } = await vault.keys.get(administrator, { key })
    await vault.keys.deleteMaterial(administrator, { key })
    await refused(encrypt(world), 'KeyAwaitsMaterial')
    await refused(bring(world, randomBytes(32)), 'KeyInvalid')
    await bring(world)
    await bring(world)
    assert.equal((await vault.keys.get(administrator, { key })).version, version)
    await encrypt(world)
  })

  it('loses it at the time that was said', async () => {
    const world = await withExternal()
    const { vault, clock, store, seal } = world
    const expires = Math.floor(clock.now() / 1000) + DAY
    await bring(world, material, expires)
    clock.advance(DAY - 1)
    await encrypt(world)
    clock.advance(1)
    await refused(encrypt(world), 'KeyAwaitsMaterial')
    await runDue({ store, seal, clock }, vault, (tenant) => systemCall('scheduler', tenant))
    assert.ok(![...world.contents.bodies.keys()].some((one) => one.includes('/key-material/brought')))
    await refused(bring(world, material, expires), 'InvalidInput')
    await bring(world)
    await encrypt(world)
  })

  it('keeps what was brought again before that time, though its end was already to be looked at', async () => {
    const world = await withExternal()
    const { vault, administrator, clock } = world
    await bring(world, material, Math.floor(clock.now() / 1000) + DAY)
    clock.advance(DAY - 1)
    await bring(world)
    clock.advance(1)
    const before = await vault.keys.get(administrator, { key })
    await vault.keys.deleteMaterial(administrator, { key, expired: true })
    assert.deepEqual(await vault.keys.get(administrator, { key }), before)
    await encrypt(world)
    const later = Math.floor(clock.now() / 1000) + DAY
    await bring(world, material, later)
    await vault.keys.deleteMaterial(administrator, { key, expired: true })
    await encrypt(world)
    clock.advance(DAY)
    await vault.keys.deleteMaterial(administrator, { key, expired: true })
    await refused(encrypt(world), 'KeyAwaitsMaterial')
  })

  it('is destroyed in the provider when it is deleted or takes the place of another', async () => {
    const destroyed: string[] = []
    const world = await withExternal((provider) => ({
      ...bindAll(provider),
      destroy: (handle) => {
        destroyed.push(handle.id)
        return provider.destroy(handle)
      },
    }))
    const { vault, administrator } = world
    // Wrapping keys of the tokens have ids of their own kind.
    const ofKeys = (): readonly string[] => destroyed
        .filter((id) => !id.startsWith('key-import/'))
        .map((id) => id.split('/').at(-1) ?? '')
    const current = async (): Promise<string> =>
      (await vault.keys.get(administrator, { key })).materialId
    await bring(world)
    assert.deepEqual(ofKeys(), [])
    const first = await current()
    await bring(world)
    assert.deepEqual(ofKeys(), [first])
    const second = await current()
    assert.notEqual(second, first)
    await vault.keys.deleteMaterial(administrator, { key })
    assert.deepEqual(ofKeys(), [first, second])
    await bring(world)
    const third = await current()
    const { token, wrapping } = await parameters(world)
    const encrypted = publicEncrypt({ key: wrapping, oaepHash: 'sha256' }, material)
    world.failCommits()
    await refused(vault.keys.importMaterial(administrator, { key, token, encrypted }), 'StoreUnavailable')
    // What was made for the call is, and what it would have taken the place of is not.
    assert.equal(ofKeys().length, 3)
    assert.ok(!ofKeys().includes(third))
  })

  it('takes a token of its own alone, for a day', async () => {
    const world = await withExternal()
    const { vault, administrator, clock } = world
    const other = { ...key, name: 'other' }
    await vault.keys.create(administrator, { key: other, hsm: true, type: 'oct', external: true })
    const { token, wrapping } = await parameters(world, 'RSA-OAEP-256', other)
    const encrypted = publicEncrypt({ key: wrapping, oaepHash: 'sha256' }, material)
    await refused(vault.keys.importMaterial(administrator, { key, token, encrypted }), 'ImportTokenInvalid')
    const broken = Uint8Array.from(token)
    broken.set([(broken.at(-1) ?? 0) ^ 1], broken.length - 1)
    for (const bad of [broken, new Uint8Array(), new Uint8Array(40)]) {
      await refused(vault.keys.importMaterial(administrator, { key: other, token: bad, encrypted }), 'ImportTokenInvalid')
    }
    const foreign = vault.keys.importMaterial(administrator, { key: other, token, encrypted: randomBytes(256) })
    await refused(foreign, 'KeyInvalid')
    await refused(vault.keys.importMaterial(administrator, { key: other, token, encrypted: randomBytes(5) }), 'KeyInvalid')
    clock.advance(DAY)
    await refused(vault.keys.importMaterial(administrator, { key: other, token, encrypted }), 'ImportTokenInvalid')
  })

  it('must have the length of the key', async () => {
    const world = await withExternal()
    for (const bytes of [16, 31, 33]) await refused(bring(world, randomBytes(bytes)), 'KeyInvalid')
  })

  it('is not rotated, and no other key has its material imported', async () => {
    const world = await withExternal()
    const { vault, administrator } = world
    await bring(world)
    await refused(vault.keys.rotate(administrator, { key }), 'KeyNotRotatable')
    await refused(vault.keys.create(administrator, { key, hsm: true, type: 'oct' }), 'KeyNotRotatable')
    const own = { ...key, name: 'own' }
    await vault.keys.create(administrator, { key: own, hsm: true, type: 'oct' })
    await refused(vault.keys.getImportParameters(administrator, { key: own, wrapping: 'RSA1_5' }), 'KeyNotExternal')
    await refused(vault.keys.deleteMaterial(administrator, { key: own }), 'KeyNotExternal')
  })
})
