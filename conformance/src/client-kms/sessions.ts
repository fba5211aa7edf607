import assert from 'node:assert/strict'
import {
  AccessDeniedError,
  assumeRoleCredential,
  AuthenticationError,
  ResourceNotFoundError,
  type KmsCredentialProvider,
} from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { step, variable } from '../programs/step.ts'
import { config, kms } from './clients.ts'

// Sessions of the token service, as a provider of access keys.

const shared = { isUseKmsShareGateway: true }
// The account stands in whatever has been made.
const { body } = await kms(shared).createKey()
const { keyId, creator } = body.keyMetadata

function sessionOf(role: string): KmsCredentialProvider {
  return assumeRoleCredential({
    roleArn: `acs:ram::${creator}:role/${role}`,
    roleSessionName: 'conformance',
    durationSeconds: 900,
    config: { ...config, endpoint: variable('ALIBABA_STS_ENDPOINT') },
    platform: nodePlatform,
  })
}

const credential = sessionOf(variable('ALIBABA_ROLE_ID'))

for (const signatureAlgorithm of ['ACS3-HMAC-SHA256', 'HMAC-SHA1'] as const) {
  await step(`a session may do what its role may, and no more: ${signatureAlgorithm}`, async () => {
    const client = kms({ ...shared, config: { ...config, credential, signatureAlgorithm } })
    assert.equal((await client.describeKey({ keyId })).body.keyMetadata.keyId, keyId)
    await assert.rejects(client.createKey(), AccessDeniedError)
  })
}

await step('one session serves many calls', async () => {
  const [one, other] = [await credential.getCredential(), await credential.getCredential()]
  assert.equal(one.accessKeyId, other.accessKeyId)
  assert.match(one.accessKeyId ?? '', /^STS\./)
})

await step('a session without its token is none, nor is one of no role', async () => {
  const { accessKeyId = '', accessKeySecret = '' } = await credential.getCredential()
  const client = kms({ ...shared, config: { ...config, accessKeyId, accessKeySecret } })
  await assert.rejects(client.describeKey({ keyId }), AuthenticationError)
  const nobody = sessionOf('00000000-0000-4000-8000-000000000000').getCredential()
  await assert.rejects(nobody, (error) => {
    assert.ok(error instanceof AccessDeniedError || error instanceof ResourceNotFoundError)
    return true
  })
})

console.log('done')
