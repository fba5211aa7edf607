import assert from 'node:assert/strict'
import {
  constants,
  createCipheriv,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  randomBytes,
  sign,
} from 'node:crypto'
import { describe, it } from 'node:test'
import { type KeyCurveName, SIGNATURES, type SignatureAlgorithm } from './algorithms.ts'
import { CryptographyClient } from './cryptography-client.ts'
import type { JsonWebKey } from './key-models.ts'

// What is done here is held against Node's own cryptography, in both directions.

const message = new TextEncoder().encode('what is signed')

function publicPart(key: KeyObject): JsonWebKey {
  const jwk = key.export({ format: 'jwk' })
  const octets = (text: string | undefined): Uint8Array =>
    new Uint8Array(Buffer.from(text ?? '', 'base64url'))
  const { kty, crv } = jwk
  if (kty === 'RSA') return { kty: 'RSA', n: octets(jwk.n), e: octets(jwk.e) }
  return { kty: 'EC', crv: crv as KeyCurveName, x: octets(jwk.x), y: octets(jwk.y) }
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const curves = {
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  ES384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  ES512: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
}

describe('a key at hand', () => {
  const cases: readonly (readonly [
    SignatureAlgorithm,
    { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  ])[] = [
    ['RS256', rsa],
    ['RS384', rsa],
    ['RS512', rsa],
    ['PS256', rsa],
    ['PS384', rsa],
    ['PS512', rsa],
    ...(['ES256', 'ES384', 'ES512'] as const).map((name) => [name, curves[name]] as const),
  ]
  for (const [algorithm, { publicKey, privateKey }] of cases) {
    it(`verifies data by ${algorithm} as Node signs it`, async () => {
      const hash = SIGNATURES[algorithm].hash?.replace('-', '').toLowerCase()
      const pss = {
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      }
      const signature = sign(hash, message, {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
        ...(algorithm.startsWith('PS') ? pss : {}),
      })
      const client = new CryptographyClient(publicPart(publicKey))
      assert.equal((await client.verifyData(algorithm, message, signature)).result, true)
      const wrong = Uint8Array.from(signature)
      wrong[5] = (wrong[5] ?? 0) ^ 1
      assert.equal((await client.verifyData(algorithm, message, wrong)).result, false)
      assert.equal(
        (await client.verifyData(algorithm, message.subarray(1), signature)).result,
        false,
      )
    })
  }

  for (const [algorithm, oaepHash] of [
    ['RSA-OAEP', 'sha1'],
    ['RSA-OAEP-256', 'sha256'],
  ] as const) {
    it(`encrypts and wraps by ${algorithm} what Node decrypts`, async () => {
      const client = new CryptographyClient(publicPart(rsa.publicKey))
      const sealed = [
        (await client.encrypt(algorithm, message)).result,
        (await client.wrapKey(algorithm, message)).result,
      ]
      for (const ciphertext of sealed) {
        const plain = privateDecrypt({ key: rsa.privateKey, oaepHash }, ciphertext)
        assert.deepEqual(new Uint8Array(plain), message)
      }
    })
  }

  it('takes no tag of AES-GCM that is shorter than 16 octets', async () => {
    const client = new CryptographyClient<'oct'>({ kty: 'oct', k: randomBytes(32) })
    const { result, iv, authenticationTag } = await client.encrypt('A256GCM', message)
    assert.ok(iv && authenticationTag)
    const short = authenticationTag.subarray(0, 12)
    const parameters = { algorithm: 'A256GCM', ciphertext: result, iv } as const
    await assert.rejects(client.decrypt({ ...parameters, authenticationTag: short }), {
      name: 'BadRequestError',
    })
    const opened = await client.decrypt({ ...parameters, authenticationTag })
    assert.deepEqual(opened.result, message)
  })

  it('says that it cannot, where only the service can', async () => {
    const client = new CryptographyClient(publicPart(rsa.publicKey))
    const refused = { name: 'BadRequestError', code: 'NotSupportedLocally' }
    await assert.rejects(client.encrypt('RSA1_5', message), refused)
    await assert.rejects(client.sign('RS256', message), refused)
    await assert.rejects(client.decrypt('RSA-OAEP', message), refused)
    await assert.rejects(client.verify('RS256', message, message), refused)
    await assert.rejects(client.encrypt('RSA-OAEP', new Uint8Array(250)), refused)
    const limited = new CryptographyClient({ ...publicPart(rsa.publicKey), keyOps: ['verify'] })
    await assert.rejects(limited.encrypt('RSA-OAEP', message), refused)
  })
})

describe('a symmetric key at hand', () => {
  const sizes = [128, 192, 256] as const
  const keyOf = (bits: number): JsonWebKey<'oct'> & { readonly k: Uint8Array } => ({
    kty: 'oct',
    k: new Uint8Array(randomBytes(bits / 8)),
  })

  for (const bits of sizes) {
    it(`encrypts and decrypts by A${bits}GCM`, async () => {
      const client = new CryptographyClient(keyOf(bits))
      const algorithm = `A${bits}GCM` as const
      const additionalAuthenticatedData = new TextEncoder().encode('beside')
      const sealed = await client.encrypt({
        algorithm,
        plaintext: message,
        additionalAuthenticatedData,
      })
      const { iv = message, authenticationTag = message, result: ciphertext } = sealed
      assert.equal(iv.length, 12)
      assert.equal(authenticationTag.length, 16)
      assert.equal(ciphertext.length, message.length)
      const given = { algorithm, ciphertext, iv, authenticationTag, additionalAuthenticatedData }
      assert.deepEqual((await client.decrypt(given)).result, message)
      const changed = { ...given, additionalAuthenticatedData: message }
      await assert.rejects(client.decrypt(changed), {
        name: 'BadRequestError',
        code: 'BadParameter',
      })
    })

    it(`encrypts by A${bits}CBC and A${bits}CBCPAD as Node does, and decrypts it`, async () => {
      const key = keyOf(bits)
      const client = new CryptographyClient(key)
      const iv = new Uint8Array(randomBytes(16))
      for (const length of [0, 16, 48]) {
        const plaintext = new Uint8Array(randomBytes(length))
        for (const [algorithm, pads] of [
          [`A${bits}CBC`, false],
          [`A${bits}CBCPAD`, true],
        ] as const) {
          const node = createCipheriv(`aes-${bits}-cbc`, key.k, iv).setAutoPadding(pads)
          const expected = new Uint8Array(Buffer.concat([node.update(plaintext), node.final()]))
          const sealed = await client.encrypt({ algorithm, plaintext, iv })
          assert.deepEqual(sealed.result, expected)
          if (expected.length === 0) continue
          const opened = await client.decrypt({ algorithm, ciphertext: expected, iv })
          assert.deepEqual(opened.result, plaintext)
        }
      }
    })

    it(`wraps by A${bits}KW as RFC 3394 has it, and unwraps`, async () => {
      const key = keyOf(bits)
      const client = new CryptographyClient(key)
      const algorithm = `A${bits}KW` as const
      const material = new Uint8Array(randomBytes(32))
      const node = createCipheriv(
        `id-aes${bits}-wrap`,
        key.k,
        Buffer.from('A6A6A6A6A6A6A6A6', 'hex'),
      )
      const expected = new Uint8Array(Buffer.concat([node.update(material), node.final()]))
      const { result } = await client.wrapKey(algorithm, material)
      assert.deepEqual(result, expected)
      assert.deepEqual((await client.unwrapKey(algorithm, result)).result, material)
      await assert.rejects(client.unwrapKey(algorithm, material), { code: 'BadParameter' })
    })
  }

  it('draws an initialisation vector when none is given', async () => {
    const client = new CryptographyClient(keyOf(256))
    const first = await client.encrypt('A256CBCPAD', message)
    const second = await client.encrypt('A256CBCPAD', message)
    assert.equal(first.iv?.length, 16)
    assert.notDeepEqual(first.iv, second.iv)
  })

  it('takes no algorithm of another size', async () => {
    const client = new CryptographyClient(keyOf(128))
    await assert.rejects(client.encrypt('A256GCM', message), { code: 'NotSupportedLocally' })
    await assert.rejects(client.wrapKey('A256KW', new Uint8Array(16)), {
      code: 'NotSupportedLocally',
    })
  })

  it('makes and verifies the HMAC that Node makes', async () => {
    const key = keyOf(512)
    const client = new CryptographyClient(key)
    for (const bits of [256, 384, 512] as const) {
      const expected = createHmac(`sha${bits}`, key.k).update(message).digest()
      const { result } = await client.signData(`HS${bits}`, message)
      assert.deepEqual(result, new Uint8Array(expected))
      assert.equal((await client.verifyData(`HS${bits}`, message, expected)).result, true)
      assert.equal((await client.verify(`HS${bits}`, message, message)).result, false)
    }
  })
})
