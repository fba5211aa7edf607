import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { inspect } from 'node:util'
import { CredentialUnavailableError } from '../../core/errors.ts'
import { fakeFetch, json, type FakeFetch } from '../../testing/fake-fetch.ts'
import {
  ManagedIdentityCredential,
  type ManagedIdentityCredentialOptions,
} from './managed-identity-credential.ts'

const scope = 'https://vault.azure.net/.default'
const granted = (more: object = {}): Response =>
  json(200, { expires_in: '86400', access_token: 'the-token', ...more })

const before = { ...process.env }
const ownPlatform = Object.getOwnPropertyDescriptor(process, 'platform') ?? assert.fail()
beforeEach(() => {
  for (const name of Object.keys(process.env)) {
    if (/^(AZURE|IDENTITY|MSI|IMDS)_/.test(name)) delete process.env[name]
  }
})
afterEach(() => {
  process.env = { ...before }
  mock.restoreAll()
  Object.defineProperty(process, 'platform', ownPlatform)
})

/** The files of a machine, and its system. */
function machine(platform: string, files: Readonly<Record<string, string>> = {}): void {
  const read = (path: string): string =>
    files[path] ?? assert.fail(`canary: there is no file ${path}`)
  const module = {
    access: async (path: string) => void read(path),
    stat: async (path: string) => ({ size: Buffer.byteLength(read(path)) }),
    readFile: async (path: string) => read(path),
  }
  mock.method(process, 'getBuiltinModule', () => module)
  Object.defineProperty(process, 'platform', { ...ownPlatform, value: platform })
}

const endpoint = 'http://127.0.0.1:40342/metadata/identity/oauth2/token'
const ARC = { IDENTITY_ENDPOINT: endpoint, IMDS_ENDPOINT: 'http://127.0.0.1:40342' }
const KEY = '/var/opt/azcmagent/tokens/2f.key'

/** The agent of Azure Arc: it names a file, and answers who knows what is in it. */
function agent(realm: string, body: object = {}): FakeFetch {
  return fakeFetch(({ headers }) => {
    if (headers.get('authorization') === 'Basic canary-key') return granted(body)
    return json(401, {}, { 'www-authenticate': `Basic realm=${realm}` })
  })
}

describe('a managed identity of Azure Arc', () => {
  const windows = 'C:\\ProgramData\\AzureConnectedMachineAgent\\Tokens\\2f.key'
  const machines = { linux: KEY, win32: windows }
  for (const [system, path] of Object.entries(machines)) {
    it(`is shown that the file can be read that it names, on ${system}`, async () => {
      process.env['ProgramData'] = 'C:\\ProgramData'
      Object.assign(process.env, ARC)
      machine(system, { [path]: 'canary-key\n' })
      const { fetch, seen } = agent(path)
      const { token } = await new ManagedIdentityCredential({ fetch }).getToken(scope)
      assert.equal(token, 'the-token')
      const asked = seen.map(({ method, url, headers }) => [
        method, url.href, headers.get('metadata'), headers.get('authorization'),
      ])
      const query = '?api-version=2020-06-01&resource=https%3A%2F%2Fvault.azure.net'
      assert.deepEqual(asked, [
        ['GET', endpoint + query, 'true', null],
        ['GET', endpoint + query, 'true', 'Basic canary-key'],
      ])
    })
  }

  it('is found by its agent where the environment says nothing', async () => {
    machine('linux', { '/opt/azcmagent/bin/himds': '', [KEY]: 'canary-key' })
    const { fetch, seen } = agent(KEY)
    await new ManagedIdentityCredential({ fetch }).getToken(scope)
    assert.equal(seen[0]?.url.origin, 'http://127.0.0.1:40342')
  })

  const elsewhere = {
    'another folder': '/etc/canary.key',
    'a path that leaves the folder': '/var/opt/azcmagent/tokens/../canary.key',
    'a folder below': '/var/opt/azcmagent/tokens/a/canary.key',
    'another name': '/var/opt/azcmagent/tokens/canary.pem',
    'no path': '',
    'a file that is not there': KEY.replace('2f', '30'),
    'a key that is too long': KEY.replace('2f', 'long'),
    'a key of several lines': KEY.replace('2f', 'lines'),
  }
  for (const [what, path] of Object.entries(elsewhere)) {
    it(`sends nothing of ${what}`, async () => {
      Object.assign(process.env, ARC)
      machine('linux', {
        [path]: 'canary',
        [KEY.replace('2f', 'long')]: 'canary'.repeat(700),
        [KEY.replace('2f', 'lines')]: 'canary\r\nx: y',
      })
      if (what.includes('not there')) machine('linux')
      const { fetch, seen } = agent(path)
      await assert.rejects(new ManagedIdentityCredential({ fetch }).getToken(scope), (error) => {
        assert.equal((error as { readonly code?: string }).code, 'AzureArcRefused')
        assert.doesNotMatch(inspect(error, { depth: 9 }), /canary/)
        return true
      })
      assert.equal(seen.length, 1)
    })
  }

  it('is on Linux and Windows alone', async () => {
    Object.assign(process.env, ARC)
    machine('darwin', { [KEY]: 'canary-key' })
    const { fetch } = agent(KEY)
    const refused = new ManagedIdentityCredential({ fetch }).getToken(scope)
    await assert.rejects(refused, { code: 'AzureArcRefused' })
  })

  const chosen: readonly [ManagedIdentityCredentialOptions, object][] = [
    [{ clientId: 'mine' }, { client_id: 'MINE' }],
    [{ objectId: 'mine' }, { object_id: 'mine' }],
    [{ resourceId: '/mine' }, { msi_res_id: '/mine' }],
  ]
  for (const [identity, body] of chosen) {
    it(`that is named by ${Object.keys(identity).join()} is no other`, async () => {
      Object.assign(process.env, ARC)
      machine('linux', { [KEY]: 'canary-key' })
      const same = agent(KEY, body)
      const own = new ManagedIdentityCredential({ ...identity, fetch: same.fetch })
      assert.equal((await own.getToken(scope)).token, 'the-token')
      const named = same.seen[1]?.url.searchParams.get(Object.keys(body).join())
      assert.equal(named, Object.values(identity).join())
      for (const others of [{}, { client_id: 'x', object_id: 'x', msi_res_id: 'x' }]) {
        const { fetch } = agent(KEY, others)
        const other = new ManagedIdentityCredential({ ...identity, fetch })
        await assert.rejects(other.getToken(scope), { code: 'AzureArcRefused' })
      }
    })
  }
})

describe('a managed identity', () => {
  it("is asked for by a form in Cloud Shell, which has no other than its own", async () => {
    process.env['MSI_ENDPOINT'] = 'http://localhost:50342/oauth2/token'
    const { fetch, seen } = fakeFetch(() => granted())
    await new ManagedIdentityCredential({ fetch }).getToken(scope)
    const [{ method, url, headers, body }] = [seen[0] ?? assert.fail()]
    assert.equal(`${method} ${url.href}`, 'POST http://localhost:50342/oauth2/token')
    assert.equal(headers.get('metadata'), 'true')
    assert.equal(body, 'resource=https%3A%2F%2Fvault.azure.net')
    const named = new ManagedIdentityCredential({ fetch, clientId: 'mine' })
    await assert.rejects(named.getToken(scope), CredentialUnavailableError)
    assert.equal(seen.length, 1)
  })

  const others = {
    'Service Fabric': {
      IDENTITY_ENDPOINT: 'https://localhost:2377/metadata/identity/oauth2/token',
      IDENTITY_HEADER: 'canary-header',
      IDENTITY_SERVER_THUMBPRINT: 'thumbprint',
    },
    'Machine Learning': {
      MSI_ENDPOINT: 'http://localhost:46808/MSI/auth',
      MSI_SECRET: 'canary-secret',
    },
  }
  for (const [platform, variables] of Object.entries(others)) {
    it(`of ${platform} is refused by name, and nobody is asked`, async () => {
      Object.assign(process.env, variables)
      const { fetch, seen } = fakeFetch(() => granted())
      await assert.rejects(new ManagedIdentityCredential({ fetch }).getToken(scope), (error) => {
        assert.ok(!(error instanceof CredentialUnavailableError))
        assert.match(String(error), new RegExp(`${platform} are not supported`))
        assert.doesNotMatch(inspect(error, { depth: 9 }), /canary/)
        return true
      })
      assert.deepEqual(seen, [])
    })
  }

  it('is not there where a gateway says so in words that are no JSON', async () => {
    const text = 'A socket operation was attempted to an unreachable host.'
    const { fetch, seen } = fakeFetch(() => new Response(text, { status: 403 }))
    const identity = new ManagedIdentityCredential({ fetch })
    await assert.rejects(identity.getToken(scope), CredentialUnavailableError)
    assert.equal(seen.length, 1)
  })

  it('has an endpoint that is a URL', async () => {
    const { fetch, seen } = fakeFetch(() => granted())
    for (const wrong of ['nowhere', 'file:///etc/canary', 'http://']) {
      Object.assign(process.env, { IDENTITY_ENDPOINT: wrong, IDENTITY_HEADER: 'header' })
      await assert.rejects(new ManagedIdentityCredential({ fetch }).getToken(scope), {
        code: 'ManagedIdentityEndpointWrong',
      })
    }
    assert.deepEqual(seen, [])
  })
})
