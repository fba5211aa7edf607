import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { step, variable } from '../step.ts'
import { list, member, refused, text } from './generic-client.ts'
import { call, own } from './key-calls.ts'

// KMS instances, the service itself, and managed data keys.

const KmsInstanceId = 'kst-default'

await step('ListKmsInstances and GetKmsInstance show the vaults there are', async () => {
  const listed = list(await call('ListKmsInstances'), 'KmsInstances', 'KmsInstance')
  const [first] = listed.filter((one) => one['KmsInstanceId'] === KmsInstanceId)
  assert.match(text(first ?? {}, 'KmsInstanceArn'), /:keystore\/kst-default$/)
  const instance = member(await call('GetKmsInstance', { KmsInstanceId }), 'KmsInstance')
  assert.equal(instance['Status'], 'Connected')
  const [certificate = ''] = text(instance, 'CaCertificateChainPem').split(
    /(?<=-----END CERTIFICATE-----\n)/,
  )
  assert.ok(new X509Certificate(certificate).ca)
  const nothing = { KmsInstanceId: 'kst-nothing' }
  await refused(call('GetKmsInstance', nothing), 'Forbidden.DKMSInstanceNotFound', 403)
  assert.equal((await call('GetDefaultKmsInstance'))['DefaultKmsInstanceId'], KmsInstanceId)
})

await step('GetKmsInstanceQuotaInfos counts what is used', async () => {
  const asked = { KmsInstanceId, ResourceType: 'secret' }
  const used = async (): Promise<number> => {
    const [info] = (await call('GetKmsInstanceQuotaInfos', asked))[
      'KmsInstanceQuotaInfos'
    ] as readonly { readonly UsedQuantity: number }[]
    return info?.UsedQuantity ?? Number.NaN
  }
  const before = await used()
  const secret = { SecretName: `counted-${own}`, VersionId: 'v1', SecretData: variable('CANARY') }
  await call('CreateSecret', { ...secret, DKMSInstanceId: KmsInstanceId })
  assert.equal(await used(), before + 1)
})

await step('what is bought and what is bound elsewhere is neither here', async () => {
  const connect = { KmsInstanceId, VpcId: 'v', VSwitchIds: 'a', ZoneIds: 'z', KMProvider: 'Aliyun' }
  await refused(call('ConnectKmsInstance', connect), 'Forbidden.DKMSInstanceStateInvalid', 403)
  await call('UpdateKmsInstanceBindVpc', { KmsInstanceId, BindVpcs: '[]' })
  await refused(call('OpenKmsService'), 'Forbidden.Opened', 400)
  assert.equal((await call('DescribeAccountKmsStatus'))['AccountStatus'], 'Enabled')
  const { KeySpecs } = await call('DescribeService')
  assert.ok(JSON.stringify(KeySpecs).includes('Aliyun_SM4'))
  const regions = list(await call('DescribeRegions'), 'Regions', 'Region')
  assert.ok(regions.some((one) => one['RegionId'] === variable('ALIBABA_CLOUD_REGION_ID')))
})

await step('keys and secrets of a released instance are not found', async () => {
  const instance = variable('ALIBABA_SPARE_INSTANCE')
  const made = member(await call('CreateKey', { DKMSInstanceId: instance }), 'KeyMetadata')
  const KeyId = text(made, 'KeyId')
  const { CiphertextBlob } = await call('Encrypt', { KeyId, Plaintext: variable('CANARY') })
  await call('ReleaseKmsInstance', { KmsInstanceId: instance })
  await refused(
    call('GetKmsInstance', { KmsInstanceId: instance }),
    'Forbidden.DKMSInstanceNotFound',
    403,
  )
  await assert.rejects(call('Decrypt', { CiphertextBlob }), /code: 40[34], /)
})

await step('managed data keys are secrets under a name of their own', async () => {
  const DataKeyName = `data-${own}`
  const keys = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((key) => key.toString('base64'))
  const SecretName = `kms-datakey-${DataKeyName}`
  await call('CreateSecret', { SecretName, VersionId: 'v1', SecretData: keys[0] })
  await call('PutSecretValue', { SecretName, VersionId: 'v2', SecretData: keys[1] })
  const first = await call('GetManagedDataKey', { DataKeyName })
  const latest = await call('GetManagedDataKey', { DataKeyName, UseLatest: true })
  assert.deepEqual([first['Plaintext'], latest['Plaintext']], keys)
  const named = list(
    await call('ListManagedDataKeyVersions', { DataKeyName }),
    'ManagedDataKeyVersions',
    'ManagedDataKeyVersion',
  )
  const ids = named.map((one) => one['DataKeyVersionId'])
  assert.deepEqual(new Set(ids), new Set([first['DataKeyVersionId'], latest['DataKeyVersionId']]))
  const one = { DataKeyName, DataKeyVersionId: first['DataKeyVersionId'] }
  assert.equal((await call('GetManagedDataKey', one))['Plaintext'], keys[0])
  const nothing = call('GetManagedDataKey', { DataKeyName: `none-${own}` })
  await refused(nothing, 'Forbidden.ResourceNotFound', 404)
})

console.log('done')
