import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { json, type SeenRequest } from '../testing/fake-fetch.ts'
import { FakeCredential, fakeVault, VAULT_URL } from '../testing/fake-vault.ts'
import { CryptographyClient } from './cryptography-client.ts'
import { KeyClient } from './key-client.ts'

const version = '0123456789abcdef0123456789abcdef'
const id = `${VAULT_URL}/keys/k/${version}`
const message = new TextEncoder().encode('message')
const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const { n, e } = publicKey.export({ format: 'jwk' })

const text = { value: 'AAEC', kid: id }

function vault(attributes: object, key: object = {}): ReturnType<typeof fakeVault> {
  return fakeVault(({ method, url }) => {
    if (method !== 'GET')
      return json(200, url.pathname.endsWith('/verify') ? { value: true } : text)
    const bundle = { kid: id, kty: 'RSA', key_ops: ['encrypt', 'verify', 'wrapKey'], n, e, ...key }
    return json(200, { key: bundle, attributes })
  })
}

const asked = (seen: readonly SeenRequest[]): readonly string[] =>
  seen
    .filter(({ headers }) => headers.has('authorization'))
    .map(({ method, url }) => `${method} ${url.pathname.replace(version, 'V')}`)

describe('a client of a key of a vault', () => {
  it('reads the key once, and encrypts, wraps and verifies data without the service', async () => {
    const { fetch, seen } = vault({ enabled: true })
    const client = new CryptographyClient(id, new FakeCredential(), { fetch })
    const sealed = await client.encrypt('RSA-OAEP', message)
    assert.equal(sealed.keyID, id)
    await client.wrapKey('RSA-OAEP-256', message)
    const { result } = await client.verifyData('RS256', message, new Uint8Array(256))
    assert.equal(result, false)
    assert.deepEqual(asked(seen), ['GET /keys/k/V'])
  })

  it('signs, decrypts, unwraps and verifies digests by the service, without reading the key', async () => {
    const { fetch, seen } = vault({ enabled: true })
    const client = new CryptographyClient(id, new FakeCredential(), { fetch })
    const signed = await client.sign('RS256', message)
    assert.deepEqual([...signed.result], [0, 1, 2])
    await client.decrypt('RSA-OAEP', message)
    await client.unwrapKey('RSA-OAEP', message)
    await client.verify('RS256', message, message)
    const operations = ['sign', 'decrypt', 'unwrapkey', 'verify']
    assert.deepEqual(
      asked(seen),
      operations.map((name) => `POST /keys/k/V/${name}`),
    )
  })

  const now = Math.floor(Date.now() / 1000)
  const refusals = {
    'is disabled': [{ enabled: false }, {}],
    'is not valid yet': [{ enabled: true, nbf: now + 3600 }, {}],
    'is no longer valid': [{ enabled: true, exp: now - 3600 }, {}],
    'may not be used so': [{ enabled: true }, { key_ops: ['sign'] }],
    'is of a curve': [{ enabled: true }, { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }],
  } as const
  for (const [what, [attributes, key]] of Object.entries(refusals)) {
    it(`leaves it to the service to refuse a key that ${what}`, async () => {
      const { fetch, seen } = vault(attributes, key)
      await new CryptographyClient(id, new FakeCredential(), { fetch }).encrypt('RSA-OAEP', message)
      assert.deepEqual(asked(seen), ['GET /keys/k/V', 'POST /keys/k/V/encrypt'])
    })
  }

  it('verifies here with a key that is past its dates, as the service does', async () => {
    const { fetch, seen } = vault({ enabled: true, exp: now - 3600 })
    const client = new CryptographyClient(id, new FakeCredential(), { fetch })
    await client.verifyData('RS256', message, new Uint8Array(256))
    assert.deepEqual(asked(seen), ['GET /keys/k/V'])
  })

  it('uses the service alone when it may not read the key, and asks for that once', async () => {
    const { fetch, seen } = fakeVault(({ method }) =>
      method === 'GET'
        ? json(403, { error: { code: 'Forbidden', message: 'No.' } })
        : json(200, text),
    )
    const client = new CryptographyClient(id, new FakeCredential(), { fetch })
    await client.encrypt('RSA-OAEP', message)
    await client.encrypt('RSA-OAEP', message)
    const posts = asked(seen).filter((line) => line.startsWith('POST'))
    assert.equal(posts.length, 2)
    assert.equal(asked(seen).length, 3)
  })

  it('reads the key for another caller when the first one goes', async () => {
    const { fetch, seen } = vault({ enabled: true })
    const client = new CryptographyClient(id, new FakeCredential(), { fetch })
    const controller = new AbortController()
    const gone = client.encrypt('RSA-OAEP', message, { abortSignal: controller.signal })
    const stays = client.encrypt('RSA-OAEP', message)
    controller.abort(new Error('enough'))
    await assert.rejects(gone, /enough/)
    assert.equal((await stays).result.length, 256)
    assert.deepEqual(asked(seen), ['GET /keys/k/V'])
  })

  it('reads the key again after a failure that may be over', async () => {
    const { publicKey: other } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const { n, e } = other.export({ format: 'jwk' })
    let reads = 0
    const { fetch, seen } = fakeVault(({ method }) => {
      if (method !== 'GET') return json(200, text)
      reads += 1
      const error = { error: { code: 'KeyNotFound', message: 'Not there yet.' } }
      return reads === 1 ? json(404, error) : json(200, { key: { kid: id, kty: 'RSA', n, e } })
    })
    const client = new CryptographyClient(id, new FakeCredential(), { fetch })
    await client.encrypt('RSA-OAEP', message)
    await client.encrypt('RSA-OAEP', message)
    assert.deepEqual(asked(seen), ['GET /keys/k/V', 'POST /keys/k/V/encrypt', 'GET /keys/k/V'])
  })

  it('uses a key beneath the path of a gateway', async () => {
    const { fetch, seen } = vault({ enabled: true })
    const url = 'https://gateway.vault.azure.net/first/'
    const keys = new KeyClient(url, new FakeCredential(), { fetch })
    await keys.getCryptographyClient('k').sign('RS256', message)
    const own = keys.getCryptographyClient('keys', { keyVersion: version })
    await own.sign('RS256', message)
    assert.equal(own.vaultUrl, 'https://gateway.vault.azure.net/first')
    const same = new CryptographyClient(`${VAULT_URL}/keys/keys/v`, new FakeCredential(), { fetch })
    assert.equal(same.vaultUrl, VAULT_URL)
    assert.deepEqual(asked(seen), [
      'POST /first/keys/k//sign',
      'POST /first/keys/keys/V/sign',
    ])
  })

  it('asks for the newest version when it is given none', async () => {
    const { fetch, seen } = vault({ enabled: true })
    const base = `${VAULT_URL}/keys/k`
    await new CryptographyClient(base, new FakeCredential(), { fetch }).sign('RS256', message)
    assert.deepEqual(asked(seen), ['POST /keys/k//sign'])
    assert.throws(
      () => new CryptographyClient(`${VAULT_URL}/secrets/k`, new FakeCredential()),
      TypeError,
    )
  })
})
