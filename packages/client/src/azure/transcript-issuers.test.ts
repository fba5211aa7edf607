import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collect } from '../testing/collect.ts'
import { VAULT_URL } from '../testing/fake-vault.ts'
import { OF_ISSUERS } from '../testing/parted-transcripts.ts'
import { refusal, transcriptOf } from '../testing/played.ts'
import { times } from '../testing/recorded-attributes.ts'
import { CertificateClient } from './certificate-client.ts'

// Answers in the shapes that recordings of the service have, with our own values: an issuer comes
// without its password, and with a postal code that nobody has set.

const V = VAULT_URL
const { play, unused } = transcriptOf(
  CertificateClient.prototype,
  (credential, options) => new CertificateClient(V, credential, options),
)

describe('issuers as the service shows them', () => {
  const id = `${V}/certificates/issuers/ca`
  const wireAdmin = { first_name: 'A', last_name: 'B', email: 'a@b.example', phone: '1' }
  const admin = { firstName: 'A', lastName: 'B', email: 'a@b.example', phone: '1' }
  const bundle = {
    id,
    provider: 'DigiCert',
    credentials: { account_id: 'account' },
    org_details: { id: 'org', zip: 0, admin_details: [wireAdmin] },
    attributes: { enabled: true, created: 1700000000, updated: 1700000001 },
  }
  const { createdOn, updatedOn } = times
  const issuer = {
    name: 'ca',
    id,
    provider: 'DigiCert',
    enabled: true,
    createdOn,
    updatedOn,
    accountId: 'account',
    organizationId: 'org',
    administratorContacts: [admin],
  }
  const asked = (method: string): string => `${method} /certificates/issuers/ca`

  it('are set with all that they may have, changed, read and removed', async () => {
    const credentials = { account_id: 'account', pwd: 'password' }
    const org_details = { id: 'org', admin_details: [wireAdmin] }
    const attributes = { enabled: true }
    const body = { provider: 'DigiCert', credentials, org_details, attributes }
    const change = { provider: 'GlobalSign', attributes: { enabled: false } }
    await play(
      [
        { asks: asked('PUT'), body, gives: [200, bundle] },
        { asks: asked('PATCH'), body: change, gives: [200, bundle] },
        { asks: asked('GET'), gives: [200, bundle] },
        { asks: asked('DELETE'), gives: [200, bundle] },
      ],
      async (client) => {
        const { accountId, organizationId, administratorContacts, enabled } = issuer
        const options = { accountId, organizationId, administratorContacts, enabled }
        const given = { ...options, password: 'password' }
        assert.deepEqual(await client.createIssuer('ca', 'DigiCert', given), issuer)
        const changed = { provider: 'GlobalSign', enabled: false }
        assert.deepEqual(await client.updateIssuer('ca', changed), issuer)
        assert.deepEqual(await client.getIssuer('ca'), issuer)
        assert.deepEqual(await client.deleteIssuer('ca'), issuer)
      },
    )
  })

  it('are there with nothing but a provider', async () => {
    const { attributes } = bundle
    const bare = { id, provider: 'Test', credentials: {}, org_details: { zip: 0 }, attributes }
    await play(
      [
        { asks: asked('PUT'), body: { provider: 'Test' }, gives: [200, bare] },
        { asks: asked('PATCH'), body: {}, gives: [200, bare] },
      ],
      async (client) => {
        const expected = { name: 'ca', id, provider: 'Test', enabled: true, createdOn, updatedOn }
        assert.deepEqual(await client.createIssuer('ca', 'Test'), expected)
        assert.deepEqual(await client.updateIssuer('ca'), expected)
      },
    )
  })

  it('are listed by their provider alone', async () => {
    const value = [{ id, provider: 'DigiCert' }]
    await play(
      [{ asks: 'GET /certificates/issuers', gives: [200, { value, nextLink: null }] }],
      async (client) => {
        const listed = await collect(client.listPropertiesOfIssuers())
        assert.deepEqual(listed, [{ name: 'ca', id, provider: 'DigiCert' }])
      },
    )
  })

  it('are not found under another name', async () => {
    const gives = [404, refusal('CertificateIssuerNotFound', 'No such issuer.')] as const
    await play([{ asks: asked('GET'), gives }], async (client) => {
      const error = { name: 'ResourceNotFoundError', code: 'CertificateIssuerNotFound' }
      await assert.rejects(client.getIssuer('ca'), error)
    })
  })
})

describe('contacts as the service shows them', () => {
  it('are set, read, removed, and then not found', async () => {
    const contacts = [{ email: 'a@b.example', name: 'A', phone: '1' }, { email: 'c@d.example' }]
    const bundle = { id: `${V}/certificates/contacts`, contacts }
    const asked = (method: string): string => `${method} /certificates/contacts`
    const gone = refusal('ContactsNotFound', 'There are no contacts.')
    await play(
      [
        { asks: asked('PUT'), body: { contacts }, gives: [200, bundle] },
        { asks: asked('GET'), gives: [200, bundle] },
        { asks: asked('DELETE'), gives: [200, bundle] },
        { asks: asked('GET'), gives: [404, gone] },
      ],
      async (client) => {
        assert.deepEqual(await client.setContacts(contacts), contacts)
        assert.deepEqual(await client.getContacts(), contacts)
        assert.deepEqual(await client.deleteContacts(), contacts)
        const error = { name: 'ResourceNotFoundError', code: 'ContactsNotFound' }
        await assert.rejects(client.getContacts(), error)
      },
    )
  })
})

describe('the transcript of issuers and contacts', () => {
  it('has a case for every method that the first transcript of certificates has none for', () => {
    assert.deepEqual(OF_ISSUERS.filter((name) => unused().includes(name)), [])
  })
})
