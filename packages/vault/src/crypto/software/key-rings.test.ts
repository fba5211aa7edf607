import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Secret } from '../../seal/secret.ts'
import { handleOf } from '../../testing/provider/key-set.ts'
import type { KeyHandle, NewKey } from '../provider.ts'
import { SoftwareProvider } from './software-provider.ts'

const digest = new Uint8Array(32)

describe('the keys that the software provider holds', () => {
  let provider: SoftwareProvider
  let rsa: NewKey
  let ec: NewKey
  let oct: NewKey
  let sm2: NewKey
  let sm4: NewKey
  let hmac: NewKey
  before(async () => {
    provider = await SoftwareProvider.open()
    rsa = await provider.create({ type: 'RSA', bits: 2048, publicExponent: 65_537 })
    ec = await provider.create({ type: 'EC', curve: 'P-256' })
    oct = await provider.create({ type: 'oct', bits: 256 })
    sm2 = await provider.create({ type: 'EC', curve: 'SM2' })
    sm4 = await provider.create({ type: 'SM4', bits: 128 })
    hmac = await provider.create({ type: 'HMAC', bits: 256 })
  })
  after(() => provider.close())

  it('are loaded once for all who ask at the same moment, and again when they were destroyed', async () => {
    for (const [made, algorithm] of [[rsa, 'RS256'], [ec, 'ES256'], [sm2, 'SM2-SM3'], [oct, 'HS256']] as const) {
      let loads = 0
      const counted = handleOf(made)
      const handle: KeyHandle = { ...counted, load: () => (loads++, counted.load()) }
      await Promise.all(Array.from({ length: 20 }, () => provider.sign(handle, algorithm, digest)))
      assert.equal(loads, 1)
      await provider.destroy(handle)
      await provider.sign(handle, algorithm, digest)
      assert.equal(loads, 2)
    }
  })

  it('are not asked for to verify or to encrypt', async () => {
    const load = (): Promise<Secret> => assert.fail('the public half is enough')
    const [rsaHandle, ecHandle] = [handleOf(rsa), handleOf(ec)]
    const signatures = [
      await provider.sign(handleOf(rsa), 'PS256', digest),
      await provider.sign(handleOf(ec), 'ES256', digest),
    ] as const
    assert.ok(await provider.verify({ ...rsaHandle, load }, 'PS256', digest, signatures[0]))
    assert.ok(await provider.verify({ ...ecHandle, load }, 'ES256', digest, signatures[1]))
    await provider.encrypt({ ...rsaHandle, load }, 'RSA-OAEP', { plaintext: digest })
    await provider.wrap({ ...rsaHandle, load }, 'RSA-OAEP-256', { plaintext: digest })
    await provider.encrypt({ ...handleOf(sm2), load }, 'SM2PKE', { plaintext: digest })
  })

  it('are loaded once to encrypt and to make codes too', async () => {
    const uses = [
      [sm4, (key: KeyHandle) => provider.encrypt(key, 'SM4-GCM', { plaintext: digest })],
      [hmac, (key: KeyHandle) => provider.generateMac(key, 'HMAC-SM3', digest)],
    ] as const
    for (const [made, use] of uses) {
      let loads = 0
      const counted = handleOf(made)
      const handle: KeyHandle = { ...counted, load: () => (loads++, counted.load()) }
      await Promise.all(Array.from({ length: 20 }, () => use(handle)))
      assert.equal(loads, 1)
    }
  })

  it('are damaged records when they cannot be read, or are not what their handle says', async () => {
    const handle = handleOf(rsa)
    const { publicKey: _, ...without } = handle
    const larger = { type: 'RSA', bits: 4096, publicExponent: 65_537 } as const
    const noKey = async (): Promise<Secret> => new Secret(new Uint8Array(100))
    const damaged = [
      provider.sign({ ...handle, id: '1', load: noKey }, 'RS256', digest),
      provider.sign({ ...handle, id: '2', spec: larger }, 'RS256', digest),
      provider.verify({ ...handle, id: '3', spec: larger }, 'RS256', digest, digest),
      provider.encrypt({ ...without, id: '4' }, 'RSA-OAEP', { plaintext: digest }),
      provider.encrypt({ ...handle, id: '5', spec: larger }, 'RSA-OAEP', { plaintext: digest }),
      provider.sign({ ...handleOf(sm2), id: '6', load: noKey }, 'SM2-SM3', digest),
      provider.encrypt({ ...handleOf(ec), id: '7', spec: sm2.spec }, 'SM2PKE', { plaintext: digest }),
      provider.sign({ ...handleOf(ec), id: '8', spec: sm2.spec }, 'SM2-SM3', digest),
      provider.encrypt({ ...handleOf(hmac), id: '9', spec: sm4.spec }, 'SM4-GCM', { plaintext: digest }),
    ]
    for (const one of damaged) await assert.rejects(one, { code: 'RecordCorrupt' })
  })

  it('give the fault of a load that failed to all who waited for it', async () => {
    const gone = { ...handleOf(ec), load: () => Promise.reject(new Error('the store is away')) }
    const signing = [1, 2, 3].map(() => provider.sign(gone, 'ES256', digest))
    for (const one of signing) await assert.rejects(one, /the store is away/)
  })
})
