import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VAULT_URL } from '../testing/fake-vault.ts'
import { OF_MAKING } from '../testing/parted-transcripts.ts'
import { refusal, transcriptOf } from '../testing/played.ts'
import { quickly, version } from '../testing/recorded-attributes.ts'
import { certificate, wireCertificate } from '../testing/recorded-certificate.ts'
import { CertificateClient } from './certificate-client.ts'

// A certificate that is being made, in the shapes that recordings of the service have at each
// stage, with our own values.

const V = VAULT_URL
const { play, unused } = transcriptOf(
  CertificateClient.prototype,
  (credential, options) => new CertificateClient(V, credential, options),
)

const id = `${V}/certificates/c/pending`
const asks = 'GET /certificates/c/pending'
const later = { 'retry-after': '10' }
const location = `${id}?api-version=2025-07-01&request_id=${version}`
const operation = {
  id,
  issuer: { name: 'Self' },
  csr: 'MA+/',
  cancellation_requested: false,
  status: 'inProgress',
  status_details: 'It is being made.',
  request_id: version,
}
const { status_details: _, ...ended } = { ...operation, target: `${V}/certificates/c` }
const read = {
  id,
  name: 'c',
  vaultUrl: V,
  issuerName: 'Self',
  csr: Uint8Array.of(0x30, 0x0f, 0xbf),
  cancellationRequested: false,
  status: 'inProgress',
  statusDetails: 'It is being made.',
  requestId: version,
}
const empty = { key_props: {}, secret_props: {}, attributes: {} }
const names = { issuerName: 'Self', subject: 'CN=c.example' }
const body = {
  policy: { ...empty, x509_props: { subject: 'CN=c.example' }, issuer: { name: 'Self' } },
  attributes: {},
}
const create = 'POST /certificates/c/create'
const begun = [202, operation] as const

describe('certificates that are being made as the service shows them', () => {
  it('are begun with 202, looked at until they are completed, and read', async () => {
    const more = { tags: { a: 'b' }, preserveCertOrder: true, attributes: { enabled: true } }
    const request = { ...body, ...more }
    await play(
      [
        { asks: create, body: request, gives: begun, headers: { location, ...later } },
        { asks, gives: [200, operation], headers: later },
        { asks, gives: [200, operation], headers: later },
        { asks, gives: [200, { ...ended, status: 'completed' }] },
        { asks: 'GET /certificates/c/', gives: [200, wireCertificate] },
      ],
      async (client) => {
        const given = { tags: { a: 'b' }, preserveCertificateOrder: true, enabled: true }
        const poller = await client.beginCreateCertificate('c', names, { ...given, ...quickly })
        assert.deepEqual(poller.getOperationState().certificateOperation, read)
        assert.deepEqual(await poller.pollUntilDone(), certificate)
        const { statusDetails: _, ...rest } = read
        assert.deepEqual(poller.getOperationState().certificateOperation, {
          ...rest,
          status: 'completed',
          target: `${V}/certificates/c`,
        })
      },
    )
  })

  it('are followed from elsewhere, also one that is completed at once', async () => {
    const completed = { asks, gives: [200, { ...ended, status: 'completed' }] } as const
    const made = { asks: 'GET /certificates/c/', gives: [200, wireCertificate] } as const
    await play([completed, made, completed, made], async (client) => {
      const poller = await client.getCertificateOperation('c')
      assert.equal(poller.isDone(), true)
      assert.deepEqual(poller.getResult(), certificate)
      const resumed = await client.beginCreateCertificate('', names, {
        resumeFrom: poller.toString(),
      })
      assert.deepEqual(await resumed.pollUntilDone(), certificate)
    })
  })

  it('wait for what somebody else signs, which is merged with 201', async () => {
    const issuer = { name: 'Unknown', cty: 'OV-SSL', cert_transparency: false }
    const waiting = { ...operation, issuer, status_details: 'It waits for a merge.' }
    const headers = { location: `${V}/certificates/c?api-version=2025-07-01` }
    await play(
      [
        { asks, gives: [200, waiting], headers: later },
        {
          asks: 'POST /certificates/c/pending/merge',
          body: { x5c: ['+/8=', 'AQ=='] },
          gives: [201, wireCertificate],
          headers,
        },
      ],
      async (client) => {
        const poller = await client.getCertificateOperation('c', quickly)
        assert.deepEqual(poller.getOperationState().certificateOperation, {
          ...read,
          issuerName: 'Unknown',
          certificateType: 'OV-SSL',
          certificateTransparency: false,
          statusDetails: 'It waits for a merge.',
        })
        const chain = [Uint8Array.of(0xfb, 0xff), Uint8Array.of(1)]
        assert.deepEqual(await client.mergeCertificate('c', chain), certificate)
      },
    )
  })

  it('are cancelled while they are still in progress, given once more, and then gone', async () => {
    const cancelled = { ...operation, cancellation_requested: true }
    const gone = refusal('PendingCertificateNotFound', 'Nothing is being made.')
    const cancel = { cancellation_requested: true }
    await play(
      [
        { asks, gives: [200, operation], headers: later },
        { asks: 'PATCH /certificates/c/pending', body: cancel, gives: [200, cancelled] },
        { asks: 'DELETE /certificates/c/pending', gives: [200, cancelled] },
        { asks, gives: [404, gone] },
      ],
      async (client) => {
        const poller = await client.getCertificateOperation('c', quickly)
        await poller.cancelOperation()
        await assert.rejects(poller.pollUntilDone(), { name: 'PollerCancelledError' })
        const last = await client.deleteCertificateOperation('c')
        assert.deepEqual(last, { ...read, cancellationRequested: true })
        const error = { name: 'ResourceNotFoundError', code: 'PendingCertificateNotFound' }
        await assert.rejects(client.getCertificateOperation('c'), error)
      },
    )
  })

  it('that an issuer refuses reject with what it says', async () => {
    const innererror = { code: 'NameRefused', message: 'Not this name.', innererror: null }
    const error = { code: 'Request rejected', message: 'The issuer has refused.', innererror }
    await play(
      [{ asks, gives: [200, { ...ended, status: 'failed', error }] }],
      async (client) => {
        const poller = await client.getCertificateOperation('c')
        const { code, message } = error
        await assert.rejects(poller.pollUntilDone(), { code, message })
        const { certificateOperation } = poller.getOperationState()
        const innerError = { code: 'NameRefused', message: 'Not this name.' }
        assert.deepEqual(certificateOperation?.error, { code, message, innerError })
      },
    )
  })

  it('are one at a time under a name', async () => {
    // The code is that of another status; the status decides.
    const busy = refusal('Forbidden', 'Another one is being made.')
    await play([{ asks: create, body, gives: [409, busy] }], async (client) => {
      const conflict = { name: 'ConflictError', code: 'Forbidden', status: 409 }
      await assert.rejects(client.beginCreateCertificate('c', names), conflict)
    })
  })

  it('have a case here for every method that the first transcript has none for', () => {
    assert.deepEqual(OF_MAKING.filter((name) => unused().includes(name)), [])
  })
})
