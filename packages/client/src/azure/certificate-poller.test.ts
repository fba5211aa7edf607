import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { json } from '../testing/fake-fetch.ts'
import { FakeCredential, fakeVault, VAULT_URL } from '../testing/fake-vault.ts'
import { CertificateClient } from './certificate-client.ts'
import { SecretClient } from './secret-client.ts'

const policy = { issuerName: 'Unknown', subject: 'CN=x' }

function certificates(ends: object): CertificateClient {
  const { fetch } = fakeVault(({ method, url }, number) => {
    const id = `${VAULT_URL}/certificates/c/pending`
    if (method === 'POST') return json(202, { id, status: 'inProgress' })
    if (!url.pathname.endsWith('/pending')) return json(200, { id: `${VAULT_URL}/certificates/c/1` })
    return json(200, number < 4 ? { id, status: 'inProgress' } : { id, ...ends })
  })
  return new CertificateClient(VAULT_URL, new FakeCredential(), { fetch })
}

describe('a certificate that is being made', () => {
  it('is given when it is completed', async () => {
    const client = certificates({ status: 'completed' })
    const poller = await client.beginCreateCertificate('c', policy, { intervalInMs: 1 })
    assert.equal((await poller.pollUntilDone()).name, 'c')
    assert.equal(poller.getOperationState().certificateOperation?.vaultUrl, VAULT_URL)
  })

  const error = { code: 'Refused', message: 'The issuer refuses.' }
  const ends = [
    [{ status: 'failed' }, { code: 'CertificateFailed' }, false],
    [{ status: 'failed', error }, error, false],
    [{ status: 'somethingNew' }, { code: 'CertificateFailed' }, false],
    [{}, { code: 'CertificateFailed' }, false],
    [{ status: 'completed', error }, error, false],
    [{ status: 'cancelled', error }, error, true],
    [{ status: 'cancelled', error: null }, { name: 'PollerCancelledError' }, true],
  ] as const
  for (const [end, expected, isCancelled] of ends) {
    it(`is an error when it ends as ${JSON.stringify(end)}`, async () => {
      const client = certificates(end)
      const poller = await client.beginCreateCertificate('c', policy, { intervalInMs: 1 })
      await assert.rejects(poller.pollUntilDone(), expected)
      assert.equal(poller.isDone(), true)
      assert.equal(poller.getOperationState().isCancelled, isCancelled)
      assert.equal(poller.getResult(), undefined)
    })
  }

  it('is followed by the text of its own poller alone', async () => {
    const client = certificates({ status: 'completed' })
    const { fetch } = fakeVault(() => json(200, { id: `${VAULT_URL}/secrets/s`, recoveryId: 'r' }))
    const secrets = new SecretClient(VAULT_URL, new FakeCredential(), { fetch })
    const resumeFrom = (await secrets.beginDeleteSecret('s')).toString()
    await assert.rejects(client.beginCreateCertificate('', policy, { resumeFrom }), TypeError)
    await assert.rejects(client.getCertificateOperation('', { resumeFrom }), TypeError)
    await assert.rejects(client.beginDeleteCertificate('', { resumeFrom }), TypeError)
    await assert.rejects(secrets.beginRecoverDeletedSecret('', { resumeFrom }), TypeError)
    const other = new SecretClient('https://other.vault.azure.net', new FakeCredential(), { fetch })
    await assert.rejects(other.beginDeleteSecret('', { resumeFrom }), TypeError)
    assert.equal((await secrets.beginDeleteSecret('', { resumeFrom })).toString(), resumeFrom)
  })

  it('is not read by an empty version', async () => {
    const client = certificates({})
    await assert.rejects(client.getCertificateVersion('c', ''), TypeError)
  })
})
