import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { json } from '../testing/fake-fetch.ts'
import { FakeCredential, fakeVault, VAULT_URL } from '../testing/fake-vault.ts'
import { KeyClient } from './key-client.ts'

describe('a key in hardware', () => {
  it('is asked for by hsm as by its type, and never made in software', async () => {
    const { fetch, seen } = fakeVault(() => json(200, { key: { kid: `${VAULT_URL}/keys/k/v` } }))
    const keys = new KeyClient(VAULT_URL, new FakeCredential(), { fetch })
    await keys.createKey('k', 'EC', { hsm: true })
    await keys.createKey('k', 'RSA-HSM', { hsm: true })
    await keys.createKey('k', 'RSA', { hsm: false })
    await keys.createOctKey('k', { hsm: true })
    const types = seen.slice(1).map(({ body }) => /"kty":"([^"]+)"/.exec(body)?.[1])
    assert.deepEqual(types, ['EC-HSM', 'RSA-HSM', 'RSA', 'oct-HSM'])
  })

  it('is not made with a date that is none', async () => {
    const { fetch, seen } = fakeVault(() => json(200, {}))
    const keys = new KeyClient(VAULT_URL, new FakeCredential(), { fetch })
    await assert.rejects(keys.createRsaKey('k', { expiresOn: new Date('x') }), RangeError)
    assert.deepEqual(seen, [])
  })
})
