import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collect } from '../testing/collect.ts'
import { VAULT_URL } from '../testing/fake-vault.ts'
import { OF_KEY_POLICIES } from '../testing/parted-transcripts.ts'
import { refusal, transcriptOf } from '../testing/played.ts'
import {
  deletedTimes,
  deletion,
  quickly,
  times,
  version,
  wireTimes,
} from '../testing/recorded-attributes.ts'
import { KeyClient } from './key-client.ts'

// Answers in the shapes that recordings of the service have, with our own values.

const V = VAULT_URL
const { play, unused } = transcriptOf(
  KeyClient.prototype,
  (credential, options) => new KeyClient(V, credential, options),
)

const kid = `${V}/keys/k/${version}`
const recoveryId = `${V}/deletedkeys/k`
const software = { exportable: false, hsmPlatform: '0' } as const
const attributes = { ...wireTimes, ...software }
const key = { kid, kty: 'RSA', key_ops: ['sign', 'verify'], n: '-_8', e: 'AQAB' }
const bundle = { key, attributes, tags: { a: 'b' } }
const properties = {
  id: kid,
  name: 'k',
  vaultUrl: V,
  version,
  tags: { a: 'b' },
  ...software,
  ...times,
}
const read = {
  name: 'k',
  id: kid,
  kind: 'RSA',
  keyType: 'RSA',
  keyOperations: ['sign', 'verify'],
  key: {
    kid,
    kty: 'RSA',
    keyOps: ['sign', 'verify'],
    n: Uint8Array.of(0xfb, 0xff),
    e: Uint8Array.of(1, 0, 1),
  },
  properties,
} as const
const inBin = { recoveryId, ...deletion }
const notFound = refusal('KeyNotFound', 'No deleted key k.')

describe('keys as the service shows them', () => {
  it('are made of each type with all that they may have', async () => {
    const create = 'POST /keys/k/create'
    const point = { crv: 'P-256K', x: 'AQ', y: 'Ag' }
    const hardware = { ...bundle, attributes: { ...attributes, hsmPlatform: '2' } }
    const ec = { ...hardware, key: { kid, kty: 'EC-HSM', key_ops: ['sign', 'verify'], ...point } }
    const oct = { ...hardware, key: { kid, kty: 'oct-HSM', key_ops: ['wrapKey', 'unwrapKey'] } }
    const ofEc = { kty: 'EC-HSM', crv: 'P-256K', attributes: {} }
    const ofOct = { kty: 'oct-HSM', key_size: 256, attributes: {} }
    const given = { enabled: true, nbf: 1577836800, exp: 2145916799 }
    const rsa = {
      kty: 'RSA',
      key_ops: ['sign', 'verify'],
      key_size: 3072,
      public_exponent: 3,
      tags: { a: 'b' },
      attributes: given,
    }
    await play(
      [
        { asks: create, body: { kty: 'RSA', attributes: {} }, gives: [200, bundle] },
        { asks: create, body: rsa, gives: [200, bundle] },
        { asks: create, body: ofEc, gives: [200, ec] },
        { asks: create, body: ofOct, gives: [200, oct] },
      ],
      async (client) => {
        assert.equal(client.vaultUrl, V)
        assert.deepEqual(await client.createKey('k', 'RSA'), read)
        const { enabled, notBefore, expiresOn } = times
        const made = await client.createRsaKey('k', {
          keyOps: ['sign', 'verify'],
          keySize: 3072,
          publicExponent: 3,
          tags: { a: 'b' },
          enabled,
          notBefore,
          expiresOn,
        })
        assert.deepEqual(made, read)
        const pair = await client.createEcKey('k', { curve: 'P-256K', hsm: true })
        const { key, kind, keyType } = pair
        assert.deepEqual([kind, keyType, key.crv], ['P-256K', 'EC-HSM', 'P-256K'])
        assert.deepEqual([key.x, key.y], [Uint8Array.of(1), Uint8Array.of(2)])
        assert.equal(pair.properties.hsmPlatform, '2')
        const secret = await client.createOctKey('k', { keySize: 256, hsm: true })
        assert.deepEqual([secret.kind, secret.key.k], ['oct', undefined])
      },
    )
  })

  it('are imported with what is private, and as files for hardware', async () => {
    const data = 'eyJ2ZXJzaW9uIjoiMS4wLjAifQ'
    const policy = { contentType: 'application/json; charset=utf-8', data, immutable: false }
    const released = { ...bundle, release_policy: policy }
    const wire = { kty: 'RSA', key_ops: ['decrypt'], n: '-_8', e: 'AQAB', d: 'Aw' }
    const exportable = { attributes: { exportable: true } }
    const first = { key: wire, Hsm: true, release_policy: { data }, ...exportable }
    const second = { key: { kty: 'RSA-HSM', key_hsm: '+/8=' }, attributes: {} }
    await play(
      [
        { asks: 'PUT /keys/k', body: first, gives: [200, released] },
        { asks: 'PUT /keys/k', body: second, gives: [200, bundle] },
      ],
      async (client) => {
        const encodedPolicy = new TextEncoder().encode('{"version":"1.0.0"}')
        const { n, e } = read.key
        const imported = await client.importKey(
          'k',
          { kty: 'RSA', keyOps: ['decrypt'], n, e, d: Uint8Array.of(3) },
          { hardwareProtected: true, exportable: true, releasePolicy: { encodedPolicy } },
        )
        const { contentType, immutable } = policy
        assert.deepEqual(imported, {
          ...read,
          properties: { ...properties, releasePolicy: { contentType, encodedPolicy, immutable } },
        })
        const t = Uint8Array.of(0xfb, 0xff)
        assert.deepEqual(await client.importKey('k', { kty: 'RSA-HSM', t }), read)
      },
    )
  })

  it('are read, changed and rotated', async () => {
    const change = {
      key_ops: ['sign'],
      tags: {},
      release_policy: { data: 'e30' },
      attributes: { enabled: false },
    }
    await play(
      [
        { asks: 'GET /keys/k/', gives: [200, { ...bundle, managed: true }] },
        { asks: `GET /keys/k/${version}`, gives: [200, bundle] },
        { asks: 'PATCH /keys/k/', body: change, gives: [200, bundle] },
        { asks: `PATCH /keys/k/${version}`, body: { attributes: {} }, gives: [200, bundle] },
        { asks: 'POST /keys/k/rotate', gives: [200, bundle] },
      ],
      async (client) => {
        const managed = { ...read, properties: { ...properties, managed: true } }
        assert.deepEqual(await client.getKey('k'), managed)
        assert.deepEqual(await client.getKey('k', { version }), read)
        const releasePolicy = { encodedPolicy: new TextEncoder().encode('{}') }
        const options = { keyOps: ['sign'], tags: {}, enabled: false, releasePolicy } as const
        assert.deepEqual(await client.updateKeyProperties('k', options), read)
        assert.deepEqual(await client.updateKeyProperties('k', version), read)
        assert.deepEqual(await client.rotateKey('k'), read)
      },
    )
  })

  it('are listed, with their versions and when they are deleted', async () => {
    const item = { kid: `${V}/keys/k`, attributes, tags: { a: 'b' } }
    const ofVersion = { kid, attributes, tags: { a: 'b' }, managed: true }
    const rest = '?$skiptoken=eyJO&maxresults=1'
    const nextLink = `${V}:443/deletedkeys?api-version=2025-07-01&${rest.slice(1)}`
    const deleted = { value: [{ ...inBin, ...item }], nextLink: null }
    await play(
      [
        { asks: 'GET /keys', gives: [200, { value: [item], nextLink: null }] },
        { asks: 'GET /keys/k/versions', gives: [200, { value: [ofVersion], nextLink: null }] },
        { asks: 'GET /deletedkeys', gives: [200, { value: [], nextLink }] },
        { asks: `GET /deletedkeys${rest}`, gives: [200, deleted] },
      ],
      async (client) => {
        const tags = { a: 'b' }
        const base = { id: item.kid, name: 'k', vaultUrl: V, tags, ...software, ...times }
        assert.deepEqual(await collect(client.listPropertiesOfKeys()), [base])
        const versions = await collect(client.listPropertiesOfKeyVersions('k'))
        assert.deepEqual(versions, [{ ...properties, managed: true }])
        assert.deepEqual(await collect(client.listDeletedKeys()), [
          {
            name: 'k',
            id: base.id,
            key: { kid: base.id },
            properties: { ...base, recoveryId, ...deletedTimes },
          },
        ])
      },
    )
  })

  it('are deleted after a while, recovered and purged', async () => {
    const gone = { ...inBin, ...bundle }
    await play(
      [
        { asks: 'DELETE /keys/k', gives: [200, gone] },
        { asks: 'GET /deletedkeys/k', gives: [404, notFound] },
        { asks: 'GET /deletedkeys/k', gives: [200, gone] },
        { asks: 'GET /deletedkeys/k', gives: [200, gone] },
        { asks: 'POST /deletedkeys/k/recover', gives: [200, bundle] },
        { asks: 'GET /keys/k/', gives: [404, notFound] },
        { asks: 'GET /keys/k/', gives: [200, bundle] },
        { asks: 'DELETE /deletedkeys/k', gives: [204] },
      ],
      async (client) => {
        const deleted = { ...read, properties: { ...properties, recoveryId, ...deletedTimes } }
        const poller = await client.beginDeleteKey('k', quickly)
        assert.deepEqual(poller.getResult(), deleted)
        assert.deepEqual(await poller.pollUntilDone(), deleted)
        assert.deepEqual(await client.getDeletedKey('k'), deleted)
        const recovering = await client.beginRecoverDeletedKey('k', quickly)
        assert.deepEqual(await recovering.pollUntilDone(), read)
        assert.equal(await client.purgeDeletedKey('k'), undefined)
      },
    )
  })

  it('are backed up and restored, and used by a client of their own', async () => {
    const value = { value: 'S1Y-_w' }
    const body = { alg: 'RS256', value: 'Kg' }
    await play(
      [
        { asks: 'POST /keys/k/backup', gives: [200, value] },
        { asks: 'POST /keys/restore', body: value, gives: [200, bundle] },
        { asks: `POST /keys/k/${version}/sign`, body, gives: [200, { kid, value: '-_8' }] },
      ],
      async (client) => {
        const backup = await client.backupKey('k')
        assert.deepEqual(backup, Uint8Array.of(0x4b, 0x56, 0x3e, 0xff))
        assert.deepEqual(await client.restoreKeyBackup(backup), read)
        const own = client.getCryptographyClient('k', { keyVersion: version })
        const result = Uint8Array.of(0xfb, 0xff)
        const signed = await own.sign('RS256', Uint8Array.of(42))
        assert.deepEqual(signed, { algorithm: 'RS256', result, keyID: kid })
      },
    )
  })

  it('have a case for every method of their client', () => {
    assert.deepEqual(unused(), OF_KEY_POLICIES)
  })
})
