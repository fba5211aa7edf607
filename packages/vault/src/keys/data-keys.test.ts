import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, generateKeyPairSync, privateDecrypt } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Provider } from '../crypto/provider.ts'
import { readPublicKey, type ReadPublicKey } from '../crypto/read-public-key.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { bindAll } from '../testing/provider/bind-all.ts'

const key = { vault: 'default', name: 'k' }
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

function recipientKey(): ReadPublicKey {
  const read = readPublicKey(publicKey.export({ type: 'spki', format: 'der' }))
  assert.ok(read !== undefined)
  return read
}

async function worldWithKey(wrap?: (provider: Provider) => Provider): Promise<MemoryVault> {
  const world = await memoryVault(wrap)
  await world.vault.keys.create(world.administrator, { key, type: 'oct', hsm: false })
  return world
}

describe('a data key for somebody', () => {
  const recipient = { key: recipientKey(), algorithm: 'RSA-OAEP-256' } as const
  const opened = (exported: Uint8Array): Buffer =>
    privateDecrypt({ key: privateKey, oaepHash: 'sha256' }, exported)

  it('is the octets, whether they or their base64 were encrypted', async () => {
    const { vault, administrator } = await worldWithKey()
    for (const form of ['octets', 'base64'] as const) {
      const wish = { key, algorithm: 'A256GCM', count: 32, form, recipient } as const
      const made = await vault.keys.generateDataKey(administrator, wish)
      const octets = Buffer.from(made.plaintext.reveal())
      assert.ok(made.exported !== undefined && made.iv !== undefined && made.tag !== undefined)
      assert.deepEqual(opened(made.exported), octets)
      const { ciphertext, iv, tag } = made
      const input = { key, algorithm: 'A256GCM', ciphertext, iv, tag, recipient } as const
      const { exported } = await vault.keys.exportDataKey(administrator, input)
      assert.deepEqual(opened(exported), octets)
    }
  })

  it('is refused where it does not fit the public key, or the algorithm does not', async () => {
    const { vault, administrator } = await worldWithKey()
    const wish = { key, algorithm: 'A256GCM', form: 'octets', recipient } as const
    const long = vault.keys.generateDataKey(administrator, { ...wish, count: 191 })
    await assert.rejects(long, { code: 'InvalidInput' })
    const unfit = { ...recipient, algorithm: 'SM2PKE' } as const
    const other = vault.keys.generateDataKey(administrator, { ...wish, count: 32, recipient: unfit })
    await assert.rejects(other, { code: 'AlgorithmUnfit' })
  })
})

describe('a pair of keys for somebody', () => {
  it('leaves nothing in the provider', async () => {
    const made: string[] = []
    const left: string[] = []
    const counting = (provider: Provider): Provider => ({
      ...bindAll(provider),
      create: async (spec) => {
        if (spec.type === 'EC') made.push(spec.curve)
        return await provider.create(spec)
      },
      destroy: async (handle) => {
        left.push(handle.spec.type)
        await provider.destroy(handle)
      },
    })
    const { vault, administrator } = await worldWithKey(counting)
    const pair = await vault.keys.generateDataKeyPair(administrator, {
      key,
      algorithm: 'A256GCM',
      pair: { type: 'EC', curve: 'SM2' },
      form: 'pem',
    })
    assert.deepEqual([made, left], [['SM2'], ['EC']])
    const pem = Buffer.from(pair.privateKey.reveal()).toString()
    const spki = createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' })
    assert.equal(Buffer.from(pair.publicKey).toString(), spki)
  })

  it('is not made for who may not, or by a key that may not', async () => {
    const { vault, administrator, stranger } = await worldWithKey()
    const wish = { key, algorithm: 'A256GCM', form: 'der' } as const
    const input = { ...wish, pair: { type: 'EC', curve: 'P-256' } } as const
    await assert.rejects(vault.keys.generateDataKeyPair(stranger, input), { code: 'AccessDenied' })
    await vault.keys.setEnabled(administrator, { key, enabled: false })
    const disabled = vault.keys.generateDataKeyPair(administrator, input)
    await assert.rejects(disabled, { code: 'ObjectDisabled' })
  })
})

it('a tag behind the ciphertext is taken apart from it', async () => {
  const { vault, administrator } = await worldWithKey()
  const plaintext = Secret.fromText('a secret')
  const wish = { key, algorithm: 'A256GCM' } as const
  const { ciphertext, iv, tag } = await vault.keys.encrypt(administrator, { ...wish, plaintext })
  assert.ok(iv !== undefined && tag !== undefined)
  const sealed = Buffer.concat([ciphertext, tag])
  const input = { ...wish, iv, tagBehind: true } as const
  const opened = await vault.keys.decrypt(administrator, { ...input, ciphertext: sealed })
  assert.equal(Buffer.from(opened.plaintext.reveal()).toString(), 'a secret')
  for (const cut of [new Uint8Array(), sealed.subarray(0, 15), sealed.subarray(1)]) {
    const refused = vault.keys.decrypt(administrator, { ...input, ciphertext: cut })
    await assert.rejects(refused, { code: 'DecryptionFailed' })
  }
})

it('an RSA key that no two odd primes make is no public key', () => {
  const der = publicKey.export({ type: 'spki', format: 'der' })
  const even = Buffer.from(der)
  even[der.length - 6] = (even[der.length - 6] ?? 0) & 0xfe
  assert.equal(readPublicKey(even), undefined)
  const exponent = Buffer.from(der)
  exponent[der.length - 1] = 0x02
  assert.equal(readPublicKey(exponent), undefined)
})
