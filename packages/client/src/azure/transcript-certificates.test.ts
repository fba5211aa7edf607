import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collect } from '../testing/collect.ts'
import { VAULT_URL } from '../testing/fake-vault.ts'
import { OF_ISSUERS, OF_MAKING } from '../testing/parted-transcripts.ts'
import { refusal, transcriptOf } from '../testing/played.ts'
import {
  deletedTimes,
  deletion,
  quickly,
  times,
  version,
  wireTimes,
} from '../testing/recorded-attributes.ts'
import {
  certificate,
  policy,
  wireCertificate,
  wirePolicy,
} from '../testing/recorded-certificate.ts'
import { CertificateClient } from './certificate-client.ts'

// Answers in the shapes that recordings of the service have, with our own values: both base64
// alphabets, empty lists of names, members that no client has a use for.

const V = VAULT_URL
const { play, unused } = transcriptOf(
  CertificateClient.prototype,
  (credential, options) => new CertificateClient(V, credential, options),
)

const { policy: _, ...withoutPolicy } = certificate
const recoveryId = `${V}/deletedcertificates/c`
const inBin = { recoveryId, ...deletion }
const notFound = refusal('CertificateNotFound', 'No deleted certificate c.')

describe('certificates as the service shows them', () => {
  it('are read, also one that is not made yet', async () => {
    const { id, attributes } = wireCertificate
    const pending = { id: `${V}/certificates/c/pending` }
    const disabled = { ...attributes, enabled: false }
    const unmade = { id, attributes: disabled, policy: wirePolicy, pending }
    await play(
      [
        { asks: 'GET /certificates/c/', gives: [200, { ...wireCertificate, pending }] },
        { asks: `GET /certificates/c/${version}`, gives: [200, wireCertificate] },
        { asks: 'GET /certificates/c/', gives: [200, unmade] },
      ],
      async (client) => {
        assert.deepEqual(await client.getCertificate('c'), certificate)
        assert.deepEqual(await client.getCertificateVersion('c', version), withoutPolicy)
        assert.deepEqual(await client.getCertificate('c'), {
          name: 'c',
          id,
          policy,
          properties: { id, name: 'c', vaultUrl: V, version, ...times, enabled: false },
        })
      },
    )
  })

  it('are imported as PKCS#12 in standard base64, and as PEM that stays text', async () => {
    const asks = 'POST /certificates/c/import'
    const first = {
      value: '+/8=',
      pwd: 'p',
      tags: { a: 'b' },
      preserveCertOrder: true,
      attributes: { enabled: true },
    }
    const contentType = 'application/x-pem-file'
    const empty = { key_props: {}, x509_props: {}, issuer: {}, attributes: {} }
    const ofPem = { ...empty, secret_props: { contentType } }
    const second = { value: '-----', policy: ofPem, attributes: {} }
    await play(
      [
        { asks, body: first, gives: [200, wireCertificate] },
        { asks, body: second, gives: [200, wireCertificate] },
      ],
      async (client) => {
        const options = { password: 'p', tags: { a: 'b' }, enabled: true }
        const ordered = { ...options, preserveCertificateOrder: true }
        const pkcs12 = Uint8Array.of(0xfb, 0xff)
        assert.deepEqual(await client.importCertificate('c', pkcs12, ordered), certificate)
        const text = new TextEncoder().encode('-----')
        await client.importCertificate('c', text, { policy: { contentType } })
      },
    )
  })

  it('are changed, and so are their policies', async () => {
    const attributes = { enabled: false, nbf: 1577836800, exp: 2145916799 }
    // Its id, its dates and what no client has a member for are the service's own.
    const { key_props, secret_props, lifetime_actions, issuer } = wirePolicy
    const { subject, ekus, key_usage, validity_months } = wirePolicy.x509_props
    const x509_props = { subject, ekus, key_usage, validity_months }
    const settable = { key_props, secret_props, x509_props, lifetime_actions, issuer }
    const body = { ...settable, attributes: { enabled: true } }
    const asks = `PATCH /certificates/c/${version}`
    await play(
      [
        { asks, body: { tags: { a: 'b' }, attributes }, gives: [200, wireCertificate] },
        { asks: 'PATCH /certificates/c/', body: { attributes: {} }, gives: [200, wireCertificate] },
        { asks: 'GET /certificates/c/policy', gives: [200, wirePolicy] },
        { asks: 'PATCH /certificates/c/policy', body, gives: [200, wirePolicy] },
      ],
      async (client) => {
        const { notBefore, expiresOn } = times
        const change = { tags: { a: 'b' }, enabled: false, notBefore, expiresOn }
        const changed = await client.updateCertificateProperties('c', version, change)
        assert.deepEqual(changed, withoutPolicy)
        assert.deepEqual(await client.updateCertificateProperties('c', ''), withoutPolicy)
        assert.deepEqual(await client.getCertificatePolicy('c'), policy)
        assert.deepEqual(await client.updateCertificatePolicy('c', policy), policy)
      },
    )
  })

  it('have policies of curves, of other names and of issuers outside', async () => {
    const key_props = { exportable: false, kty: 'EC-HSM', crv: 'P-384', reuse_key: true }
    const secret_props = { contentType: 'application/x-pem-file' }
    const dates = { created: 1700000000, updated: 1700000001 }
    const sans = {
      emails: ['a@b.example'],
      dns_names: ['a.example'],
      upns: ['a@c.example'],
      uris: ['https://a.example/'],
      ipAddresses: ['::1'],
    }
    const x509_props = { subject: '', sans, ekus: [], key_usage: [], validity_months: 3 }
    const action = { action_type: 'EmailContacts' }
    const lifetime_actions = [{ trigger: { days_before_expiry: 30 }, action }]
    const issuer = { name: 'ca', cty: 'OV-SSL', cert_transparency: true }
    const attributes = { enabled: true }
    const parts = { key_props, secret_props, x509_props, lifetime_actions, issuer }
    const body = { ...parts, attributes }
    const wire = { id: wirePolicy.id, ...parts, attributes: { ...attributes, ...dates } }
    const none = { emails: [], dns_names: [], upns: [] }
    const unnamed = { ...wire, x509_props: { ...x509_props, sans: none } }
    const ofPolicy = {
      issuerName: 'ca',
      certificateType: 'OV-SSL',
      certificateTransparency: true,
      contentType: 'application/x-pem-file',
      enabled: true,
      exportable: false,
      keyType: 'EC-HSM',
      keyCurveName: 'P-384',
      reuseKey: true,
      enhancedKeyUsage: [],
      keyUsage: [],
      validityInMonths: 3,
      subject: '',
      lifetimeActions: [{ action: 'EmailContacts', daysBeforeExpiry: 30 }],
    } as const
    const subjectAlternativeNames = {
      emails: ['a@b.example'],
      dnsNames: ['a.example'],
      userPrincipalNames: ['a@c.example'],
      uniformResourceIdentifiers: ['https://a.example/'],
      ipAddresses: ['::1'],
    }
    const asks = 'PATCH /certificates/c/policy'
    await play(
      [
        { asks, body, gives: [200, wire] },
        { asks: 'GET /certificates/c/policy', gives: [200, unnamed] },
      ],
      async (client) => {
        const named = { ...ofPolicy, subjectAlternativeNames }
        assert.deepEqual(await client.updateCertificatePolicy('c', named), named)
        assert.deepEqual(await client.getCertificatePolicy('c'), ofPolicy)
      },
    )
  })

  it('are listed, with those that are not made yet and those in the bin', async () => {
    const item = { id: `${V}/certificates/c`, x5t: '-_8', attributes: wireTimes, subject: '' }
    const rest = '?$skiptoken=eyJO&includePending=true'
    const nextLink = `${V}:443/certificates?api-version=2025-07-01&${rest.slice(1)}`
    const last = (one: object): object => ({ value: [one], nextLink: null })
    const pending = '?includePending=true'
    const bin = `GET /deletedcertificates${pending}`
    await play(
      [
        { asks: `GET /certificates${pending}`, gives: [200, { value: [item], nextLink }] },
        { asks: `GET /certificates${rest}`, gives: [200, { value: [], nextLink: null }] },
        { asks: 'GET /certificates/c/versions', gives: [200, last({ ...item, tags: {} })] },
        { asks: bin, gives: [200, last({ ...inBin, ...item })] },
        { asks: 'GET /deletedcertificates', gives: [200, { value: [], nextLink: null }] },
      ],
      async (client) => {
        const x509Thumbprint = Uint8Array.of(0xfb, 0xff)
        const thumbprint = { x509Thumbprint, x509ThumbprintString: 'fbff' }
        const properties = { id: item.id, name: 'c', vaultUrl: V, ...times, ...thumbprint }
        const listed = client.listPropertiesOfCertificates({ includePending: true })
        assert.deepEqual(await collect(listed), [properties])
        const versions = await collect(client.listPropertiesOfCertificateVersions('c'))
        assert.deepEqual(versions, [{ ...properties, tags: {} }])
        const deleted = client.listDeletedCertificates({ includePending: true })
        const { id } = item
        const expected = { name: 'c', id, properties, recoveryId, ...deletedTimes }
        assert.deepEqual(await collect(deleted), [expected])
        assert.deepEqual(await collect(client.listDeletedCertificates()), [])
      },
    )
  })

  it('are deleted after a while, recovered and purged', async () => {
    const gone = { ...inBin, ...wireCertificate }
    await play(
      [
        { asks: 'DELETE /certificates/c', gives: [200, gone] },
        { asks: 'GET /deletedcertificates/c', gives: [404, notFound] },
        { asks: 'GET /deletedcertificates/c', gives: [200, gone] },
        { asks: 'GET /deletedcertificates/c', gives: [200, gone] },
        { asks: 'POST /deletedcertificates/c/recover', gives: [200, wireCertificate] },
        { asks: 'GET /certificates/c/', gives: [404, notFound] },
        { asks: 'GET /certificates/c/', gives: [200, wireCertificate] },
        { asks: 'DELETE /deletedcertificates/c', gives: [204] },
      ],
      async (client) => {
        const deleted = { ...certificate, recoveryId, ...deletedTimes }
        const poller = await client.beginDeleteCertificate('c', quickly)
        assert.deepEqual(await poller.pollUntilDone(), deleted)
        assert.deepEqual(await client.getDeletedCertificate('c'), deleted)
        const recovering = await client.beginRecoverDeletedCertificate('c', quickly)
        assert.deepEqual(await recovering.pollUntilDone(), certificate)
        assert.equal(await client.purgeDeletedCertificate('c'), undefined)
      },
    )
  })

  it('are backed up and restored', async () => {
    const value = { value: 'S1Y-_w' }
    await play(
      [
        { asks: 'POST /certificates/c/backup', gives: [200, value] },
        { asks: 'POST /certificates/restore', body: value, gives: [200, wireCertificate] },
      ],
      async (client) => {
        const backup = await client.backupCertificate('c')
        assert.deepEqual(backup, Uint8Array.of(0x4b, 0x56, 0x3e, 0xff))
        assert.deepEqual(await client.restoreCertificateBackup(backup), certificate)
      },
    )
  })

  it('have a case for every method of their client', () => {
    const elsewhere: readonly string[] = [...OF_MAKING, ...OF_ISSUERS]
    assert.deepEqual(unused().filter((name) => !elsewhere.includes(name)), [])
  })
})
