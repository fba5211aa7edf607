import assert from 'node:assert/strict'
import {
  constants,
  generateKeyPairSync,
  hash,
  type KeyObject,
  randomBytes,
  verify,
} from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { inspect } from 'node:util'
import { fakeFetch, json, type SeenRequest } from '../../testing/fake-fetch.ts'
import { ClientCertificateCredential } from './client-certificate-credential.ts'
import { DefaultCredential } from './default-credential.ts'
import { EnvironmentCredential } from './environment-credential.ts'

const scope = 'https://vault.azure.net/.default'
const granted = (): Response =>
  json(200, { token_type: 'Bearer', expires_in: 3599, access_token: 'the-token' })

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const certificates = [randomBytes(700), randomBytes(900)]
const pkcs8 = privateKey.export({ format: 'pem', type: 'pkcs8' })
const chain = certificates.map(pemOf).join('')
const pem = pkcs8 + chain

function pemOf(der: Buffer): string {
  const lines = der.toString('base64').replaceAll(/(.{64})/g, '$1\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

/** The name of the certificate and the claims of an assertion whose signature is the key's. */
function assertionOf({ body }: SeenRequest, key: KeyObject): readonly object[] {
  const [header = '', claims = '', signature = ''] =
    new URLSearchParams(body).get('client_assertion')?.split('.') ?? []
  const parts = [header, claims].map(
    (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as { alg?: string },
  )
  const padding = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  const isOfKey = verify(
    'sha256',
    Buffer.from(`${header}.${claims}`),
    parts[0]?.alg === 'PS256' ? padding : key,
    Buffer.from(signature, 'base64url'),
  )
  assert.ok(isOfKey, 'the signature is of the key')
  return parts
}

const before = { ...process.env }
beforeEach(() => {
  for (const name of Object.keys(process.env)) {
    if (/^(AZURE|IDENTITY|MSI|IMDS)_/.test(name)) delete process.env[name]
  }
})
afterEach(() => {
  process.env = { ...before }
})

describe('a client certificate', () => {
  it('signs an assertion for the endpoint that it goes to, anew each time', async () => {
    const { fetch, seen } = fakeFetch(granted)
    const options = { fetch, authorityHost: 'https://login.example:8443' }
    const own = new ClientCertificateCredential('tenant', 'client', { certificate: pem }, options)
    assert.equal((await own.getToken(scope)).token, 'the-token')
    await own.getToken(scope)
    const [first, second] = seen.map((one) => assertionOf(one, publicKey))
    const [header, claims] = first as [object, { jti: string; nbf: number; exp: number }]
    const sha256 = hash('sha256', certificates[0] ?? '', 'base64url')
    assert.deepEqual(header, { alg: 'PS256', typ: 'JWT', 'x5t#S256': sha256 })
    const { jti, nbf, exp, ...who } = claims
    assert.deepEqual(who, {
      aud: 'https://login.example:8443/tenant/oauth2/v2.0/token',
      iss: 'client',
      sub: 'client',
    })
    assert.match(jti, /^[0-9a-f-]{36}$/)
    assert.equal(exp - nbf, 600)
    assert.notEqual((second?.[1] as { jti: string } | undefined)?.jti, jti)
    const form = Object.fromEntries(new URLSearchParams(seen[0]?.body))
    assert.deepEqual(Object.keys(form).toSorted(), [
      'client_assertion', 'client_assertion_type', 'client_id', 'grant_type', 'scope',
    ])
  })

  it('signs as AD FS wants it at the tenant adfs', async () => {
    const { fetch, seen } = fakeFetch(granted)
    const own = new ClientCertificateCredential('adfs', 'client', { certificate: pem }, { fetch })
    await own.getToken(scope)
    const [header] = assertionOf(seen[0] ?? assert.fail(), publicKey)
    const x5t = hash('sha1', certificates[0] ?? '', 'base64url')
    assert.deepEqual(header, { alg: 'RS256', typ: 'JWT', x5t })
  })

  it('shows its chain when it is told to', async () => {
    const { fetch, seen } = fakeFetch(granted)
    const options = { fetch, sendCertificateChain: true }
    await new ClientCertificateCredential('t', 'c', { certificate: pem }, options).getToken(scope)
    const [header] = assertionOf(seen[0] ?? assert.fail(), publicKey)
    assert.deepEqual(
      (header as { x5c: string[] }).x5c,
      certificates.map((one) => one.toString('base64')),
    )
  })

  it('is read from its file each time, also with another key', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'claviger-')), 'client.pem')
    const { fetch, seen } = fakeFetch(granted)
    const own = new ClientCertificateCredential('tenant', 'client', file, { fetch })
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
    for (const pair of [{ privateKey, publicKey }, other]) {
      const key = pair.privateKey.export({ format: 'pem', type: 'pkcs8' })
      writeFileSync(file, key + chain, { mode: 0o600 })
      await own.getToken(scope)
      assertionOf(seen.at(-1) ?? assert.fail(), pair.publicKey)
    }
  })

  const passphrase = 'canary-password'
  const forms = {
    'of PKCS #1': privateKey.export({ format: 'pem', type: 'pkcs1' }),
    'of PKCS #8, encrypted': privateKey.export({
      format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase,
    }),
    'of PKCS #1, encrypted': privateKey.export({
      format: 'pem', type: 'pkcs1', cipher: 'aes-256-cbc', passphrase,
    }),
  }
  for (const [name, key] of Object.entries(forms)) {
    it(`opens a key ${name}`, async () => {
      const { fetch, seen } = fakeFetch(granted)
      const certificate = { certificate: chain + key, certificatePassword: passphrase }
      await new ClientCertificateCredential('t', 'c', certificate, { fetch }).getToken(scope)
      assertionOf(seen[0] ?? assert.fail(), publicKey)
    })
  }

  it('that is none is refused by name, sends nothing and tells nothing of itself', async () => {
    const { privateKey: elliptic } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const encrypted = forms['of PKCS #8, encrypted']
    const { fetch, seen } = fakeFetch(granted)
    const wrong = [
      { certificate: pkcs8 },
      { certificate: chain },
      { certificate: 'canary' },
      { certificate: elliptic.export({ format: 'pem', type: 'pkcs8' }) + chain },
      { certificate: chain + pkcs8.replace(/\n.{20}/, '\n!') },
      { certificate: chain + encrypted },
      { certificate: chain + encrypted, certificatePassword: 'canary-wrong' },
      { certificatePath: '/canary/nothing.pem' },
      { certificatePath: tmpdir() },
    ]
    for (const certificate of wrong) {
      const own = new ClientCertificateCredential('tenant', 'client', certificate, { fetch })
      await assert.rejects(own.getToken(scope), (error) => {
        assert.equal((error as { readonly name?: string }).name, 'AuthenticationError')
        assert.equal((error as { readonly code?: string }).code, 'ClientCertificateWrong')
        assert.doesNotMatch(inspect(error, { depth: 9 }), /canary|BEGIN/)
        return true
      })
      assert.doesNotMatch(inspect(own, { depth: 9, showHidden: true }), /canary|BEGIN/)
    }
    assert.deepEqual(seen, [])
    assert.throws(() => new ClientCertificateCredential('tenant', 'client', ''), TypeError)
  })
})

describe('the environment', () => {
  const application = { AZURE_TENANT_ID: 'tenant', AZURE_CLIENT_ID: 'client' }

  it('names a certificate, its password and its chain', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'claviger-')), 'client.pem')
    const passphrase = 'password'
    const encrypted = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase } as const
    const key = privateKey.export(encrypted)
    writeFileSync(file, key + chain, { mode: 0o600 })
    Object.assign(process.env, application, {
      AZURE_CLIENT_CERTIFICATE_PATH: file,
      AZURE_CLIENT_CERTIFICATE_PASSWORD: 'password',
      AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: 'True',
    })
    const { fetch, seen } = fakeFetch(granted)
    await new DefaultCredential({ fetch }).getToken(scope)
    const [header] = assertionOf(seen[0] ?? assert.fail(), publicKey)
    assert.equal((header as { x5c: string[] }).x5c.length, 2)
  })

  it('that names a secret too means the secret', async () => {
    Object.assign(process.env, application, {
      AZURE_CLIENT_SECRET: 'secret',
      AZURE_CLIENT_CERTIFICATE_PATH: '/nothing.pem',
    })
    const { fetch, seen } = fakeFetch(granted)
    await new EnvironmentCredential({ fetch }).getToken(scope)
    assert.equal(new URLSearchParams(seen[0]?.body).get('client_secret'), 'secret')
  })

  it('makes nobody the machine who is named with what does not work', async () => {
    const { fetch, seen } = fakeFetch(granted)
    const wrong = {
      ClientCertificateWrong: { AZURE_CLIENT_CERTIFICATE_PATH: '/nothing.pem' },
      PasswordNotSupported: { AZURE_USERNAME: 'somebody', AZURE_PASSWORD: 'canary-password' },
    }
    for (const [code, variables] of Object.entries(wrong)) {
      process.env = { ...application, ...variables }
      await assert.rejects(new DefaultCredential({ fetch }).getToken(scope), (error) => {
        assert.equal((error as { readonly code?: string }).code, code)
        assert.doesNotMatch(inspect(error, { depth: 9 }), /canary/)
        return true
      })
    }
    assert.deepEqual(seen, [])
  })
})
