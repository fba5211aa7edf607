import assert from 'node:assert/strict'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { it } from 'node:test'
import type { SignatureAlgorithm } from '../crypto/algorithms.ts'
import type { KeySpec } from '../crypto/key-spec.ts'
import { publicKeyDer } from '../crypto/public-key-der.ts'
import { joinedFromAnyDer } from '../crypto/software/ecdsa-signature.ts'
import { sm2Digest } from '../crypto/sm2-digest.ts'
import { memoryVault } from '../testing/memory-vault.ts'

const key = { vault: 'default', name: 'k' }
const message = Buffer.from('an order of 12 apples')

const SPECS: readonly (readonly [SignatureAlgorithm, KeySpec, string])[] = [
  ['RS256', { type: 'RSA', bits: 2048, publicExponent: 65_537 }, 'sha256'],
  ['PS512', { type: 'RSA', bits: 2048, publicExponent: 65_537 }, 'sha512'],
  ['ES256', { type: 'EC', curve: 'P-256' }, 'sha256'],
  ['ES512', { type: 'EC', curve: 'P-521' }, 'sha512'],
  ['ES256K', { type: 'EC', curve: 'secp256k1' }, 'sha256'],
  ['SM2-SM3', { type: 'EC', curve: 'SM2' }, 'sm3'],
  ['EdDSA', { type: 'OKP', curve: 'Ed25519' }, ''],
]

for (const [algorithm, spec, hash] of SPECS) {
  it(`${algorithm} signs a message as it signs the digest of it, in both forms`, async () => {
    const { vault, administrator } = await memoryVault()
    const made = await vault.keys.create(administrator, { key, hsm: false, spec })
    const { publicKey } = made
    const isSm2 = publicKey?.kty === 'EC' && publicKey.crv === 'SM2'
    const hashed = (): Uint8Array => createHash(hash).update(message).digest()
    const digest = isSm2 ? sm2Digest(publicKey, message) : hash === '' ? message : hashed()
    const wish = { key, algorithm } as const
    for (const form of ['joined', 'der'] as const) {
      const { signature } = await vault.keys.sign(administrator, { ...wish, message, form })
      for (const toSign of [{ message }, { digest }]) {
        const question = { ...wish, ...toSign, signature }
        const { valid } = await vault.keys.verify(administrator, { ...question, form })
        assert.equal(valid, true)
        if (spec.type !== 'EC') continue
        const other = form === 'der' ? 'joined' : 'der'
        const misread = await vault.keys.verify(administrator, { ...question, form: other })
        assert.equal(misread.valid, false)
      }
      if (spec.type !== 'EC' || form !== 'der' || isSm2 || publicKey === undefined) continue
      const spki = { key: publicKeyDer(publicKey), type: 'spki', format: 'der' } as const
      assert.ok(verify(hash, message, createPublicKey(spki), signature))
    }
  })
}

it('the two numbers of a signature are read from the one DER of them alone', () => {
  const octets = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex')
  const read = (text: string): string | undefined => {
    const joined = joinedFromAnyDer(octets(text), 2)
    return joined && Buffer.from(joined).toString('hex')
  }
  assert.equal(read('3006 020101 020102'), '00010002')
  assert.equal(read('3008 02020100 02020102'), '01000102')
  assert.equal(read('300a 0203008001 0203008002'), '80018002')
  for (const wrong of [
    '',
    '30',
    '3006 020101 0201',
    '3006 020101 020102 00',
    '3007 020101 020102 00',
    '3106 020101 020102',
    '3006 030101 020102',
    '308106 020101 020102',
    '3007 02020001 020102',
    '3007 0203010000 0100',
    '3003 020101',
    '3006 020181 020102',
    '3000',
  ]) {
    assert.equal(read(wrong), undefined, wrong)
  }
})
