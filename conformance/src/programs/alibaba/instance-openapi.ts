import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { step, variable } from '../step.ts'
import { genericCall, refused, text } from './generic-client.ts'
import { call as shared, createKey, own } from './key-calls.ts'

// The gateway of an instance also takes the requests of the shared one, for what uses keys and
// secrets alone; and whatever signs for the one signs for the other.

const canary = variable('CANARY')
const endpoint = variable('ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT')
const WAYS = ['openapi-core, ACS3, query', 'openapi-client, RPC, query']

for (const way of WAYS) {
  const call = genericCall({ way, endpoint })

  await step(`an instance encrypts and makes data keys: ${way}`, async () => {
    const KeyId = await createKey()
    const sealed = await call('Encrypt', { KeyId, Plaintext: canary })
    const { CiphertextBlob } = sealed
    for (const gateway of [call, shared]) {
      assert.equal((await gateway('Decrypt', { CiphertextBlob }))['Plaintext'], canary)
    }
    const data = await call('GenerateDataKey', { KeyId })
    const opened = await shared('Decrypt', { CiphertextBlob: data['CiphertextBlob'] })
    assert.equal(opened['Plaintext'], data['Plaintext'])
    await call('GenerateDataKeyWithoutPlaintext', { KeyId })
  })

  await step(`an instance signs, verifies and reads secrets: ${way}`, async () => {
    const KeyId = await createKey({ KeySpec: 'EC_P256' })
    const Digest = createHash('sha256').update(canary).digest('base64')
    const asked = { KeyId, Algorithm: 'ECDSA_SHA_256', Digest }
    const Value = text(await call('AsymmetricSign', asked), 'Value')
    assert.equal((await shared('AsymmetricVerify', { ...asked, Value }))['Value'], true)
    assert.match(text(await call('GetPublicKey', { KeyId }), 'PublicKey'), /BEGIN PUBLIC KEY/)
    const SecretName = `instance-openapi/${own}/${WAYS.indexOf(way)}`
    await shared('CreateSecret', { SecretName, VersionId: 'v1', SecretData: canary })
    assert.equal((await call('GetSecretValue', { SecretName }))['SecretData'], canary)
  })

  await step(`an instance manages nothing: ${way}`, async () => {
    const KeyId = await createKey()
    const { CiphertextBlob } = await shared('Encrypt', { KeyId, Plaintext: canary })
    for (const [action, parameters] of [
      ['CreateKey', {}],
      ['ListKeys', {}],
      ['DescribeKey', { KeyId }],
      ['ReEncrypt', { CiphertextBlob, DestinationKeyId: KeyId }],
      ['CreateSecret', { SecretName: 'x', VersionId: 'v1', SecretData: canary }],
    ] as const) {
      await refused(call(action, parameters), 'InvalidApi.NotFound', 404)
    }
  })
}

await step('the third algorithm of ACS3, over SM3', async () => {
  const call = genericCall({ signatureAlgorithm: 'ACS3-HMAC-SM3' })
  assert.ok((await call('ListKeys'))['Keys'])
})

console.log('done')
