import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeBase64, encodeBase64url } from '../core/base64.ts'
import { VAULT_URL } from '../testing/fake-vault.ts'
import { type Exchange, refusal, transcriptOf } from '../testing/played.ts'
import { version } from '../testing/recorded-attributes.ts'
import { CryptographyClient } from './cryptography-client.ts'

// Answers in the shapes that recordings of the service have, with our own values: a vault says the
// key and the value, a managed HSM also the algorithm, and its members by the alphabet.

const kid = `${VAULT_URL}/keys/k/${version}`
const { play, unused } = transcriptOf(
  CryptographyClient.prototype,
  (credential, options) => new CryptographyClient(kid, credential, options),
)
const newest = transcriptOf(
  CryptographyClient.prototype,
  (credential, options) => new CryptographyClient(`${VAULT_URL}/keys/k`, credential, options),
)

const octets = new TextEncoder().encode('some octets')
const value = encodeBase64url(octets)
const result = Uint8Array.of(0xfb, 0xff)
const asked = (operation: string): string => `POST /keys/k/${version}/${operation}`

/** What a vault answers when the key is read. */
function bundle(key: object): Exchange {
  const recovery = { recoveryLevel: 'Recoverable+Purgeable', recoverableDays: 90 }
  const attributes = { enabled: true, created: 1700000000, updated: 1700000000, ...recovery }
  return { asks: `GET /keys/k/${version}`, gives: [200, { key: { kid, ...key }, attributes }] }
}

/** The public part of a new key, as the service shows it, and the private one. */
async function keyPair(
  algorithm: RsaHashedKeyGenParams | EcKeyGenParams,
  usages: readonly KeyUsage[],
): Promise<{ readonly jwk: JsonWebKey; readonly privateKey: CryptoKey }> {
  const pair = await crypto.subtle.generateKey(algorithm, true, [...usages])
  const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return { jwk, privateKey: pair.privateKey }
}

const rsa = { kty: 'RSA', n: '-_8', e: 'AQAB' }

describe('cryptography as the service answers it', () => {
  it('encrypts here with the RSA key that was read, and decrypts there', async () => {
    const exponent = { modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) }
    const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256', ...exponent }
    const { jwk, privateKey } = await keyPair(algorithm, ['encrypt', 'decrypt'])
    const key_ops = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey']
    const body = { alg: 'RSA-OAEP-256', value: '-_8' }
    await play(
      [
        bundle({ kty: 'RSA', key_ops, n: jwk.n, e: jwk.e }),
        { asks: asked('decrypt'), body, gives: [200, { kid, value }] },
      ],
      async (client) => {
        assert.equal(client.vaultUrl, VAULT_URL)
        assert.equal(client.keyID, kid)
        const sealed = await client.encrypt('RSA-OAEP-256', octets)
        assert.equal(sealed.keyID, kid)
        const own = new Uint8Array(sealed.result)
        const opened = await crypto.subtle.decrypt('RSA-OAEP', privateKey, own)
        assert.deepEqual(new Uint8Array(opened), octets)
        const decrypted = await client.decrypt('RSA-OAEP-256', result)
        assert.deepEqual(decrypted, { algorithm: 'RSA-OAEP-256', result: octets, keyID: kid })
      },
    )
  })

  it('asks there for what is not done here', async () => {
    const body = { alg: 'RSA1_5', value }
    const answer = { kid, value: '-_8' }
    await play(
      [
        bundle({ ...rsa, key_ops: ['encrypt', 'wrapKey'] }),
        { asks: asked('encrypt'), body, gives: [200, answer] },
        { asks: asked('wrapkey'), body, gives: [200, answer] },
        { asks: asked('unwrapkey'), body, gives: [200, answer] },
      ],
      async (client) => {
        const expected = { algorithm: 'RSA1_5', result, keyID: kid }
        assert.deepEqual(await client.encrypt('RSA1_5', octets), expected)
        assert.deepEqual(await client.wrapKey('RSA1_5', octets), expected)
        assert.deepEqual(await client.unwrapKey('RSA1_5', octets), expected)
      },
    )
  })

  it('encrypts and wraps with symmetric keys, which stay in their hardware', async () => {
    const key_ops = ['wrapKey', 'unwrapKey', 'decrypt', 'encrypt']
    const iv = encodeBase64url(new Uint8Array(16))
    const sealed = { aad: 'YQ', alg: 'A256GCM', iv: 'AQIDBA', kid, tag: 'BQY', value: '-_8' }
    const opens = { alg: 'A256GCM', value: '-_8', iv: 'AQIDBA', tag: 'BQY', aad: 'YQ' }
    const cbc = { alg: 'A128CBCPAD', iv, kid, value: '-_8' }
    const body = { alg: 'A128CBCPAD', value, iv }
    const wrap = { alg: 'A256KW', value }
    await play(
      [
        bundle({ key_ops, kty: 'oct-HSM' }),
        {
          asks: asked('encrypt'),
          body: { alg: 'A256GCM', value, aad: 'YQ' },
          gives: [200, sealed],
        },
        { asks: asked('decrypt'), body: opens, gives: [200, { alg: 'A256GCM', kid, value }] },
        { asks: asked('encrypt'), body, gives: [200, cbc] },
        { asks: asked('wrapkey'), body: wrap, gives: [200, { alg: 'A256KW', kid, value: '-_8' }] },
        { asks: asked('unwrapkey'), body: wrap, gives: [200, { alg: 'A256KW', kid, value }] },
      ],
      async (client) => {
        const algorithm = 'A256GCM'
        const additionalAuthenticatedData = Uint8Array.of(0x61)
        const given = { algorithm, plaintext: octets, additionalAuthenticatedData } as const
        const encrypted = await client.encrypt(given)
        const gcm = { iv: Uint8Array.of(1, 2, 3, 4), authenticationTag: Uint8Array.of(5, 6) }
        const beside = { ...gcm, additionalAuthenticatedData }
        assert.deepEqual(encrypted, { algorithm, result, keyID: kid, ...beside })
        const opened = await client.decrypt({ algorithm, ciphertext: result, ...beside })
        assert.deepEqual(opened, { algorithm, result: octets, keyID: kid })
        const drawn = decodeBase64(iv)
        const padded = { algorithm: 'A128CBCPAD', plaintext: octets, iv: drawn } as const
        const { iv: used } = await client.encrypt(padded)
        assert.deepEqual(used, drawn)
        const kw = { algorithm: 'A256KW', keyID: kid } as const
        assert.deepEqual(await client.wrapKey('A256KW', octets), { ...kw, result })
        assert.deepEqual(await client.unwrapKey('A256KW', octets), { ...kw, result: octets })
      },
    )
  })

  it('signs digests and data there, and verifies digests there', async () => {
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', octets))
    const digest = encodeBase64url(hash)
    const body = { alg: 'PS256', value: digest }
    const verify = { alg: 'PS256', digest, value: '-_8' }
    const answer = { kid, value: '-_8' }
    await play(
      [
        { asks: asked('sign'), body, gives: [200, answer] },
        { asks: asked('sign'), body, gives: [200, answer] },
        { asks: asked('verify'), body: verify, gives: [200, { value: true }] },
        { asks: asked('verify'), body: verify, gives: [200, { value: false }] },
      ],
      async (client) => {
        const signed = { algorithm: 'PS256', result, keyID: kid }
        assert.deepEqual(await client.sign('PS256', hash), signed)
        assert.deepEqual(await client.signData('PS256', octets), signed)
        const yes = await client.verify('PS256', hash, result)
        assert.deepEqual(yes, { result: true, keyID: kid })
        const no = await client.verify('PS256', hash, result)
        assert.deepEqual(no, { result: false, keyID: kid })
      },
    )
  })

  it('verifies data here with the key that was read, or there with another curve', async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' }
    const { jwk, privateKey } = await keyPair(algorithm, ['sign', 'verify'])
    const how = { name: 'ECDSA', hash: 'SHA-256' }
    const signature = new Uint8Array(await crypto.subtle.sign(how, privateKey, octets))
    const { x, y } = jwk
    const key_ops = ['sign', 'verify']
    await play([bundle({ kty: 'EC', key_ops, crv: 'P-256', x, y })], async (client) => {
      const verified = await client.verifyData('ES256', octets, signature)
      assert.deepEqual(verified, { result: true, keyID: kid })
      assert.equal((await client.verifyData('ES256', result, signature)).result, false)
    })
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', octets))
    const body = { alg: 'ES256K', digest: encodeBase64url(hash), value: encodeBase64url(signature) }
    await play(
      [
        bundle({ kty: 'EC', key_ops, crv: 'P-256K', x, y }),
        { asks: asked('verify'), body, gives: [200, { value: true }] },
      ],
      async (client) => {
        const { result } = await client.verifyData('ES256K', octets, signature)
        assert.equal(result, true)
      },
    )
  })

  it('uses the newest version there when the key may not be read', async () => {
    const body = { alg: 'RSA-OAEP', value }
    const denied = refusal('Forbidden', 'The key may not be read.', 'ForbiddenByPolicy')
    await newest.play(
      [
        { asks: 'GET /keys/k/', gives: [403, denied] },
        { asks: 'POST /keys/k//encrypt', body, gives: [200, { kid, value: '-_8' }] },
      ],
      async (client) => {
        const sealed = await client.encrypt('RSA-OAEP', octets)
        assert.deepEqual(sealed, { algorithm: 'RSA-OAEP', result, keyID: kid })
      },
    )
  })

  it('is refused with the codes that say why', async () => {
    const refused = [
      [400, 'BadParameter', undefined, 'BadRequestError'],
      [403, 'Forbidden', 'KeyDisabled', 'AccessDeniedError'],
      [403, 'Forbidden', 'KeyOperationForbidden', 'AccessDeniedError'],
      [404, 'KeyNotFound', undefined, 'ResourceNotFoundError'],
    ] as const
    const body = { alg: 'RS256', value }
    for (const [status, code, innerCode, name] of refused) {
      const gives = [status, refusal(code, 'It is refused.', innerCode)] as const
      await play([{ asks: asked('sign'), body, gives }], async (client) => {
        await assert.rejects(client.sign('RS256', octets), { name, code, innerCode, status })
      })
    }
  })

  it('has a case for every method of its client', () => {
    assert.deepEqual(unused(), [])
  })
})
