import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import type { KeySpec } from '../crypto/key-spec.ts'
import { sm2Digest } from '../crypto/sm2-digest.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import type { KeyVersion } from './key.ts'

const key = { vault: 'default', name: 'k' }

async function worldWith(spec: KeySpec): Promise<MemoryVault & { readonly made: KeyVersion }> {
  const world = await memoryVault()
  const made = await world.vault.keys.create(world.administrator, { key, hsm: false, spec })
  return { ...world, made }
}

describe('keys of kinds that JOSE does not know', () => {
  it('are made by their spec, for what they can do', async () => {
    const uses = [
      [{ type: 'EC', curve: 'SM2' }, ['encrypt', 'decrypt', 'sign', 'verify']],
      [{ type: 'SM4', bits: 128 }, ['encrypt', 'decrypt']],
      [{ type: 'HMAC', bits: 224 }, ['sign', 'verify']],
      [{ type: 'RSA', bits: 2048, publicExponent: 65_537 }, undefined],
    ] as const
    for (const [spec, operations] of uses) {
      const { made } = await worldWith(spec)
      assert.deepEqual(made.spec, spec)
      if (operations !== undefined) assert.deepEqual(made.keyOperations, operations)
    }
  })

  it('are refused in sizes that are not made, or for uses that they do not have', async () => {
    const { vault, administrator } = await memoryVault()
    for (const spec of [
      { type: 'HMAC', bits: 64 },
      { type: 'HMAC', bits: 130 },
      { type: 'RSA', bits: 1024, publicExponent: 65_537 },
    ] as const) {
      const refused = vault.keys.create(administrator, { key, hsm: false, spec })
      await assert.rejects(refused, { code: 'InvalidInput' })
    }
    for (const [spec, use] of [
      [{ type: 'SM4', bits: 128 }, 'sign'],
      [{ type: 'SM4', bits: 128 }, 'wrapKey'],
      [{ type: 'HMAC', bits: 256 }, 'encrypt'],
      [{ type: 'EC', curve: 'SM2' }, 'wrapKey'],
    ] as const) {
      const refused = vault.keys.create(administrator, { key, hsm: false, spec, keyOperations: [use] })
      await assert.rejects(refused, { code: 'InvalidInput' })
    }
  })

  it('are not asked for in JOSE’s words', async () => {
    const { vault, administrator } = await memoryVault()
    for (const wanted of [{ type: 'EC', curve: 'SM2' }, { type: 'SM4' }, { type: 'HMAC', bits: 256 }]) {
      const refused = vault.keys.create(administrator, { key, hsm: false, ...wanted })
      await assert.rejects(refused, { code: 'InvalidInput' })
    }
  })

  it('sign the digest of SM2 and encrypt for it, before and after a rotation', async () => {
    const { vault, administrator, made } = await worldWith({ type: 'EC', curve: 'SM2' })
    assert.ok(made.publicKey?.kty === 'EC' && made.publicKey.crv === 'SM2')
    const digest = sm2Digest(made.publicKey, Buffer.from('a message'))
    const algorithm = 'SM2-SM3'
    const { signature } = await vault.keys.sign(administrator, { key, algorithm, digest })
    const plaintext = randomBytes(40)
    const encrypted = await vault.keys.encrypt(administrator, {
      key,
      algorithm: 'SM2PKE',
      plaintext: new Secret(Buffer.from(plaintext)),
    })
    const rotated = await vault.keys.rotate(administrator, { key })
    assert.deepEqual(rotated.spec, made.spec)
    assert.notDeepEqual(rotated.publicKey, made.publicKey)
    const first = { ...key, version: made.version }
    const { valid } = await vault.keys.verify(administrator, { key: first, algorithm, digest, signature })
    assert.equal(valid, true)
    const opened = await vault.keys.decrypt(administrator, {
      key: first,
      algorithm: 'SM2PKE',
      ciphertext: encrypted.ciphertext,
    })
    assert.deepEqual(Buffer.from(opened.plaintext.reveal()), plaintext)
    const other = vault.keys.decrypt(administrator, { key, algorithm: 'SM2PKE', ciphertext: encrypted.ciphertext })
    await assert.rejects(other, { code: 'DecryptionFailed' })
  })

  it('encrypt by SM4, with an IV that is made where that is asked for', async () => {
    const { vault, administrator } = await worldWith({ type: 'SM4', bits: 128 })
    for (const algorithm of ['SM4-GCM', 'SM4-CBC-PAD', 'SM4-ECB-PAD'] as const) {
      const plaintext = new Secret(Buffer.from('a secret'))
      const wanted = { key, algorithm, plaintext, makesIv: true }
      const { key: _, algorithm: __, ...sealed } = await vault.keys.encrypt(administrator, wanted)
      const opened = await vault.keys.decrypt(administrator, { key, algorithm, ...sealed })
      assert.equal(Buffer.from(opened.plaintext.reveal()).toString(), 'a secret')
    }
    const aes = { key, algorithm: 'A128GCM', plaintext: new Secret(Buffer.alloc(8)) } as const
    await assert.rejects(vault.keys.encrypt(administrator, aes), { code: 'AlgorithmUnfit' })
  })
})
