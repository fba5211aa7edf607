import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import {
  AccessDeniedError,
  BadRequestError,
  ClavigerError,
  ServiceUnavailableError,
} from '../core/errors.ts'
import { fakeFetch, json } from '../testing/fake-fetch.ts'
import { challenged, FakeCredential, fakeVault, VAULT_URL } from '../testing/fake-vault.ts'
import { type VaultClientOptions, VaultConnection } from './vault-connection.ts'

const get = { method: 'GET', path: '/secrets/x/' } as const
const retryOptions = { retryDelayInMs: 1 }

function connect(
  { fetch }: Pick<VaultClientOptions, 'fetch'>,
  options: VaultClientOptions = {},
  credential: FakeCredential = new FakeCredential(),
): VaultConnection {
  return new VaultConnection(VAULT_URL, credential, {
    ...(fetch && { fetch }),
    retryOptions,
    ...options,
  })
}

describe('a connection to a vault', () => {
  it('asks first without token and body, then with both, and remembers', async () => {
    const credential = new FakeCredential()
    const vault = fakeVault(() => json(200, { value: 'x' }))
    const connection = connect(vault, {}, credential)
    const put = { method: 'PUT', path: '/secrets/x', body: { value: 'canary' } } as const
    await connection.ask(put)
    await connection.ask(get)
    assert.deepEqual(
      vault.seen.map(({ method, body, headers }) => [method, body, headers.get('authorization')]),
      [
        ['PUT', '', null],
        ['PUT', '{"value":"canary"}', 'Bearer canary-token-1'],
        ['GET', '', 'Bearer canary-token-1'],
      ],
    )
    assert.equal(vault.seen[0]?.url.searchParams.get('api-version'), '2025-07-01')
    assert.deepEqual(credential.asked, [
      {
        scopes: 'https://vault.azure.net/.default',
        options: { enableCae: true, tenantId: 'tenant' },
      },
    ])
    const other = connect(vault, { serviceVersion: '7.4' }, credential)
    await other.ask(get)
    assert.equal(vault.seen.length, 4)
    assert.equal(vault.seen[3]?.url.searchParams.get('api-version'), '7.4')
  })

  it('asks once what the vault wants to see, for many requests at a time', async () => {
    const credential = new FakeCredential()
    const vault = fakeVault(() => json(200, {}))
    const connection = connect(vault, {}, credential)
    await Promise.all([1, 2, 3, 4].map(() => connection.ask(get)))
    assert.equal(vault.seen.length, 5)
    assert.equal(credential.asked.length, 1)
  })

  it('gives no token to a host that is not of the resource, unless told to', async () => {
    const header =
      'Bearer authorization="https://login.windows.net/t", resource="https://vault.other.example"'
    const credential = new FakeCredential()
    const { fetch } = fakeFetch(({ headers }) =>
      headers.has('authorization') ? json(200, { given: true }) : challenged(header),
    )
    await assert.rejects(connect({ fetch }, {}, credential).ask(get), {
      code: 'ChallengeResourceMismatch',
    })
    assert.equal(credential.asked.length, 0)
    const trusting = connect({ fetch }, { disableChallengeResourceVerification: true }, credential)
    assert.deepEqual(await trusting.ask(get), { given: true })
    // That one has trusted it says nothing to another.
    await assert.rejects(connect({ fetch }, {}, credential).ask(get), {
      code: 'ChallengeResourceMismatch',
    })
  })

  it('sends a token nowhere but to its vault, and over https alone', async () => {
    const vault = fakeVault(() => json(200, {}))
    const path = 'https://elsewhere.example/secrets?$skiptoken=x'
    await assert.rejects(connect(vault).ask({ method: 'GET', path }), { code: 'OtherHost' })
    assert.equal(vault.seen.length, 0)
    assert.throws(
      () => new VaultConnection('http://a.vault.example', new FakeCredential()),
      TypeError,
    )
  })

  it('gets another token when the vault demands claims', async () => {
    const claims = '{"access_token":{"nbf":{"essential":true}}}'
    const header = `Bearer realm="", error="insufficient_claims", claims="${btoa(claims)}"`
    const credential = new FakeCredential()
    const vault = fakeVault((_, number) => (number === 2 ? challenged(header) : json(200, {})))
    const connection = connect(vault, {}, credential)
    await connection.ask(get)
    await connection.ask(get)
    assert.equal(credential.asked[1]?.options.claims, claims)
    assert.equal(vault.seen.at(-1)?.headers.get('authorization'), 'Bearer canary-token-2')
  })

  it('follows a vault that has moved to another tenant', async () => {
    const moved =
      'Bearer authorization="https://login.windows.net/new", resource="https://vault.azure.net"'
    const credential = new FakeCredential()
    const vault = fakeVault((_, number) => (number === 1 ? challenged(moved) : json(200, {})))
    await connect(vault, {}, credential).ask(get)
    assert.equal(credential.asked[1]?.options.tenantId, 'new')
  })

  it('gives up after the second refusal of a token', async () => {
    const vault = fakeVault(() => challenged())
    await assert.rejects(connect(vault).ask(get), { name: 'AuthenticationError', status: 401 })
    assert.equal(vault.seen.length, 3)
  })

  it('renders what the service says into an error of the class', async () => {
    const body = {
      error: {
        code: 'Forbidden',
        message: 'Operation get is not allowed.',
        innererror: { code: 'SecretDisabled' },
      },
    }
    const vault = fakeVault(() => json(403, body, { 'x-ms-request-id': 'the-id' }))
    await assert.rejects(connect(vault).ask(get), (error: ClavigerError) => {
      assert.ok(error instanceof AccessDeniedError)
      assert.deepEqual(
        [error.code, error.innerCode, error.message, error.requestId],
        ['Forbidden', 'SecretDisabled', 'Operation get is not allowed.', 'the-id'],
      )
      return true
    })
  })

  it('renders answers without an error of the service, too', async () => {
    const page = fakeVault(() => new Response('<html>', { status: 502 }))
    await assert.rejects(connect(page).ask(get), (error: ClavigerError) => {
      assert.ok(error instanceof ServiceUnavailableError)
      assert.equal(error.code, 'Http502')
      return true
    })
    const text = fakeVault(() => new Response('<html>'))
    await assert.rejects(connect(text).ask(get), { name: 'UnexpectedAnswerError', code: 'NotJson' })
  })

  it('puts nothing secret into an error', async () => {
    const body = { value: 'canary-value' }
    const answers = [
      () => json(400, { error: { code: 'BadParameter', message: 'Wrong.' } }),
      () => json(503, {}),
      () => new Response('no JSON'),
      () => Promise.reject(new TypeError('fetch failed')),
    ]
    for (const answer of answers) {
      const asked = connect(fakeVault(answer)).ask({ method: 'PUT', path: '/secrets/x', body })
      await assert.rejects(asked, (error) => {
        assert.ok(error instanceof ClavigerError)
        assert.doesNotMatch(inspect(error, { depth: 9 }), /canary/)
        return true
      })
    }
  })

  it('does not make a version twice when an answer is lost', async () => {
    const vault = fakeVault(() => json(500, {}))
    const put = { method: 'PUT', path: '/secrets/x', body: {} } as const
    await assert.rejects(connect(vault).ask(put), ServiceUnavailableError)
    assert.equal(vault.seen.length, 2)
    await assert.rejects(connect(vault).ask(get), ServiceUnavailableError)
    assert.equal(vault.seen.length, 2 + 1 + 4)
  })
})

describe('a name in a path', () => {
  it('cannot make another path of it', async () => {
    const { segment, versionSegment } = await import('./vault-connection.ts')
    assert.equal(segment('a/b?c'), 'a%2Fb%3Fc')
    for (const name of ['', '.', '..']) assert.throws(() => segment(name), BadRequestError)
    assert.equal(versionSegment(''), '')
    assert.throws(() => versionSegment('..'), BadRequestError)
  })
})
