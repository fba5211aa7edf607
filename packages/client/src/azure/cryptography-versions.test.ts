import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it, mock } from 'node:test'
import { json } from '../testing/fake-fetch.ts'
import { FakeCredential, fakeVault, VAULT_URL } from '../testing/fake-vault.ts'
import { CryptographyClient } from './cryptography-client.ts'

const key = `${VAULT_URL}/keys/k`
const digest = new Uint8Array(32)

/** The status, and the inner code if there is one. */
type Refusal = readonly [status: number, innerCode?: string]

/** A vault with a key that is rotated by adding to `versions`, of which `gone` has some no longer. */
function vault(): {
  readonly client: CryptographyClient<'RSA'>
  readonly asked: () => readonly string[]
  readonly versions: string[]
  readonly gone: Map<string, Refusal>
} {
  const versions = ['v1']
  const gone = new Map<string, Refusal>()
  const material = new Map<string, object>()
  const { fetch, seen } = fakeVault(({ method, url }) => {
    const [, , , named, operation] = url.pathname.split('/')
    const version = named || versions.at(-1) || ''
    const refusal = gone.get(version)
    if (refusal !== undefined && method === 'POST') {
      const [status, innerCode] = refusal
      const innererror = { code: innerCode }
      return json(status, { error: { code: version, message: 'Gone.', innererror } })
    }
    const kid = `${key}/${version}`
    if (operation === 'verify') return json(200, { value: true })
    if (method === 'POST') return json(200, { kid, value: 'AAEC' })
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const jwk = material.get(version) ?? publicKey.export({ format: 'jwk' })
    material.set(version, jwk)
    return json(200, { key: { ...jwk, kid, kty: 'RSA' }, attributes: { enabled: true } })
  })
  return {
    client: new CryptographyClient(key, new FakeCredential(), { fetch }),
    asked: () =>
      seen
        .filter(({ headers }) => headers.has('authorization'))
        .map(({ method, url }) => `${method} ${url.pathname}`),
    versions,
    gone,
  }
}

describe('a client of a key without a version', () => {
  it('uses one version here and in the service, whatever is rotated meanwhile', async () => {
    const { client, asked, versions } = vault()
    const sealed = await client.encrypt('RSA-OAEP', digest)
    versions.push('v2')
    const opened = await client.decrypt('RSA-OAEP', sealed.result)
    const signed = await client.signData('RS256', digest)
    const { keyID } = await client.verifyData('RS256', digest, new Uint8Array(256))
    for (const used of [sealed.keyID, opened.keyID, signed.keyID, keyID]) {
      assert.equal(used, `${key}/v1`)
    }
    assert.deepEqual(asked(), [
      'GET /keys/k/',
      'POST /keys/k/v1/decrypt',
      'POST /keys/k/v1/sign',
    ])
  })

  it('uses the newest of the service as long as nothing was read', async () => {
    const { client, versions } = vault()
    assert.equal((await client.sign('RS256', digest)).keyID, `${key}/v1`)
    versions.push('v2')
    assert.equal((await client.sign('RS256', digest)).keyID, `${key}/v2`)
    assert.equal((await client.encrypt('RSA-OAEP', digest)).keyID, `${key}/v2`)
  })

  const refusals: readonly Refusal[] = [
    [404],
    [403, 'KeyDisabled'],
    [403, 'KeyExpired'],
    [403, 'KeyNotYetValid'],
  ]
  for (const refusal of refusals) {
    it(`makes with the newest what the version that was read may not: ${refusal.join(' ')}`, async () => {
      const { client, asked, versions, gone } = vault()
      await client.encrypt('RSA-OAEP', digest)
      versions.push('v2')
      gone.set('v1', refusal)
      assert.equal((await client.sign('RS256', digest)).keyID, `${key}/v2`)
      assert.equal((await client.encrypt('RSA-OAEP', digest)).keyID, `${key}/v2`)
      assert.deepEqual(asked(), [
        'GET /keys/k/',
        'POST /keys/k/v1/sign',
        'POST /keys/k//sign',
        'GET /keys/k/',
      ])
    })

    it(`opens nothing with the newest that an older one has made: ${refusal.join(' ')}`, async () => {
      for (const open of [
        (client: CryptographyClient<'RSA'>) => client.decrypt('RSA-OAEP', digest),
        (client: CryptographyClient<'RSA'>) => client.unwrapKey('RSA-OAEP', digest),
        (client: CryptographyClient<'RSA'>) => client.verify('RS256', digest, digest),
      ]) {
        const { client, asked, versions, gone } = vault()
        await client.encrypt('RSA-OAEP', digest)
        versions.push('v2')
        gone.set('v1', refusal)
        await assert.rejects(open(client), { code: 'v1', status: refusal[0] })
        assert.equal(asked().length, 2)
        assert.equal((await client.encrypt('RSA-OAEP', digest)).keyID, `${key}/v2`)
      }
    })
  }

  it('asks once where it is refused for who asks, and still knows the key', async () => {
    for (const innerCode of [undefined, 'ForbiddenByPolicy', 'AccessDenied']) {
      const { client, asked, gone } = vault()
      await client.encrypt('RSA-OAEP', digest)
      gone.set('v1', innerCode === undefined ? [403] : [403, innerCode])
      await assert.rejects(client.sign('RS256', digest), { name: 'AccessDeniedError' })
      await client.encrypt('RSA-OAEP', digest)
      assert.deepEqual(asked(), ['GET /keys/k/', 'POST /keys/k/v1/sign'])
    }
  })

  it('says of two refusals the first', async () => {
    const { client, versions, gone } = vault()
    await client.encrypt('RSA-OAEP', digest)
    versions.push('v2')
    gone.set('v1', [403, 'KeyDisabled'])
    gone.set('v2', [403, 'ForbiddenByPolicy'])
    await assert.rejects(client.sign('RS256', digest), { code: 'v1', innerCode: 'KeyDisabled' })
  })

  it('reads again after five minutes, and when the clock was set back', async () => {
    for (const milliseconds of [300_001, -86_400_000]) {
      mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-01-01') })
      const { client, versions } = vault()
      await client.encrypt('RSA-OAEP', digest)
      versions.push('v2')
      mock.timers.setTime(Date.now() + milliseconds)
      assert.equal((await client.sign('RS256', digest)).keyID, `${key}/v2`)
      assert.equal((await client.encrypt('RSA-OAEP', digest)).keyID, `${key}/v2`)
      mock.timers.reset()
    }
  })
})

describe('a client whose key is just being read', () => {
  it('waits for it no longer than the call has time', async () => {
    const answers = new AbortController()
    const { fetch, seen } = fakeVault(
      () =>
        new Promise((resolve) => {
          answers.signal.addEventListener('abort', () => resolve(json(403, {})))
        }),
    )
    const client = new CryptographyClient<'RSA'>(key, new FakeCredential(), { fetch })
    const controller = new AbortController()
    const first = client.encrypt('RSA-OAEP', digest, { abortSignal: controller.signal })
    const second = client.encrypt('RSA-OAEP', digest, { timeoutMs: 5 })
    await assert.rejects(second, { name: 'TimeoutError' })
    controller.abort(new Error('enough'))
    await assert.rejects(first, /enough/)
    assert.equal(seen.filter(({ headers }) => headers.has('authorization')).length, 1)
    answers.abort()
  })
})

describe('an algorithm that there is not', () => {
  it('is for the service to refuse, or an error of this library', async () => {
    const { client, asked } = vault()
    const unknown = 'XX' as 'RS256'
    await client.verify(unknown, digest, digest)
    assert.deepEqual(asked(), ['POST /keys/k//verify'])
    await assert.rejects(client.signData(unknown, digest), { name: 'BadRequestError' })
    const atHand = new CryptographyClient<'oct'>({ kty: 'oct', k: digest })
    const given = unknown as string as 'HS256'
    await assert.rejects(atHand.verify(given, digest, digest), { name: 'BadRequestError' })
  })
})
