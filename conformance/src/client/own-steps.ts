import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import {
  AccessDeniedError,
  BadRequestError,
  ConflictError,
  ResourceNotFoundError,
} from '@claviger/client/azure'
import { step } from '../programs/step.ts'
import { quickly } from './behaviour.ts'
import type { Side } from './our-side.ts'

const message = new TextEncoder().encode('what is signed')

/** What the official clients do not do, or do wrongly: with ours alone. */
export async function ownSteps({
  secrets,
  keys,
  certificates,
  cryptography,
  prefix,
}: Side): Promise<void> {
  await step('errors have the class of their status and the id of the request', async () => {
    await assert.rejects(secrets.getSecret(`${prefix}-nothing`), (error) => {
      assert.ok(error instanceof ResourceNotFoundError)
      assert.equal(error.status, 404)
      assert.match(error.requestId ?? '', /^[0-9a-f-]{36}$/)
      return true
    })
    await secrets.setSecret(`${prefix}-conflict`, 'a value')
    await (await secrets.beginDeleteSecret(`${prefix}-conflict`, quickly)).pollUntilDone()
    await assert.rejects(secrets.setSecret(`${prefix}-conflict`, 'another'), (error) => {
      assert.ok(error instanceof ConflictError)
      assert.equal(error.innerCode, 'ObjectIsDeletedButRecoverable')
      return true
    })
  })

  await step('PS* data is verified here as the service signs it', async () => {
    for (const algorithm of ['PS256', 'PS384', 'PS512'] as const) {
      const client = cryptography(await keys.getKey(`${prefix}-rsa`))
      const { result } = await client.signData(algorithm, message)
      assert.equal((await client.verifyData(algorithm, message, result)).result, true)
      assert.equal((await client.verifyData(algorithm, message.subarray(1), result)).result, false)
    }
  })

  await step('what is done here is refused as the service refuses it', async () => {
    const name = `${prefix}-refused`
    const digest = createHash('sha256').update(message).digest()
    const plaintext = new Uint8Array(300)
    const key = await keys.createRsaKey(name, { keyOps: ['encrypt', 'decrypt'] })
    const client = cryptography(key)
    await assert.rejects(client.encrypt('RSA-OAEP', plaintext), BadRequestError)
    await assert.rejects(client.wrapKey('RSA-OAEP', message), {
      innerCode: 'KeyOperationForbidden',
    })
    await assert.rejects(
      client.verifyData('RS256', message, new Uint8Array(256)),
      AccessDeniedError,
    )
    await assert.rejects(client.verify('RS256', digest, new Uint8Array(256)), AccessDeniedError)
    const disabled = await keys.updateKeyProperties(name, { enabled: false })
    await assert.rejects(cryptography(disabled).encrypt('RSA-OAEP', message), {
      innerCode: 'KeyDisabled',
    })
    const expiresOn = new Date(Date.now() - 86_400_000)
    const expired = await keys.updateKeyProperties(name, { enabled: true, expiresOn })
    await assert.rejects(cryptography(expired).encrypt('RSA-OAEP', message), AccessDeniedError)
  })

  await step(
    'a signature of another length is answered alike here and by the service',
    async () => {
      const client = cryptography(await keys.getKey(`${prefix}-rsa`))
      const digest = createHash('sha256').update(message).digest()
      const ends = await Promise.all(
        [
          client.verify('RS256', digest, new Uint8Array(9)),
          client.verifyData('RS256', message, new Uint8Array(9)),
        ].map((asked) =>
          asked.then(
            ({ result }) => result,
            (error: Error) => error.message,
          ),
        ),
      )
      assert.equal(ends[0], ends[1])
    },
  )

  await step('a certificate that is being made shows its request, and how it ended', async () => {
    const name = `${prefix}-followed`
    const policy = { issuerName: 'Unknown', subject: 'CN=followed.example' }
    const poller = await certificates.beginCreateCertificate(name, policy, quickly)
    const { certificateOperation } = poller.getOperationState()
    assert.equal(certificateOperation?.status, 'inProgress')
    assert.ok((certificateOperation.csr?.length ?? 0) > 200)
    const resumed = await certificates.getCertificateOperation('', {
      resumeFrom: poller.toString(),
    })
    assert.equal(resumed.getOperationState().certificateName, name)
    await certificates.deleteCertificateOperation(name)
  })

  await step('contacts that are removed and issuers that are disabled are given', async () => {
    const contacts = [{ email: 'a@b.example', name: 'a', phone: '1' }]
    await certificates.setContacts(contacts)
    assert.deepEqual(await certificates.deleteContacts(), contacts)
    await certificates.createIssuer('ours', 'Test')
    const { name, enabled } = await certificates.updateIssuer('ours', { enabled: false })
    assert.deepEqual({ name, enabled }, { name: 'ours', enabled: false })
    assert.equal((await certificates.deleteIssuer('ours')).name, 'ours')
  })
}
