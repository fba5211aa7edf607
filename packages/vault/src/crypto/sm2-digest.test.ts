import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { describe, it } from 'node:test'
import { SM2_STANDARD } from '../testing/known-answers/known-keys.ts'
import { handleOf } from '../testing/provider/key-set.ts'
import type { Sm2PublicKey } from './key-spec.ts'
import { publicKeyDer } from './public-key-der.ts'
import { sm2Digest, sm2Identity } from './sm2-digest.ts'
import { sm3 } from './sm3.ts'
import { derFromJoined } from './software/ecdsa-signature.ts'
import { SoftwareProvider } from './software/software-provider.ts'

const key: Sm2PublicKey = { kty: 'EC', crv: 'SM2', x: SM2_STANDARD.x ?? '', y: SM2_STANDARD.y ?? '' }

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex')
}

describe('SM3', () => {
  it('gives the two digests of GB/T 32905, appendix A', () => {
    const short = '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'
    assert.equal(hex(sm3(Buffer.from('abc'))), short)
    const long = 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'
    assert.equal(hex(sm3(Buffer.from('abcd'.repeat(16)))), long)
  })
})

describe('the digest that SM2 signs', () => {
  it('is that of GB/T 32918.5, appendix A.2', () => {
    const z = 'b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3'
    assert.equal(hex(sm2Identity(key)), z)
    const e = 'f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640'
    assert.equal(hex(sm2Digest(key, Buffer.from('message digest'))), e)
  })

  it('depends on who signs, whose id has at most what two octets count in bits', () => {
    const digests = [undefined, '', '1234567812345678', 'ALICE123@YAHOO.COM'].map((id) =>
      hex(sm2Digest(key, new Uint8Array(0), id === undefined ? undefined : Buffer.from(id))),
    )
    assert.equal(digests[0], digests[2])
    assert.equal(new Set(digests).size, 3)
    assert.equal(sm2Digest(key, new Uint8Array(0), new Uint8Array(8191)).byteLength, 32)
    assert.throws(() => sm2Digest(key, new Uint8Array(0), new Uint8Array(8192)), RangeError)
  })

  it('is what node:crypto verifies over the message, where nobody is named', async () => {
    const provider = await SoftwareProvider.open()
    const made = await provider.create({ type: 'EC', curve: 'SM2' })
    const { publicKey } = made
    assert.ok(publicKey?.kty === 'EC' && publicKey.crv === 'SM2')
    const nodeKey = createPublicKey({ key: publicKeyDer(publicKey), type: 'spki', format: 'der' })
    for (let round = 0; round < 20; round++) {
      const message = Buffer.from(`message ${round}`)
      // OpenSSL’s own way from a message names nobody: an id of no octets.
      const digest = sm2Digest(publicKey, message, new Uint8Array(0))
      const signature = await provider.sign(handleOf(made), 'SM2-SM3', digest)
      assert.ok(verify('sm3', message, nodeKey, derFromJoined(signature)))
    }
    provider.close()
  })
})
