import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { json, type SeenRequest } from '../testing/fake-fetch.ts'
import { collect } from '../testing/collect.ts'
import { FakeCredential, fakeVault, VAULT_URL } from '../testing/fake-vault.ts'
import { CertificateClient } from './certificate-client.ts'
import { KeyClient } from './key-client.ts'
import { SecretClient } from './secret-client.ts'

// Answers in the shapes that recordings of the service have: members that come and go, both base64
// alphabets, links with the port written out, `null` at the end of a list.

const V = VAULT_URL
const version = '0123456789abcdef0123456789abcdef'
const quickly = { intervalInMs: 1 }
const attributes = {
  enabled: true,
  nbf: 1577836800,
  exp: 2145916799,
  created: 1700000000,
  updated: 1700000001,
  recoveryLevel: 'Recoverable+Purgeable',
  recoverableDays: 90,
}
const times = {
  enabled: true,
  notBefore: new Date('2020-01-01T00:00:00Z'),
  expiresOn: new Date('2037-12-31T23:59:59Z'),
  createdOn: new Date(1700000000_000),
  updatedOn: new Date(1700000001_000),
  recoveryLevel: 'Recoverable+Purgeable',
  recoverableDays: 90,
}
const deletion = { deletedDate: 1700000002, scheduledPurgeDate: 1707776002 }
const deleted = {
  deletedOn: new Date(1700000002_000),
  scheduledPurgeDate: new Date(1707776002_000),
}
const notFound = (code: string): Response => json(404, { error: { code, message: 'Not found.' } })

type Answer = readonly [expected: string, answer: () => Response]

/** A vault that is asked for these things in this order. */
function played(...answers: readonly Answer[]): {
  fetch: ReturnType<typeof fakeVault>['fetch']
  seen: SeenRequest[]
} {
  const left = [...answers]
  return fakeVault(({ method, url }) => {
    const [expected, answer] =
      left.shift() ?? assert.fail(`nothing more than ${method} ${url.href}`)
    assert.equal(`${method} ${decodeURIComponent(url.pathname)}`, expected)
    return answer()
  })
}

describe('secrets as the service shows them', () => {
  const bundle = {
    id: `${V}/secrets/s/${version}`,
    attributes,
    contentType: 'text/plain',
    tags: { a: 'b' },
  }
  const properties = {
    id: `${V}/secrets/s/${version}`,
    name: 's',
    vaultUrl: V,
    version,
    contentType: 'text/plain',
    tags: { a: 'b' },
    ...times,
  }

  it('are read and set', async () => {
    const { fetch, seen } = played(
      ['PUT /secrets/s', () => json(200, { value: 'v', ...bundle })],
      ['GET /secrets/s/', () => json(200, { value: 'v', ...bundle })],
      [
        'GET /secrets/s/',
        () => json(200, { ...bundle, kid: `${V}/keys/s/${version}`, managed: true }),
      ],
    )
    const client = new SecretClient(V, new FakeCredential(), { fetch })
    const { notBefore, expiresOn } = times
    const set = await client.setSecret('s', 'v', { notBefore, expiresOn, tags: { a: 'b' } })
    assert.deepEqual(set, { name: 's', value: 'v', properties })
    assert.deepEqual(JSON.parse(seen[1]?.body ?? ''), {
      value: 'v',
      tags: { a: 'b' },
      attributes: { nbf: 1577836800, exp: 2145916799 },
    })
    assert.deepEqual(await client.getSecret('s'), set)
    const ofCertificate = await client.getSecret('s', { outContentType: 'application/x-pem-file' })
    assert.equal(seen.at(-1)?.url.searchParams.get('outContentType'), 'application/x-pem-file')
    assert.equal(ofCertificate.properties.certificateKeyId, `${V}/keys/s/${version}`)
    assert.equal(ofCertificate.properties.managed, true)
    assert.equal('value' in ofCertificate, false)
  })

  it('are listed over links with a port, and over empty pages', async () => {
    const link = `https://myvault.vault.azure.net:443/secrets?api-version=7.2&$skiptoken=eyJO&maxresults=1`
    const item = (name: string): object => ({ id: `${V}/secrets/${name}`, attributes })
    const { fetch, seen } = played(
      ['GET /secrets', () => json(200, { value: [item('a')], nextLink: link })],
      ['GET /secrets', () => json(200, { value: [], nextLink: link })],
      ['GET /secrets', () => json(200, { value: [item('b')], nextLink: null })],
    )
    const client = new SecretClient(V, new FakeCredential(), { fetch })
    const names = (await collect(client.listPropertiesOfSecrets())).map(({ name }) => name)
    assert.deepEqual(names, ['a', 'b'])
    assert.equal(seen.at(-1)?.url.search, '?api-version=7.2&$skiptoken=eyJO&maxresults=1')
  })

  it('are deleted after a while, and recovered', async () => {
    const gone = { ...bundle, recoveryId: `${V}/deletedsecrets/s`, ...deletion }
    const { fetch } = played(
      ['DELETE /secrets/s', () => json(200, gone)],
      ['GET /deletedsecrets/s', () => notFound('SecretNotFound')],
      ['GET /deletedsecrets/s', () => json(200, gone)],
      ['POST /deletedsecrets/s/recover', () => json(200, bundle)],
      ['GET /secrets/s/', () => notFound('SecretNotFound')],
      ['GET /secrets/s/', () => json(403, { error: { code: 'Forbidden', message: 'No.' } })],
      ['DELETE /deletedsecrets/s', () => new Response(null, { status: 204 })],
    )
    const client = new SecretClient(V, new FakeCredential(), { fetch })
    const poller = await client.beginDeleteSecret('s', quickly)
    assert.equal(poller.isDone(), false)
    const secret = await poller.pollUntilDone()
    const recoveryId = `${V}/deletedsecrets/s`
    assert.deepEqual(secret, {
      name: 's',
      properties: { ...properties, recoveryId, ...deleted },
      recoveryId,
      ...deleted,
    })
    const recovering = await client.beginRecoverDeletedSecret('s', quickly)
    assert.deepEqual(await recovering.pollUntilDone(), properties)
    await client.purgeDeletedSecret('s')
  })

  it('that end without a bin are done at once, and followed further from another process', async () => {
    const { fetch } = played(
      ['DELETE /secrets/s', () => json(200, bundle)],
      ['GET /deletedsecrets/s', () => json(200, { ...bundle, ...deletion })],
    )
    const client = new SecretClient(V, new FakeCredential(), { fetch })
    const poller = await client.beginDeleteSecret('s')
    assert.equal(poller.isDone(), true)
    const resumed = await client.beginDeleteSecret('', { resumeFrom: poller.toString() })
    assert.equal((await resumed.pollUntilDone()).name, 's')
  })
})

describe('keys as the service shows them', () => {
  const kid = `${V}/keys/k/${version}`

  it('have octets for their numbers, in either alphabet', async () => {
    const key = { kid, kty: 'RSA-HSM', key_ops: ['sign', 'verify'], n: '-_8=', e: 'AQAB' }
    const more = { exportable: false, hsmPlatform: '2' }
    const policy = { contentType: 'application/json; charset=utf-8', data: 'e30', immutable: false }
    const bundle = {
      key,
      attributes: { ...attributes, ...more },
      managed: true,
      release_policy: policy,
    }
    const { fetch } = played(['GET /keys/k/', () => json(200, bundle)])
    const read = await new KeyClient(V, new FakeCredential(), { fetch }).getKey('k')
    assert.deepEqual(read, {
      name: 'k',
      id: kid,
      kind: 'RSA',
      keyType: 'RSA-HSM',
      keyOperations: ['sign', 'verify'],
      key: {
        kid,
        kty: 'RSA-HSM',
        keyOps: ['sign', 'verify'],
        n: Uint8Array.of(0xfb, 0xff),
        e: Uint8Array.of(1, 0, 1),
      },
      properties: {
        id: kid,
        name: 'k',
        vaultUrl: V,
        version,
        managed: true,
        ...more,
        releasePolicy: {
          contentType: 'application/json; charset=utf-8',
          encodedPolicy: new TextEncoder().encode('{}'),
          immutable: false,
        },
        ...times,
      },
    })
  })

  it('have a rotation policy that says Notify by itself', async () => {
    const policy = {
      id: `${V}/keys/k/rotationpolicy`,
      lifetimeActions: [
        {
          trigger: { timeAfterCreate: 'P90D', timeBeforeExpiry: null },
          action: { type: 'rotate' },
        },
        { trigger: { timeBeforeExpiry: 'P30D' }, action: { type: 'Notify' } },
      ],
      attributes: { expiryTime: null, created: 1700000000, updated: 1700000001 },
    }
    const { fetch, seen } = played(['PUT /keys/k/rotationpolicy', () => json(200, policy)])
    const client = new KeyClient(V, new FakeCredential(), { fetch })
    const lifetimeActions = [{ action: 'Rotate', timeAfterCreate: 'P90D' }] as const
    assert.deepEqual(await client.updateKeyRotationPolicy('k', { lifetimeActions }), {
      id: `${V}/keys/k/rotationpolicy`,
      createdOn: times.createdOn,
      updatedOn: times.updatedOn,
      lifetimeActions: [
        { action: 'Rotate', timeAfterCreate: 'P90D' },
        { action: 'Notify', timeBeforeExpiry: 'P30D' },
      ],
    })
    assert.deepEqual(JSON.parse(seen.at(-1)?.body ?? ''), {
      attributes: {},
      lifetimeActions: [{ action: { type: 'Rotate' }, trigger: { timeAfterCreate: 'P90D' } }],
    })
  })

  it('are released, attested and drawn from', async () => {
    const attestation = { certificatePemFile: 'AAE', version: '1.0' }
    const key = { kid, kty: 'oct-HSM' }
    const { fetch, seen } = played(
      ['POST /keys/k/release', () => json(200, { value: 'a.b.c' })],
      ['GET /keys/k/attestation', () => json(200, { key, attributes: { attestation } })],
      ['POST /rng', () => json(200, { value: '-_8' })],
    )
    const client = new KeyClient(V, new FakeCredential(), { fetch })
    const algorithm = 'RSA_AES_KEY_WRAP_256'
    assert.deepEqual(await client.releaseKey('k', 'jwt', { nonce: 'n', algorithm }), {
      value: 'a.b.c',
    })
    assert.deepEqual(JSON.parse(seen.at(-1)?.body ?? ''), {
      target: 'jwt',
      nonce: 'n',
      enc: algorithm,
    })
    const attested = await client.getKeyAttestation('k')
    assert.deepEqual(attested.properties.attestation, {
      certificatePemFile: Uint8Array.of(0, 1),
      version: '1.0',
    })
    assert.deepEqual(await client.getRandomBytes(2), Uint8Array.of(0xfb, 0xff))
  })
})

describe('certificates as the service shows them', () => {
  const id = `${V}/certificates/c/${version}`
  const policy = {
    id: `${V}/certificates/c/policy`,
    key_props: { exportable: true, kty: 'RSA', key_size: 2048, reuse_key: false },
    secret_props: { contentType: 'application/x-pkcs12' },
    x509_props: {
      subject: 'cn=MyCert',
      sans: {},
      ekus: ['1.3.6.1.5.5.7.3.1'],
      key_usage: ['digitalSignature'],
      validity_months: 12,
      basic_constraints: { ca: false },
    },
    lifetime_actions: [
      { trigger: { lifetime_percentage: 80 }, action: { action_type: 'AutoRenew' } },
    ],
    issuer: { name: 'Self' },
    attributes: { enabled: true, created: 1, updated: 1 },
  }
  const pending = (status: string, more: object = {}): object => ({
    id: `${V}/certificates/c/pending`,
    issuer: { name: 'Self' },
    csr: 'MA+/',
    cancellation_requested: false,
    status,
    request_id: version,
    ...more,
  })

  it('are made by polling until they are no longer inProgress', async () => {
    const bundle = {
      id,
      kid: `${V}/keys/c/${version}`,
      sid: `${V}/secrets/c/${version}`,
      x5t: '-_8',
      cer: '+/8=',
      attributes,
      policy,
    }
    const { fetch } = played(
      ['POST /certificates/c/create', () => json(202, pending('inProgress'))],
      ['GET /certificates/c/pending', () => json(200, pending('inProgress'))],
      [
        'GET /certificates/c/pending',
        () => json(200, pending('completed', { target: `${V}/certificates/c` })),
      ],
      ['GET /certificates/c/', () => json(200, bundle)],
    )
    const client = new CertificateClient(V, new FakeCredential(), { fetch })
    const names = { issuerName: 'Self', subject: 'cn=MyCert' }
    const poller = await client.beginCreateCertificate('c', names, quickly)
    const { certificateOperation } = poller.getOperationState()
    assert.deepEqual(certificateOperation?.csr, Uint8Array.of(0x30, 0x0f, 0xbf))
    assert.deepEqual(await poller.pollUntilDone(), {
      name: 'c',
      id,
      keyId: `${V}/keys/c/${version}`,
      secretId: `${V}/secrets/c/${version}`,
      cer: Uint8Array.of(0xfb, 0xff),
      policy: {
        issuerName: 'Self',
        contentType: 'application/x-pkcs12',
        enabled: true,
        exportable: true,
        keySize: 2048,
        keyType: 'RSA',
        reuseKey: false,
        enhancedKeyUsage: ['1.3.6.1.5.5.7.3.1'],
        keyUsage: ['digitalSignature'],
        validityInMonths: 12,
        subject: 'cn=MyCert',
        lifetimeActions: [{ action: 'AutoRenew', lifetimePercentage: 80 }],
      },
      properties: {
        id,
        name: 'c',
        vaultUrl: V,
        version,
        ...times,
        x509Thumbprint: Uint8Array.of(0xfb, 0xff),
        x509ThumbprintString: 'fbff',
      },
    })
  })

  it('that could not be made reject with what the issuer says', async () => {
    const error = { code: 'Request rejected', message: 'The issuer has refused.' }
    const { fetch } = played([
      'GET /certificates/c/pending',
      () => json(200, pending('failed', { error })),
    ])
    const client = new CertificateClient(V, new FakeCredential(), { fetch })
    const poller = await client.getCertificateOperation('c')
    await assert.rejects(poller.pollUntilDone(), {
      code: 'Request rejected',
      message: error.message,
    })
  })

  it('are merged and imported in standard base64, PEM as its text', async () => {
    const bundle = { id, attributes }
    const { fetch, seen } = played(
      ['POST /certificates/c/pending/merge', () => json(201, bundle)],
      ['POST /certificates/c/import', () => json(200, bundle)],
      ['POST /certificates/c/import', () => json(200, bundle)],
    )
    const client = new CertificateClient(V, new FakeCredential(), { fetch })
    await client.mergeCertificate('c', [Uint8Array.of(0xfb, 0xff)])
    await client.importCertificate('c', Uint8Array.of(0xfb, 0xff), { password: 'p' })
    const contentType = 'application/x-pem-file'
    await client.importCertificate('c', new TextEncoder().encode('-----'), {
      policy: { contentType },
    })
    const [, merged, pkcs12, pem] = seen.map(({ body }) => body)
    assert.equal(merged, '{"x5c":["+/8="]}')
    assert.deepEqual(JSON.parse(pkcs12 ?? ''), { value: '+/8=', pwd: 'p', attributes: {} })
    assert.equal((JSON.parse(pem ?? '') as { readonly value: string }).value, '-----')
  })
})
