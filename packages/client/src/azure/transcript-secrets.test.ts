import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collect } from '../testing/collect.ts'
import { VAULT_URL } from '../testing/fake-vault.ts'
import { refusal, transcriptOf } from '../testing/played.ts'
import {
  deletedTimes,
  deletion,
  quickly,
  times,
  version,
  wireTimes,
} from '../testing/recorded-attributes.ts'
import { SecretClient } from './secret-client.ts'

// Answers in the shapes that recordings of the service have, with our own values: members that come
// and go, links with the port written out, `null` at the end of a list.

const V = VAULT_URL
const { play, unused } = transcriptOf(
  SecretClient.prototype,
  (credential, options) => new SecretClient(V, credential, options),
)

const id = `${V}/secrets/s/${version}`
const recoveryId = `${V}/deletedsecrets/s`
const bundle = { id, contentType: 'text/plain', attributes: wireTimes, tags: { a: 'b' } }
const properties = {
  id,
  name: 's',
  vaultUrl: V,
  version,
  contentType: 'text/plain',
  tags: { a: 'b' },
  ...times,
}
const gone = { recoveryId, ...deletion, ...bundle }
const deleted = {
  name: 's',
  properties: { ...properties, recoveryId, ...deletedTimes },
  recoveryId,
  ...deletedTimes,
}
const item = (name: string): object => ({
  id: `${V}/secrets/${name}`,
  attributes: wireTimes,
  tags: {},
})
const notFound = refusal('SecretNotFound', 'No secret s.')

describe('secrets as the service shows them', () => {
  it('are set with all that they may have, and with nothing but a value', async () => {
    const bare = { value: '', id, attributes: { enabled: true, created: 1, updated: 1 } }
    const all = {
      value: 'v',
      contentType: 'text/plain',
      tags: { a: 'b' },
      attributes: { enabled: true, nbf: 1577836800, exp: 2145916799 },
    }
    await play(
      [
        { asks: 'PUT /secrets/s', body: all, gives: [200, { value: 'v', ...bundle }] },
        { asks: 'PUT /secrets/s', body: { value: '', attributes: {} }, gives: [200, bare] },
      ],
      async (client) => {
        assert.equal(client.vaultUrl, V)
        const { enabled, notBefore, expiresOn } = times
        const dates = { enabled, notBefore, expiresOn }
        const options = { contentType: 'text/plain', tags: { a: 'b' }, ...dates }
        assert.deepEqual(await client.setSecret('s', 'v', options), {
          name: 's',
          value: 'v',
          properties,
        })
        const set = await client.setSecret('s', '')
        assert.equal(set.value, '')
        assert.deepEqual(set.properties.createdOn, new Date(1000))
        assert.equal('tags' in set.properties, false)
      },
    )
  })

  it('are read by their version, and as those of certificates', async () => {
    const kid = `${V}/keys/s/${version}`
    const previousVersion = version.replaceAll('0', 'f')
    const managed = { value: 'MIIK', ...bundle, kid, managed: true, previousVersion }
    const type = 'application/x-pem-file'
    await play(
      [
        { asks: `GET /secrets/s/${version}`, gives: [200, { value: 'v', ...bundle }] },
        {
          asks: 'GET /secrets/s/?outContentType=application%2Fx-pem-file',
          gives: [200, { ...managed, contentType: type }],
        },
      ],
      async (client) => {
        const read = await client.getSecret('s', { version })
        assert.deepEqual(read, { name: 's', value: 'v', properties })
        const more = { certificateKeyId: kid, managed: true, previousVersion, contentType: type }
        assert.deepEqual(await client.getSecret('s', { outContentType: type }), {
          name: 's',
          value: 'MIIK',
          properties: { ...properties, ...more },
        })
      },
    )
  })

  it('are changed, and answered without their value', async () => {
    const attributes = { enabled: false, exp: 2145916799 }
    const body = { contentType: 'text/plain', tags: { a: 'b' }, attributes }
    await play(
      [
        { asks: `PATCH /secrets/s/${version}`, body, gives: [200, bundle] },
        { asks: 'PATCH /secrets/s/', body: { attributes: {} }, gives: [200, bundle] },
      ],
      async (client) => {
        const { expiresOn } = times
        const options = { contentType: 'text/plain', tags: { a: 'b' }, enabled: false, expiresOn }
        const changed = await client.updateSecretProperties('s', version, options)
        assert.deepEqual(changed, properties)
        assert.deepEqual(await client.updateSecretProperties('s', ''), properties)
      },
    )
  })

  it('are listed over links with a port, and over empty pages', async () => {
    const rest = '?$skiptoken=eyJO&maxresults=1'
    // The link says itself which version of the interface it is for.
    const nextLink = `${V}:443/secrets?api-version=7.6&${rest.slice(1)}`
    const further = { asks: `GET /secrets${rest}`, version: '7.6' }
    await play(
      [
        { asks: 'GET /secrets', gives: [200, { value: [item('a')], nextLink }] },
        { ...further, gives: [200, { value: [], nextLink }] },
        { ...further, gives: [200, { value: [item('b')], nextLink: null }] },
        { asks: 'GET /secrets?maxresults=2', gives: [200, { value: [], nextLink: null }] },
      ],
      async (client) => {
        const listed = await collect(client.listPropertiesOfSecrets())
        const ofItem = (name: string): object => ({
          id: `${V}/secrets/${name}`,
          name,
          vaultUrl: V,
          tags: {},
          ...times,
        })
        assert.deepEqual(listed, [ofItem('a'), ofItem('b')])
        const pages = client.listPropertiesOfSecrets().byPage({ maxPageSize: 2 })
        assert.deepEqual(await collect(pages), [[]])
      },
    )
  })

  it('are listed by version, and when they are deleted', async () => {
    const ended = { nextLink: null }
    const inBin = { recoveryId, ...deletion, ...item('s') }
    await play(
      [
        { asks: 'GET /secrets/s/versions', gives: [200, { value: [bundle], ...ended }] },
        { asks: 'GET /deletedsecrets', gives: [200, { value: [inBin], ...ended }] },
      ],
      async (client) => {
        const versions = await collect(client.listPropertiesOfSecretVersions('s'))
        assert.deepEqual(versions, [properties])
        const [listed] = await collect(client.listDeletedSecrets())
        assert.equal(listed?.name, 's')
        assert.equal(listed.recoveryId, recoveryId)
        assert.deepEqual(listed.deletedOn, deletedTimes.deletedOn)
        assert.equal('version' in listed.properties, false)
      },
    )
  })

  it('are deleted after a while, recovered, and purged without a body', async () => {
    const denied = refusal('Forbidden', 'No.', 'ForbiddenByRbac')
    await play(
      [
        { asks: 'DELETE /secrets/s', gives: [200, gone] },
        { asks: 'GET /deletedsecrets/s', gives: [404, notFound] },
        { asks: 'GET /deletedsecrets/s', gives: [200, gone] },
        { asks: 'GET /deletedsecrets/s', gives: [200, gone] },
        { asks: 'POST /deletedsecrets/s/recover', gives: [200, bundle] },
        { asks: 'GET /secrets/s/', gives: [404, notFound] },
        { asks: 'GET /secrets/s/', gives: [403, denied] },
        { asks: 'DELETE /deletedsecrets/s', gives: [204] },
      ],
      async (client) => {
        const poller = await client.beginDeleteSecret('s', quickly)
        assert.equal(poller.isDone(), false)
        assert.deepEqual(await poller.pollUntilDone(), deleted)
        assert.deepEqual(await client.getDeletedSecret('s'), deleted)
        const recovering = await client.beginRecoverDeletedSecret('s', quickly)
        assert.deepEqual(await recovering.pollUntilDone(), properties)
        assert.equal(await client.purgeDeletedSecret('s'), undefined)
      },
    )
  })

  it('that end without a bin are done at once, and followed further elsewhere', async () => {
    await play(
      [
        { asks: 'DELETE /secrets/s', gives: [200, bundle] },
        { asks: 'GET /deletedsecrets/s', gives: [200, gone] },
      ],
      async (client) => {
        const poller = await client.beginDeleteSecret('s')
        assert.equal(poller.isDone(), true)
        const resumed = await client.beginDeleteSecret('', { resumeFrom: poller.toString() })
        assert.deepEqual(await resumed.pollUntilDone(), deleted)
      },
    )
  })

  it('are backed up and restored in base64url', async () => {
    const value = { value: 'S1Y-_w' }
    await play(
      [
        { asks: 'POST /secrets/s/backup', gives: [200, value] },
        { asks: 'POST /secrets/restore', body: value, gives: [200, bundle] },
      ],
      async (client) => {
        const backup = await client.backupSecret('s')
        assert.deepEqual(backup, Uint8Array.of(0x4b, 0x56, 0x3e, 0xff))
        assert.deepEqual(await client.restoreSecretBackup(backup), properties)
      },
    )
  })

  it('are refused with the codes that say why', async () => {
    const disabled = 'The secret is disabled.'
    const inBin = 'The secret is in the bin.'
    const body = { value: 'v', attributes: {} }
    const conflict = refusal('Conflict', inBin, 'ObjectIsDeletedButRecoverable')
    const forbidden = refusal('Forbidden', disabled, 'SecretDisabled')
    await play(
      [
        { asks: 'GET /secrets/s/', gives: [404, notFound] },
        { asks: 'GET /secrets/s/', gives: [403, forbidden] },
        { asks: 'PUT /secrets/s', body, gives: [409, conflict] },
      ],
      async (client) => {
        const requestId = '00000000-1111-4222-8333-444444444444'
        const missing = { name: 'ResourceNotFoundError', code: 'SecretNotFound', requestId }
        await assert.rejects(client.getSecret('s'), missing)
        const innerCode = 'SecretDisabled'
        const denied = { name: 'AccessDeniedError', innerCode, message: disabled }
        await assert.rejects(client.getSecret('s'), denied)
        const taken = { name: 'ConflictError', innerCode: 'ObjectIsDeletedButRecoverable' }
        await assert.rejects(client.setSecret('s', 'v'), taken)
      },
    )
  })

  it('have a case for every method of their client', () => {
    assert.deepEqual(unused(), [])
  })
})
