import assert from 'node:assert/strict'
import {
  constants,
  createHash,
  generateKeyPairSync,
  privateDecrypt,
  randomBytes,
} from 'node:crypto'
import { KMS_ACTIONS, KmsClient } from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { kmsClient } from '../programs/alibaba/kms-client.ts'
import { step, variable } from '../programs/step.ts'
import { config, kms, kmsConfig } from './clients.ts'
import { issue } from './issue.ts'
import { listingSteps } from './listing-steps.ts'

// Every action that the official client of version 1 lacks, with our client at the shared gateway.

const CANARY = variable('CANARY')
const own = randomBytes(4).toString('hex')
const message = Buffer.from(CANARY).toString('base64')

const client = kms({ isUseKmsShareGateway: true })
const used = new Set<string>()
const callApi = client.callApi.bind(client)
client.callApi = (action, ...rest) => {
  used.add(action)
  return callApi(action, ...rest)
}

const { body: made } = await client.createKey()
const { keyId } = made.keyMetadata

await step('keys are listed by what they are, and protected', async () => {
  const filters = [{ key: 'KeyState', values: ['Enabled'] }]
  const { body } = await client.listKeys({ filters, pageSize: 100 })
  assert.ok(body.keys.key.some((one) => one.keyId === keyId))
  assert.equal(body.pageSize, 100)
  const protection = { protectedResourceArn: made.keyMetadata.arn }
  await client.setDeletionProtection({ ...protection, enableDeletionProtection: true })
  const deletion = client.scheduleKeyDeletion({ keyId, pendingWindowInDays: 7 })
  await assert.rejects(deletion, { code: 'Rejected.UnsupportedOperation' })
  const { body: described } = await client.describeKey({ keyId })
  assert.equal(described.keyMetadata.deletionProtection, 'Enabled')
  await client.setDeletionProtection({ ...protection, enableDeletionProtection: false })
})

await step('policies of keys and secrets are set, and read as they were written', async () => {
  const { body } = await client.getKeyPolicy({ keyId })
  const policy = body.policy
  await client.setKeyPolicy({ keyId, policy, policyName: 'default' })
  const parsed: unknown = JSON.parse(policy)
  assert.deepEqual(JSON.parse((await client.getKeyPolicy({ keyId })).body.policy), parsed)
  const secretName = `policy-${own}`
  await client.createSecret({ secretName, versionId: 'v1', secretData: CANARY })
  const ofSecret = (await client.getSecretPolicy({ secretName })).body.policy
  await client.setSecretPolicy({ secretName, policy: JSON.parse(ofSecret) })
  assert.equal((await client.getSecretPolicy({ secretName })).body.policy, ofSecret)
})

await step('tags of several resources at once', async () => {
  const region = { regionId: config.regionId, resourceType: 'key' } as const
  const tag = [{ key: 'env', value: 'täst' }, { key: 'team', value: 'one' }]
  await client.tagResources({ ...region, resourceId: [keyId], tag })
  const tags = async (): Promise<readonly string[]> => {
    const { body } = await client.listTagResources({ ...region, resourceId: [keyId] })
    return body.tagResources.tagResource.map((one) => `${one.tagKey}=${one.tagValue}`).toSorted()
  }
  assert.deepEqual(await tags(), ['env=täst', 'team=one'])
  await client.untagResources({ ...region, resourceId: [keyId], tagKey: ['env'] })
  assert.deepEqual(await tags(), ['team=one'])
  await client.untagResources({ ...region, resourceId: [keyId], all: true })
  assert.deepEqual(await tags(), [])
  await client.tagResource({ keyId, tags: [{ tagKey: 'a', tagValue: 'b' }] })
  await client.untagResource({ keyId, tagKeys: ['a'] })
  const listed = await client.listAliases({ pageSize: 1 })
  assert.equal(listed.body.pageSize, 1)
})

await step('data keys leave under a public key, and ciphertexts go to other keys', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const publicKeyBlob = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const recipient = {
    publicKeyBlob,
    wrappingKeySpec: 'RSA_2048',
    wrappingAlgorithm: 'RSAES_OAEP_SHA_256',
  } as const
  const open = (exported: string): Buffer =>
    privateDecrypt(
      { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
      Buffer.from(exported, 'base64'),
    )
  const encryptionContext = { of: own }
  const asked = { keyId, numberOfBytes: 24, encryptionContext, ...recipient }
  const { body } = await client.generateAndExportDataKey(asked)
  const raw = open(body.exportedDataKey)
  assert.equal(raw.length, 24)
  const { ciphertextBlob } = body
  const exported = await client.exportDataKey({ ciphertextBlob, encryptionContext, ...recipient })
  assert.deepEqual(open(exported.body.exportedDataKey), raw)
  const other = (await client.createKey()).body.keyMetadata.keyId
  const moved = await client.reEncrypt({
    ciphertextBlob,
    destinationKeyId: other,
    sourceEncryptionContext: encryptionContext,
    destinationEncryptionContext: { moved: 'yes' },
  })
  const bound = { encryptionContext: { moved: 'yes' } }
  const opened = await client.decrypt({ ciphertextBlob: moved.body.ciphertextBlob, ...bound })
  assert.deepEqual(Buffer.from(opened.body.plaintext, 'base64'), raw)
  assert.equal(opened.body.keyId, other)
  const advance = await client.advanceEncrypt({ keyId, plaintext: message })
  assert.equal(Buffer.from(advance.body.ciphertextBlob, 'base64')[0], 0x24)
})

await step('message authentication codes', async () => {
  const request = { keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' } as const
  const { keyMetadata } = (await client.createKey(request)).body
  const asked = { keyId: keyMetadata.keyId, algorithm: 'HMAC_SHA_256', message } as const
  const { body } = await client.generateMac(asked)
  assert.equal((await client.verifyMac({ ...asked, mac: body.mac })).body.value, true)
  const wrong = Buffer.alloc(32).toString('base64')
  assert.equal((await client.verifyMac({ ...asked, mac: wrong })).body.value, false)
})

await step('several secrets at once, of which one cannot be read', async () => {
  const names = [`batch-a-${own}`, `batch-b-${own}`]
  for (const secretName of names) {
    await client.createSecret({ secretName, versionId: 'v1', secretData: CANARY })
  }
  const secretsList = [...names, `none-${own}`].map((secretName) => ({ secretName }))
  const { body } = await client.batchGetSecretValue({ secretsList })
  assert.deepEqual(body.secretValues.map((one) => one.secretData), [CANARY, CANARY])
  assert.deepEqual(body.errors.map((one) => one.code), ['Forbidden.ResourceNotFound'])
  const filters = [{ key: 'SecretName', values: [names[0] ?? ''] }]
  const listed = await client.listSecrets({ filters })
  assert.deepEqual(listed.body.secretList.secret.map((one) => one.secretName), [names[0]])
})

await step('secrets that have a type keep their settings, and are rotated by nobody', async () => {
  const secretName = `rds-${own}`
  const account = { AccountName: 'a', AccountPassword: CANARY }
  await client.createSecret({
    secretName,
    versionId: 'v1',
    secretType: 'Rds',
    secretData: JSON.stringify({ Accounts: [account] }),
    extendedConfig: { SecretSubType: 'SingleUser', DBInstanceId: 'rm-1', CustomData: {} },
  })
  await client.updateSecret({ secretName, extendedConfig: { customData: { team: 'one' } } })
  const { body } = await client.describeSecret({ secretName })
  const settings: unknown = JSON.parse(body.extendedConfig ?? '')
  assert.partialDeepStrictEqual(settings, { DBInstanceId: 'rm-1', CustomData: { team: 'one' } })
  const policy = { secretName, enableAutomaticRotation: true, rotationInterval: '7d' }
  await client.updateSecretRotationPolicy(policy)
  const rotation = client.rotateSecret({ secretName, versionId: 'v2' })
  await assert.rejects(rotation, (error: Error) => error.name.endsWith('Error'))
})

await step('managed data keys', async () => {
  const dataKeyName = `data-${own}`
  const plaintext = randomBytes(32).toString('base64')
  const secret = { secretName: `kms-datakey-${dataKeyName}`, versionId: 'v1' }
  await client.createSecret({ ...secret, secretData: plaintext })
  const { body } = await client.getManagedDataKey({ dataKeyName, useLatest: true })
  assert.equal(body.plaintext, plaintext)
  const listed = await client.listManagedDataKeyVersions({ dataKeyName })
  const [version] = listed.body.managedDataKeyVersions.managedDataKeyVersion
  assert.equal(version?.dataKeyVersionId, body.dataKeyVersionId)
})

await step('what an application signs in with, from its rule to its first call', async () => {
  const name = `app-${own}`
  const rule = { name, type: 'Private', sourcePrivateIp: ['127.0.0.0/8', '::1'] } as const
  await client.createNetworkRule(rule)
  await client.updateNetworkRule({ name, description: 'ä rule', sourcePrivateIp: ['127.0.0.1'] })
  const { body: ruled } = await client.describeNetworkRule({ name })
  assert.equal(ruled.description, 'ä rule')
  assert.ok((await client.listNetworkRules({ pageSize: 100 })).body.networkRules.networkRule.length)
  const resources = ['key/*', 'secret/*']
  const permissions = ['RbacPermission/Template/CryptoServiceKeyUser']
  const policy = { name, permissions, resources, kmsInstance: 'kst-default' }
  await client.createPolicy({ ...policy, accessControlRules: { networkRules: [name] } })
  await client.updatePolicy({ name, description: 'changed', accessControlRules: '{}' })
  const { body: described } = await client.describePolicy({ name })
  assert.deepEqual([described.permissions, described.resources], [permissions, resources])
  assert.ok((await client.listPolicies({ pageSize: 100 })).body.policies.policy.length)
  await client.createApplicationAccessPoint({ name, policies: [name] })
  await client.updateApplicationAccessPoint({ name, policies: [name], description: 'd' })
  const { body: point } = await client.describeApplicationAccessPoint({ name })
  assert.equal(point.policies, JSON.stringify([name]))
  const points = (await client.listApplicationAccessPoints({ pageSize: 100 })).body
  assert.ok(points.applicationAccessPoints.applicationAccessPoint.some((one) => one.name === name))
  await useClientKey(name)
  await client.deleteApplicationAccessPoint({ name })
  await client.deletePolicy({ name })
  await client.deleteNetworkRule({ name })
})

async function useClientKey(aapName: string): Promise<void> {
  const password = 'Pass-word-0123'
  const { body } = await client.createClientKey({ aapName, password })
  const { clientKeyId, privateKeyData } = body
  const clientKeyContent = JSON.stringify({ KeyId: clientKeyId, PrivateKeyData: privateKeyData })
  const { endpoint } = kmsConfig
  const instance = new KmsClient({
    kmsConfig: { endpoint, clientKeyContent, password },
    platform: nodePlatform,
  })
  const inside = { DKMSInstanceId: 'kst-default' }
  const { keyMetadata } = (await client.createKey(inside)).body
  const sealed = await instance.encrypt({ keyId: keyMetadata.keyId, plaintext: CANARY })
  const opened = await instance.decrypt({ ciphertextBlob: sealed.body.ciphertextBlob })
  assert.equal(opened.body.plaintext, CANARY)
  const got = (await client.getClientKey({ clientKeyId })).body
  assert.deepEqual([got.aapName, got.keyAlgorithm], [aapName, 'RSA_2048'])
  const listed = (await client.listClientKeys({ aapName })).body.clientKeys
  assert.deepEqual(listed.map((one) => one.clientKeyId), [clientKeyId])
  await client.deleteClientKey({ clientKeyId })
  const refused = instance.encrypt({ keyId: keyMetadata.keyId, plaintext: CANARY })
  const refusal = { name: 'AuthenticationError', code: 'InvalidAccessKeyId.NotFound' }
  await assert.rejects(refused, refusal)
}

await step('instances and the service', async () => {
  const kmsInstanceId = 'kst-default'
  const { kmsInstances } = (await client.listKmsInstances()).body
  assert.ok(kmsInstances.kmsInstance.some((one) => one.kmsInstanceId === kmsInstanceId))
  const { kmsInstance } = (await client.getKmsInstance({ kmsInstanceId })).body
  assert.equal(kmsInstance.status, 'Connected')
  assert.match(kmsInstance.caCertificateChainPem ?? '', /BEGIN CERTIFICATE/)
  assert.deepEqual(kmsInstance.vswitchIds, [])
  const { body } = await client.getDefaultKmsInstance()
  assert.equal(body.defaultKmsInstanceId, kmsInstanceId)
  const quota = await client.getKmsInstanceQuotaInfos({ kmsInstanceId, resourceType: 'key' })
  assert.equal(quota.body.kmsInstanceQuotaInfos[0]?.resourceType, 'key')
  await client.updateKmsInstanceBindVpc({ kmsInstanceId, bindVpcs: [] })
  const vpc = { vpcId: 'v', vSwitchIds: 'a', zoneIds: 'z', KMProvider: 'Aliyun' } as const
  const connection = client.connectKmsInstance({ kmsInstanceId, ...vpc })
  await assert.rejects(connection, { code: 'Forbidden.DKMSInstanceStateInvalid', status: 403 })
  const release = client.releaseKmsInstance({ kmsInstanceId: 'kst-nothing' })
  await assert.rejects(release, { code: 'Forbidden.DKMSInstanceNotFound' })
  await assert.rejects(client.openKmsService(), { code: 'Forbidden.Opened', status: 400 })
  assert.equal((await client.describeAccountKmsStatus()).body.accountStatus, 'Enabled')
})

await step('certificates, from their request to their end', async () => {
  const subject = 'CN=app.example.com,O=Example,OU=Tests,C=CN'
  const names = ['app.example.com']
  const request = { subject, keySpec: 'RSA_2048', subjectAlternativeNames: names } as const
  const { certificateId, csr } = (await client.createCertificate(request)).body
  await client.uploadCertificate({ certificateId, certificate: issue(csr) })
  await client.tagResource({ certificateId, tags: [{ tagKey: 'Owner', tagValue: 'one' }] })
  const { body: described } = await client.describeCertificate({ certificateId })
  assert.deepEqual([described.status, described.tags], ['ACTIVE', { Owner: 'one' }])
  const got = (await client.getCertificate({ certificateId })).body
  assert.match(got.certificate ?? '', /BEGIN CERTIFICATE/)
  const signing = { certificateId, algorithm: 'RSA_PSS_SHA_256', message } as const
  const { signatureValue } = (await client.certificatePrivateKeySign(signing)).body
  const digest = createHash('sha256').update(CANARY).digest('base64')
  const checks = [
    [{ ...signing, signatureValue }, true],
    [{ ...signing, message: digest, messageType: 'DIGEST', signatureValue }, true],
    [{ ...signing, message: digest, signatureValue }, false],
  ] as const
  for (const [check, isGood] of checks) {
    const { body } = await client.certificatePublicKeyVerify(check)
    assert.equal(body.signatureValid, isGood)
  }
  const algorithm = 'RSAES_OAEP_SHA_256'
  const encrypting = { certificateId, algorithm, plaintext: message } as const
  const { ciphertextBlob } = (await client.certificatePublicKeyEncrypt(encrypting)).body
  const decrypting = { certificateId, algorithm, ciphertextBlob } as const
  const opened = await client.certificatePrivateKeyDecrypt(decrypting)
  assert.equal(opened.body.plaintext, message)
  await client.updateCertificateStatus({ certificateId, status: 'REVOKED' })
  await client.deleteCertificate({ certificateId })
  const gone = client.describeCertificate({ certificateId })
  await assert.rejects(gone, { name: 'ResourceNotFoundError', code: 'Certificate.NotFound' })
})

await listingSteps(client, own, config.regionId)

await step('with those beside the official client, these are all actions', async () => {
  const official: object = kmsClient()
  const isOfficial = (action: string): boolean =>
    `${action.charAt(0).toLowerCase()}${action.slice(1)}` in official
  const missing = KMS_ACTIONS.filter((action) => !isOfficial(action) && !used.has(action))
  assert.deepEqual(missing, [])
})

console.log('done')
