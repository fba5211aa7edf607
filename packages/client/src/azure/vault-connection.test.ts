import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inspect } from 'node:util'
import {
  AccessDeniedError,
  BadRequestError,
  ClavigerError,
  ServiceUnavailableError,
  UnexpectedAnswerError,
} from '../core/errors.ts'
import { fakeFetch, json } from '../testing/fake-fetch.ts'
import { challenged, FakeCredential, fakeVault, VAULT_URL } from '../testing/fake-vault.ts'
import { type VaultClientOptions, VaultConnection } from './vault-connection.ts'

function pending(): { promise: Promise<Response>; resolve: (answer: Response) => void } {
  let resolve: (answer: Response) => void = () => {}
  const promise = new Promise<Response>((settle) => (resolve = settle))
  return { promise, resolve }
}

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

  it('sends a PUT again when an answer is lost, and never what may make another key', async () => {
    const vault = fakeVault(() => json(500, {}))
    const post = { method: 'POST', path: '/keys/x/rotate' } as const
    await assert.rejects(connect(vault).ask(post), ServiceUnavailableError)
    assert.equal(vault.seen.length, 2)
    const put = { method: 'PUT', path: '/secrets/x', body: {} } as const
    await assert.rejects(connect(vault).ask(put), ServiceUnavailableError)
    assert.equal(vault.seen.length, 2 + 1 + 4)
  })

  const good =
    'Bearer authorization="https://login.windows.net/tenant", resource="https://vault.azure.net"'
  const wrong = {
    'of a foreign resource': good.replace('vault.azure.net', 'corporate-proxy.example'),
    'of another tenant': good.replace('/tenant', '/another'),
  }
  for (const [what, header] of Object.entries(wrong)) {
    for (const isKnown of [false, true]) {
      it(`gets well after one challenge ${what}, ${isKnown ? 'later' : 'at first'}`, async () => {
        const credential = new FakeCredential()
        const getToken = credential.getToken.bind(credential)
        credential.getToken = async (scopes, options) => {
          if (options?.tenantId !== 'tenant') throw new Error('no such tenant')
          return getToken(scopes, options)
        }
        let isSick = false
        const vault = fakeFetch(({ headers }) => {
          if (isSick) return challenged(header)
          return headers.has('authorization') ? json(200, {}) : challenged(good)
        })
        const connection = connect(vault, {}, credential)
        if (isKnown) await connection.ask(get)
        isSick = true
        await assert.rejects(connection.ask(get))
        isSick = false
        await connection.ask(get)
        await connect(vault, {}, credential).ask(get)
      })
    }
  }

  it('does nothing twice where a proxy adds the token', async () => {
    const { fetch, seen } = fakeFetch(({ method, body }) =>
      method === 'PUT' && body === '' ? json(400, {}) : json(200, { number: seen.length }),
    )
    const connection = connect({ fetch })
    const rotate = { method: 'POST', path: '/keys/x/rotate' } as const
    assert.deepEqual(await connection.ask(rotate), { number: 1 })
    assert.deepEqual(await connection.ask({ method: 'DELETE', path: '/keys/x' }), { number: 2 })
    const put = { method: 'PUT', path: '/secrets/x', body: { value: 'x' } } as const
    assert.deepEqual(await connection.ask(put), { number: 3 })
    assert.deepEqual(await connect({ fetch }).ask(put), { number: 5 })
    assert.deepEqual(
      seen.map(({ method, body }) => `${method} ${body}`),
      ['POST ', 'DELETE ', 'PUT {"value":"x"}', 'PUT ', 'PUT {"value":"x"}'],
    )
  })

  it('waits for the probe of another call no longer than it has time', async () => {
    const answers = new AbortController()
    const hanging = fakeFetch(
      () =>
        new Promise((resolve) => {
          answers.signal.addEventListener('abort', () => resolve(json(200, { late: true })))
        }),
    )
    const connection = connect(hanging)
    const first = connection.ask(get)
    await assert.rejects(connection.ask(get, { timeoutMs: 5 }), {
      name: 'TimeoutError',
      message: 'myvault.vault.azure.net did not answer within 5 ms.',
    })
    assert.equal(hanging.seen.length, 1)
    answers.abort()
    assert.deepEqual(await first, { late: true })
  })

  it('makes no call wait for another where a proxy adds the token', async () => {
    const slow = pending()
    const { fetch, seen } = fakeFetch(({ url }) =>
      url.pathname === '/slow' ? slow.promise : json(200, { number: seen.length }),
    )
    const connection = connect({ fetch })
    await connection.ask(get)
    const waiting = connection.ask({ method: 'GET', path: '/slow' })
    assert.deepEqual(await connection.ask(get), { number: 3 })
    slow.resolve(json(200, {}))
    await waiting
  })

  it('heeds a challenge of what has asked for nothing before', async () => {
    let isOpen = true
    const vault = fakeFetch(({ headers, body }) =>
      isOpen || headers.has('authorization') ? json(200, { body }) : challenged(),
    )
    const connection = connect(vault)
    await connection.ask(get)
    isOpen = false
    const put = { method: 'PUT', path: '/secrets/x', body: { value: 'x' } } as const
    assert.deepEqual(await connection.ask(put), { body: '{"value":"x"}' })
    await connection.ask(get)
    assert.deepEqual(
      vault.seen.map(({ headers }) => headers.get('authorization')),
      [null, null, 'Bearer canary-token-1', 'Bearer canary-token-1'],
    )
  })

  it('sends no body to what refuses it or is down before it has seen a token', async () => {
    for (const status of [401, 503]) {
      const { fetch, seen } = fakeFetch(() => json(status, {}))
      const put = { method: 'PUT', path: '/secrets/x', body: { value: 'canary' } } as const
      await assert.rejects(connect({ fetch }, { retryOptions: { maxRetries: 0 } }).ask(put), {
        status,
      })
      assert.deepEqual(
        seen.map(({ body }) => body),
        [''],
      )
    }
  })

  it('says who asks, and gives each request an id', async () => {
    const vault = fakeVault(() => json(200, {}))
    const userAgentOptions = { userAgentPrefix: 'my-program/1.2' }
    const connection = connect(vault, { userAgentOptions })
    await connection.ask(get)
    await connection.ask(get)
    const [, first, second] = vault.seen
    assert.match(first?.headers.get('user-agent') ?? '', /^my-program\/1\.2 claviger-client\/\d/)
    const ids = [first, second].map((one) => one?.headers.get('x-ms-client-request-id') ?? '')
    for (const id of ids) assert.match(id, /^[\da-f-]{36}$/)
    assert.notEqual(ids[0], ids[1])
    const broken = { userAgentPrefix: 'a\r\nb' }
    assert.throws(() => connect(vault, { userAgentOptions: broken }), TypeError)
  })

  it('reaches a vault beneath a path, and its next pages', async () => {
    const vault = fakeVault(() => json(200, {}))
    const url = 'https://gateway.vault.azure.net/first/'
    const connection = new VaultConnection(url, new FakeCredential(), vault)
    await connection.ask(get)
    await connection.ask({ method: 'GET', path: `${url}secrets?$skiptoken=x` })
    const paths = vault.seen.slice(1).map(({ url }) => url.pathname)
    assert.deepEqual(paths, ['/first/secrets/x/', '/first/secrets'])
    await assert.rejects(connection.ask({ method: 'GET', path: 'no link' }), BadRequestError)
  })

  it('calls it unexpected when an answer is not what it should be', async () => {
    for (const body of ['null', '[', '"x"', '7', '{"value":canary}']) {
      const vault = fakeVault(() => new Response(body))
      await assert.rejects(connect(vault).ask(get), (error) => {
        assert.ok(error instanceof UnexpectedAnswerError)
        assert.doesNotMatch(inspect(error, { depth: 9 }), /canary/)
        return true
      })
    }
    const vault = fakeVault(() => json(200, { attributes: null }))
    const read = ({ attributes }: { readonly attributes: { readonly exp: number } }): number =>
      attributes.exp
    await assert.rejects(connect(vault).ask(get, {}, read), UnexpectedAnswerError)
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
