import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assertRefused } from './assert-refused.ts'
import { doorUnderTest, ORIGIN } from './door-under-test.ts'

const now = 1_767_225_600 // where the clock of the test vault stands

test('issuers are set, read, changed, listed and deleted, and never show their password', async () => {
  const door = await doorUnderTest()
  const path = '/certificates/issuers/Authority'
  const body = {
    provider: 'Test',
    credentials: { account_id: 'account', pwd: 'top-secret' },
    org_details: { id: 'org', admin_details: [{ first_name: 'A', last_name: 'B', email: 'a@b.c', phone: '1' }] },
    attributes: {},
  }
  const id = `${ORIGIN}/certificates/issuers/Authority`
  const set = await door.call('PUT', path, { body })
  assert.deepEqual(set.json, {
    id,
    provider: 'Test',
    credentials: { account_id: 'account' },
    org_details: { zip: 0, ...body.org_details },
    attributes: { enabled: true, created: now, updated: now },
  })
  assert.deepEqual((await door.call('GET', path.toLowerCase())).json, set.json)
  const changed = await door.call('PATCH', path, { body: { attributes: { enabled: false } } })
  assert.deepEqual(changed.json, { ...set.json, attributes: { enabled: false, created: now, updated: now } })
  const list = await door.call('GET', '/certificates/issuers')
  assert.deepEqual(list.json, { value: [{ id, provider: 'Test' }], nextLink: null })
  assert.deepEqual((await door.call('DELETE', path)).json, changed.json)
  assertRefused(await door.call('GET', path), {
    status: 404,
    code: 'CertificateIssuerNotFound',
    message: 'Issuer not found',
  })
  assertRefused(await door.call('PUT', path, { body: {} }), {
    status: 400,
    code: 'BadParameter',
    message: /^Property provider has invalid value/,
  })
})

test('contacts are set, read and deleted', async () => {
  const door = await doorUnderTest()
  const path = '/certificates/contacts'
  const missing = { status: 404, code: 'ContactsNotFound', message: 'Contacts not found' }
  assertRefused(await door.call('GET', path), missing)
  const contacts = [{ email: 'a@example.com', name: 'A', phone: '1' }, { email: 'b@example.com' }]
  const set = await door.call('PUT', path, { body: { contacts } })
  assert.deepEqual(set.json, { id: `${ORIGIN}/certificates/contacts`, contacts })
  assert.deepEqual((await door.call('GET', path)).json, set.json)
  assert.deepEqual((await door.call('DELETE', path)).json, set.json)
  assertRefused(await door.call('DELETE', path), missing)
  for (const body of [{}, { contacts: [] }, { contacts: [{ name: 'A' }] }, { contacts: [{ email: 'x' }] }]) {
    assert.equal((await door.call('PUT', path, { body })).status, 400)
  }
})
