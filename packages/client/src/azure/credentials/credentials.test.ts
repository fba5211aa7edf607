import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { inspect } from 'node:util'
import { CredentialUnavailableError } from '../../core/errors.ts'
import { fakeFetch, json } from '../../testing/fake-fetch.ts'
import { FakeCredential } from '../../testing/fake-vault.ts'
import { ChainedTokenCredential } from './chained-token-credential.ts'
import { ClientSecretCredential } from './client-secret-credential.ts'
import { DefaultCredential } from './default-credential.ts'
import { EnvironmentCredential } from './environment-credential.ts'
import { ManagedIdentityCredential } from './managed-identity-credential.ts'
import { WorkloadIdentityCredential } from './workload-identity-credential.ts'

const scope = 'https://vault.azure.net/.default'
const granted = (): Response =>
  json(200, { token_type: 'Bearer', expires_in: 3599, access_token: 'the-token' })
const form = (text: string): object => Object.fromEntries(new URLSearchParams(text))

const before = { ...process.env }
beforeEach(() => {
  for (const name of Object.keys(process.env)) {
    if (/^(AZURE|IDENTITY|MSI|IMDS)_/.test(name)) delete process.env[name]
  }
})
afterEach(() => {
  process.env = { ...before }
})

describe('a client secret', () => {
  it('is exchanged for a token at its tenant', async () => {
    const { fetch, seen } = fakeFetch(granted)
    const options = { fetch, authorityHost: 'https://login.example:8443' }
    const credential = new ClientSecretCredential('tenant', 'client', 'canary-secret', options)
    const { token, expiresOnTimestamp } = await credential.getToken(scope, { enableCae: true })
    assert.equal(token, 'the-token')
    assert.ok(Math.abs(expiresOnTimestamp - Date.now() - 3_599_000) < 60_000)
    assert.equal(seen[0]?.url.href, 'https://login.example:8443/tenant/oauth2/v2.0/token')
    assert.deepEqual(form(seen[0]?.body ?? ''), {
      grant_type: 'client_credentials',
      scope,
      client_id: 'client',
      client_secret: 'canary-secret',
      claims: '{"access_token":{"xms_cc":{"values":["CP1"]}}}',
    })
  })

  it('adds claims that are demanded to its own', async () => {
    const { fetch, seen } = fakeFetch(granted)
    const credential = new ClientSecretCredential('adfs', 'client', 'secret', { fetch })
    const claims = '{"access_token":{"nbf":{"essential":true}}}'
    await credential.getToken(scope, { enableCae: true, claims, tenantId: 'another' })
    assert.equal(seen[0]?.url.href, 'https://login.microsoftonline.com/adfs/oauth2/token')
    assert.deepEqual(JSON.parse(new URLSearchParams(seen[0]?.body).get('claims') ?? ''), {
      access_token: { nbf: { essential: true }, xms_cc: { values: ['CP1'] } },
    })
  })

  it('is exchanged at the host that the environment names, with https:// before it or not', async () => {
    const { fetch, seen } = fakeFetch(granted)
    const own = new ClientSecretCredential('tenant', 'client', 'secret', { fetch })
    for (const host of ['https://login.example:8443', 'login.example:8443', '']) {
      process.env['AZURE_AUTHORITY_HOST'] = host
      await own.getToken(scope)
    }
    assert.deepEqual(seen.map(({ url }) => url.host), [
      'login.example:8443', 'login.example:8443', 'login.microsoftonline.com',
    ])
    for (const host of ['http://login.example', 'https://', 'a b', 'ftp:x']) {
      process.env['AZURE_AUTHORITY_HOST'] = host
      await assert.rejects(own.getToken(scope), {
        name: 'AuthenticationError',
        message: /AZURE_AUTHORITY_HOST/,
      })
    }
  })

  it('goes to no other tenant than is allowed, and over https alone', async () => {
    const { fetch, seen } = fakeFetch(granted)
    const asked = { tenantId: 'another' }
    const own = new ClientSecretCredential('tenant', 'client', 'secret', { fetch })
    await assert.rejects(own.getToken(scope, asked), { code: 'TenantNotAllowed' })
    await own.getToken(scope, { tenantId: 'TENANT' })
    const open = new ClientSecretCredential('tenant', 'client', 'secret', {
      fetch,
      additionallyAllowedTenants: ['*'],
    })
    await open.getToken(scope, asked)
    assert.deepEqual(
      seen.map(({ url }) => url.pathname.split('/')[1]),
      ['tenant', 'another'],
    )
    const plain = { fetch, authorityHost: 'http://login.example' }
    await assert.rejects(
      new ClientSecretCredential('t', 'c', 's', plain).getToken(scope),
      TypeError,
    )
    assert.throws(() => new ClientSecretCredential('tenant', 'client', ''), TypeError)
  })

  it("that is refused says the issuer's words and not itself", async () => {
    const { fetch } = fakeFetch(() =>
      json(401, {
        error: 'invalid_client',
        error_description: 'AADSTS7000215: Invalid client secret.',
      }),
    )
    const credential = new ClientSecretCredential('tenant', 'client', 'canary-secret', { fetch })
    await assert.rejects(credential.getToken(scope), (error) => {
      assert.match(inspect(error, { depth: 9 }), /AADSTS7000215/)
      assert.doesNotMatch(inspect(error, { depth: 9 }), /canary/)
      assert.equal((error as { readonly code?: string }).code, 'invalid_client')
      return true
    })
    assert.doesNotMatch(inspect(credential, { depth: 9, showHidden: true }), /canary/)
  })
})

describe('a workload identity', () => {
  it('exchanges the token that its platform has written, read anew each time', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'claviger-')), 'token')
    Object.assign(process.env, {
      AZURE_TENANT_ID: 'tenant',
      AZURE_CLIENT_ID: 'client',
      AZURE_FEDERATED_TOKEN_FILE: file,
    })
    const { fetch, seen } = fakeFetch(granted)
    const credential = new WorkloadIdentityCredential({ fetch })
    for (const assertion of ['first', 'second']) {
      writeFileSync(file, `${assertion}\n`)
      await credential.getToken(scope)
      assert.deepEqual(form(seen.at(-1)?.body ?? ''), {
        grant_type: 'client_credentials',
        scope,
        client_id: 'client',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: assertion,
      })
    }
  })
})

describe('the file of a workload identity', () => {
  it('that is named by an empty text is not named', async () => {
    const { fetch, seen } = fakeFetch(granted)
    const named = { AZURE_TENANT_ID: 'tenant', AZURE_CLIENT_ID: 'client' }
    Object.assign(process.env, named, { AZURE_FEDERATED_TOKEN_FILE: '' })
    const identity = new WorkloadIdentityCredential({ fetch })
    await assert.rejects(identity.getToken(scope), CredentialUnavailableError)
    assert.deepEqual(seen, [])
  })

  it('that cannot be read ends a chain, and nobody is asked', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'claviger-'))
    const long = join(folder, 'canary-long')
    writeFileSync(long, 'x'.repeat(70_000))
    const { fetch, seen } = fakeFetch(granted)
    for (const file of [join(folder, 'canary-nothing'), folder, long]) {
      Object.assign(process.env, {
        AZURE_TENANT_ID: 'tenant',
        AZURE_CLIENT_ID: 'client',
        AZURE_FEDERATED_TOKEN_FILE: file,
      })
      await assert.rejects(new DefaultCredential({ fetch }).getToken(scope), (error) => {
        assert.equal((error as { readonly code?: string }).code, 'FederatedTokenWrong')
        assert.doesNotMatch(inspect(error, { depth: 9 }), /canary/)
        return true
      })
    }
    assert.deepEqual(seen, [])
  })
})

describe('a managed identity', () => {
  it("is asked for at App Service's endpoint", async () => {
    Object.assign(process.env, {
      IDENTITY_ENDPOINT: 'http://127.0.0.1:41000/msi/token',
      IDENTITY_HEADER: 'canary-header',
    })
    const expiresOn = Math.floor(Date.now() / 1000) + 86_400
    const { fetch, seen } = fakeFetch(() =>
      json(200, { access_token: 'the-token', expires_on: String(expiresOn) }),
    )
    const token = await new ManagedIdentityCredential({ fetch, clientId: 'mine' }).getToken(scope)
    assert.equal(token.expiresOnTimestamp, expiresOn * 1000)
    assert.ok((token.refreshAfterTimestamp ?? 0) < token.expiresOnTimestamp - 36_000_000)
    const { url, headers } = seen[0] ?? assert.fail()
    assert.equal(headers.get('x-identity-header'), 'canary-header')
    assert.deepEqual(Object.fromEntries(url.searchParams), {
      'api-version': '2019-08-01',
      resource: 'https://vault.azure.net',
      client_id: 'mine',
    })
  })

  it('is asked for at IMDS, once that has answered at all, and again while it starts', async () => {
    const { fetch, seen } = fakeFetch(({ url }, number) => {
      if (url.search === '') return json(400, {})
      return number === 2 ? json(410, {}) : granted()
    })
    const credential = new ManagedIdentityCredential({ fetch, retryOptions: { retryDelayInMs: 1 } })
    await credential.getToken(scope)
    await credential.getToken([scope])
    assert.deepEqual(
      seen.map(({ url, headers }) => [url.host, url.search !== '', headers.get('metadata')]),
      [
        ['169.254.169.254', false, null],
        ['169.254.169.254', true, 'true'],
        ['169.254.169.254', true, 'true'],
        ['169.254.169.254', true, 'true'],
      ],
    )
  })

  it('is not there where nobody answers', async () => {
    const { fetch, seen } = fakeFetch(() => Promise.reject(new TypeError('fetch failed')))
    await assert.rejects(
      new ManagedIdentityCredential({ fetch }).getToken(scope),
      CredentialUnavailableError,
    )
    assert.equal(seen.length, 1)
  })

  const none = [
    [400, { error: 'invalid_request', error_description: 'Identity not found' }],
    [403, { error: 'x', error_description: 'A socket operation to an unreachable network.' }],
  ] as const
  for (const [status, body] of none) {
    it(`is not there when IMDS answers ${status} ${body.error_description}`, async () => {
      const { fetch } = fakeFetch(({ url }) => json(url.search === '' ? 400 : status, body))
      const identity = new ManagedIdentityCredential({ fetch, clientId: 'mine' })
      await assert.rejects(identity.getToken(scope), CredentialUnavailableError)
      const next = new FakeCredential()
      await new ChainedTokenCredential(identity, next).getToken(scope)
      assert.equal(next.asked.length, 1)
    })
  }

  it('is refused when IMDS refuses it for another reason', async () => {
    for (const status of [400, 403]) {
      const { fetch } = fakeFetch(() => json(status, { error: 'no', error_description: 'No.' }))
      const identity = new ManagedIdentityCredential({ fetch })
      await assert.rejects(identity.getToken(scope), { code: 'no' })
    }
  })

  it('is asked for at the host that the environment names, without a slash too many', async () => {
    process.env['AZURE_POD_IDENTITY_AUTHORITY_HOST'] = 'http://127.0.0.1:41000/'
    const { fetch, seen } = fakeFetch(granted)
    await new ManagedIdentityCredential({ fetch }).getToken(scope)
    assert.equal(seen.length, 1)
    assert.equal(seen[0]?.url.pathname, '/metadata/identity/oauth2/token')
  })
})

describe('a chain of credentials', () => {
  const unavailable = new EnvironmentCredential()

  it('takes the first that has something, and stays with it', async () => {
    const second = new FakeCredential()
    const chain = new ChainedTokenCredential(unavailable, second, new FakeCredential())
    assert.equal((await chain.getToken(scope)).token, 'canary-token-1')
    assert.equal((await chain.getToken(scope)).token, 'canary-token-2')
  })

  it('passes over a credential of @azure/identity that has nothing', async () => {
    const theirs = {
      getToken: () =>
        Promise.reject(Object.assign(new Error('no'), { name: 'CredentialUnavailableError' })),
    }
    const chain = new ChainedTokenCredential(theirs, new FakeCredential())
    assert.equal((await chain.getToken(scope)).token, 'canary-token-1')
  })

  it('does not pass over a refusal', async () => {
    const { fetch } = fakeFetch(() => json(401, { error: 'invalid_client' }))
    const refused = new ClientSecretCredential('tenant', 'client', 'wrong', { fetch })
    const chain = new ChainedTokenCredential(refused, new FakeCredential())
    await assert.rejects(chain.getToken(scope), { code: 'invalid_client' })
  })

  it('says why of each when there is none', async () => {
    const { fetch } = fakeFetch(() => Promise.reject(new TypeError('fetch failed')))
    await assert.rejects(new DefaultCredential({ fetch }).getToken(scope), (error) => {
      assert.ok(error instanceof CredentialUnavailableError)
      assert.match(error.message, /AZURE_CLIENT_SECRET are not all set.*FEDERATED.*no endpoint/)
      return true
    })
  })

  it('by default names the managed identity that the environment names', async () => {
    Object.assign(process.env, {
      AZURE_CLIENT_ID: 'mine',
      IDENTITY_ENDPOINT: 'http://127.0.0.1:41000/msi/token',
      IDENTITY_HEADER: 'header',
    })
    const { fetch, seen } = fakeFetch(granted)
    await new DefaultCredential({ fetch }).getToken(scope)
    await new ManagedIdentityCredential({ fetch }).getToken(scope)
    const named = seen.map(({ url }) => url.searchParams.get('client_id'))
    assert.deepEqual(named, ['mine', null])
  })

  it('by default is what the environment says', async () => {
    Object.assign(process.env, {
      AZURE_TENANT_ID: 'tenant',
      AZURE_CLIENT_ID: 'client',
      AZURE_CLIENT_SECRET: 'secret',
      AZURE_AUTHORITY_HOST: 'https://login.example',
      AZURE_ADDITIONALLY_ALLOWED_TENANTS: 'x;another',
    })
    const { fetch, seen } = fakeFetch(granted)
    await new DefaultCredential({ fetch }).getToken(scope, { tenantId: 'another' })
    assert.equal(seen[0]?.url.href, 'https://login.example/another/oauth2/v2.0/token')
  })
})
