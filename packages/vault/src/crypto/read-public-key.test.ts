import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { SM2_STANDARD } from '../testing/known-answers/known-keys.ts'
import { publicKeyDer } from './public-key-der.ts'
import { readPublicKey } from './read-public-key.ts'
import { SoftwareProvider } from './software/software-provider.ts'

describe('a public key in DER', () => {
  it('is read as the key that was written, on every curve and of every type', async () => {
    const provider = await SoftwareProvider.open()
    for (const spec of [
      { type: 'RSA', bits: 2048, publicExponent: 65_537 },
      { type: 'EC', curve: 'P-256' },
      { type: 'EC', curve: 'secp256k1' },
      { type: 'EC', curve: 'SM2' },
      { type: 'OKP', curve: 'Ed25519' },
    ] as const) {
      const { publicKey } = await provider.create(spec)
      assert.ok(publicKey !== undefined)
      assert.deepEqual(readPublicKey(publicKeyDer(publicKey)), { spec, publicKey })
    }
    provider.close()
  })

  it('is none when it is cut, has more after it, is off its curve, or of another kind', () => {
    const whole = publicKeyDer({ kty: 'EC', crv: 'SM2', x: SM2_STANDARD.x ?? '', y: SM2_STANDARD.y ?? '' })
    const off = Buffer.from(whole)
    off[90] = (off[90] ?? 0) ^ 1
    const der = { type: 'spki', format: 'der' } as const
    const { publicKey: brainpool } = generateKeyPairSync('ec', { namedCurve: 'brainpoolP256r1' })
    const { publicKey: short } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const { publicKey: odd } = generateKeyPairSync('rsa', { modulusLength: 2050 })
    const { publicKey: three } = generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 })
    const others = [
      Buffer.alloc(0),
      Buffer.alloc(91),
      whole.subarray(0, -1),
      Buffer.concat([whole, Buffer.alloc(1)]),
      off,
      ...[brainpool, short, odd, three].map((one) => one.export(der)),
    ]
    for (const other of others) assert.equal(readPublicKey(other), undefined)
  })
})
