import assert from 'node:assert/strict'
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import * as kms from '@alicloud/kms20160120'
import { step, variable } from '../step.ts'
import { refused } from './generic-client.ts'
import { kmsClient } from './kms-client.ts'

// Every action on keys, aliases and tags that the official client of version 1 has.

const client = kmsClient()
const canary = variable('CANARY')
const own = randomBytes(4).toString('hex')

async function createKey(options: Partial<kms.CreateKeyRequest> = {}): Promise<string> {
  const { keyMetadata } = await client.createKey(new kms.CreateKeyRequest({ ...options }))
  return keyMetadata.keyId
}

async function stateOf(keyId: string): Promise<string> {
  const { keyMetadata } = await client.describeKey(new kms.DescribeKeyRequest({ keyId }))
  return keyMetadata.keyState
}

await step('createKey and describeKey tell the same of a key', async () => {
  const description = `key of ${own}, größer als ASCII`
  const request = new kms.CreateKeyRequest({
    keySpec: 'RSA_2048',
    keyUsage: 'ENCRYPT/DECRYPT',
    description,
  })
  const { keyMetadata: made, requestId } = await client.createKey(request)
  assert.match(requestId, /^[0-9a-f-]{36}$/i)
  assert.match(made.keyId, /^key-[a-z0-9]{21}$/)
  const { keyMetadata } = await client.describeKey(
    new kms.DescribeKeyRequest({ keyId: made.keyId }),
  )
  assert.deepEqual(keyMetadata.toMap(), made.toMap())
  assert.equal(made.description, description)
  assert.equal(made.keyUsage, 'ENCRYPT/DECRYPT')
  assert.equal(made.keySpec, 'RSA_2048')
  assert.equal(
    made.arn,
    `acs:kms:${variable('ALIBABA_CLOUD_REGION_ID')}:${made.creator}:key/${made.keyId}`,
  )
})

await step('listKeys gives each key once over its pages', async () => {
  const made = await Promise.all(Array.from({ length: 12 }, () => createKey()))
  const listed: string[] = []
  for (let pageNumber = 1; ; pageNumber += 1) {
    const page = await client.listKeys(new kms.ListKeysRequest({ pageNumber, pageSize: 5 }))
    assert.equal(page.pageNumber, pageNumber)
    assert.equal(page.pageSize, 5)
    listed.push(...page.keys.key.map(({ keyId }) => keyId))
    if (pageNumber * 5 >= page.totalCount) break
  }
  assert.equal(new Set(listed).size, listed.length)
  assert.deepEqual(
    made.filter((keyId) => !listed.includes(keyId)),
    [],
  )
})

await step('updateKeyDescription changes the description, to nothing too', async () => {
  const keyId = await createKey({ description: 'before' })
  for (const description of ['after', '']) {
    await client.updateKeyDescription(new kms.UpdateKeyDescriptionRequest({ keyId, description }))
    const { keyMetadata } = await client.describeKey(new kms.DescribeKeyRequest({ keyId }))
    assert.equal(keyMetadata.description, description)
  }
})

await step('disableKey and enableKey say whether a key may be used', async () => {
  const keyId = await createKey()
  await client.disableKey(new kms.DisableKeyRequest({ keyId }))
  assert.equal(await stateOf(keyId), 'Disabled')
  const encrypt = new kms.EncryptRequest({ keyId, plaintext: canary })
  await refused(client.encrypt(encrypt), 'Rejected.Disabled', 409)
  await client.enableKey(new kms.EnableKeyRequest({ keyId }))
  assert.equal(await stateOf(keyId), 'Enabled')
  await client.encrypt(encrypt)
})

await step('scheduleKeyDeletion names a day, and cancelKeyDeletion takes it back', async () => {
  const keyId = await createKey()
  await client.scheduleKeyDeletion(
    new kms.ScheduleKeyDeletionRequest({ keyId, pendingWindowInDays: 7 }),
  )
  const { keyMetadata } = await client.describeKey(new kms.DescribeKeyRequest({ keyId }))
  assert.equal(keyMetadata.keyState, 'PendingDeletion')
  const days = (Date.parse(keyMetadata.deleteDate) - Date.now()) / 86_400_000
  assert.ok(days > 6.9 && days <= 7.1, keyMetadata.deleteDate)
  await refused(
    client.encrypt(new kms.EncryptRequest({ keyId, plaintext: canary })),
    'Rejected.PendingDeletion',
    409,
  )
  await client.cancelKeyDeletion(new kms.CancelKeyDeletionRequest({ keyId }))
  assert.equal(await stateOf(keyId), 'Enabled')
})

await step('aliases are created, listed, moved and deleted', async () => {
  const [first, second] = [await createKey(), await createKey()]
  const aliasName = `alias/sdk/${own}`
  await client.createAlias(new kms.CreateAliasRequest({ keyId: first, aliasName }))
  await refused(
    client.createAlias(new kms.CreateAliasRequest({ keyId: second, aliasName })),
    'AliasAlreadyExists',
    400,
  )
  const byAlias = async (): Promise<string> => {
    const request = new kms.DescribeKeyRequest({ keyId: aliasName })
    return (await client.describeKey(request)).keyMetadata.keyId
  }
  assert.equal(await byAlias(), first)
  const { aliases } = await client.listAliases(new kms.ListAliasesRequest({ pageSize: 100 }))
  const listed = aliases.alias.find((one) => one.aliasName === aliasName)
  assert.equal(listed?.keyId, first)
  assert.ok(listed.aliasArn.endsWith(`:${aliasName}`))
  await client.updateAlias(new kms.UpdateAliasRequest({ keyId: second, aliasName }))
  assert.equal(await byAlias(), second)
  const ofKey = async (keyId: string): Promise<readonly string[]> => {
    const request = new kms.ListAliasesByKeyIdRequest({ keyId })
    return (await client.listAliasesByKeyId(request)).aliases.alias.map((one) => one.aliasName)
  }
  assert.deepEqual([await ofKey(first), await ofKey(second)], [[], [aliasName]])
  await client.deleteAlias(new kms.DeleteAliasRequest({ aliasName }))
  await refused(byAlias(), 'Forbidden.AliasNotFound', 404)
})

await step('tagResource, untagResource and listResourceTags agree', async () => {
  const keyId = await createKey()
  const tags = async (): Promise<Record<string, string>> => {
    const listed = await client.listResourceTags(new kms.ListResourceTagsRequest({ keyId }))
    return Object.fromEntries(listed.tags.tag.map((tag) => [tag.tagKey, tag.tagValue]))
  }
  const put = (record: Record<string, string>): Promise<unknown> => {
    const pairs = Object.entries(record).map(([TagKey, TagValue]) => ({ TagKey, TagValue }))
    return client.tagResource(new kms.TagResourceRequest({ keyId, tags: JSON.stringify(pairs) }))
  }
  await put({ env: 'test', team: 'one' })
  await put({ team: 'two' })
  assert.deepEqual(await tags(), { env: 'test', team: 'two' })
  await client.untagResource(new kms.UntagResourceRequest({ keyId, tagKeys: '["env","absent"]' }))
  assert.deepEqual(await tags(), { team: 'two' })
})

await step('createKeyVersion makes the version that encrypts from then on', async () => {
  const keyId = await createKey()
  const request = new kms.EncryptRequest({ keyId, plaintext: canary })
  const before = await client.encrypt(request)
  const { keyVersion } = await client.createKeyVersion(new kms.CreateKeyVersionRequest({ keyId }))
  const after = await client.encrypt(request)
  assert.equal(after.keyVersionId, keyVersion.keyVersionId)
  assert.notEqual(before.keyVersionId, after.keyVersionId)
  for (const { ciphertextBlob } of [before, after]) {
    const { plaintext } = await client.decrypt(new kms.DecryptRequest({ ciphertextBlob }))
    assert.equal(plaintext, canary)
  }
  const { keyVersions, totalCount } = await client.listKeyVersions(
    new kms.ListKeyVersionsRequest({ keyId }),
  )
  assert.equal(totalCount, 2)
  const listed = keyVersions.keyVersion.map(({ keyVersionId }) => keyVersionId)
  assert.deepEqual(new Set(listed), new Set([before.keyVersionId, after.keyVersionId]))
  const described = await client.describeKeyVersion(
    new kms.DescribeKeyVersionRequest({ keyId, keyVersionId: before.keyVersionId }),
  )
  assert.equal(described.keyVersion.keyVersionId, before.keyVersionId)
  assert.match(described.keyVersion.creationDate, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
})

await step('updateRotationPolicy answers in seconds, and takes it back', async () => {
  const keyId = await createKey()
  const set = (options: Partial<kms.UpdateRotationPolicyRequest>): Promise<unknown> =>
    client.updateRotationPolicy(new kms.UpdateRotationPolicyRequest({ keyId, ...options }))
  await set({ enableAutomaticRotation: true, rotationInterval: '30d' })
  const { keyMetadata } = await client.describeKey(new kms.DescribeKeyRequest({ keyId }))
  assert.equal(keyMetadata.automaticRotation, 'Enabled')
  assert.equal(keyMetadata.rotationInterval, '2592000s')
  const wait = Date.parse(keyMetadata.nextRotationDate) - Date.parse(keyMetadata.lastRotationDate)
  assert.equal(wait, 2_592_000_000)
  await set({ enableAutomaticRotation: false })
  const after = await client.describeKey(new kms.DescribeKeyRequest({ keyId }))
  assert.equal(after.keyMetadata.automaticRotation, 'Disabled')
})

await step('key material is imported, deleted and imported again', async () => {
  const keyId = await createKey({ origin: 'EXTERNAL' })
  assert.equal(await stateOf(keyId), 'PendingImport')
  const material = randomBytes(32)
  const bring = async (bytes: Buffer): Promise<unknown> => {
    const wrapping = { wrappingAlgorithm: 'RSAES_OAEP_SHA_256', wrappingKeySpec: 'RSA_2048' }
    const { importToken, publicKey } = await client.getParametersForImport(
      new kms.GetParametersForImportRequest({ keyId, ...wrapping }),
    )
    const key = createPublicKey({
      key: Buffer.from(publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    })
    const padding = constants.RSA_PKCS1_OAEP_PADDING
    const encrypted = publicEncrypt({ key, padding, oaepHash: 'sha256' }, bytes)
    return client.importKeyMaterial(
      new kms.ImportKeyMaterialRequest({
        keyId,
        importToken,
        encryptedKeyMaterial: encrypted.toString('base64'),
        keyMaterialExpireUnix: 0,
      }),
    )
  }
  await bring(material)
  assert.equal(await stateOf(keyId), 'Enabled')
  const { ciphertextBlob } = await client.encrypt(
    new kms.EncryptRequest({ keyId, plaintext: canary }),
  )
  await client.deleteKeyMaterial(new kms.DeleteKeyMaterialRequest({ keyId }))
  assert.equal(await stateOf(keyId), 'PendingImport')
  const decrypt = new kms.DecryptRequest({ ciphertextBlob })
  await refused(client.decrypt(decrypt), 'Rejected.PendingImport', 409)
  await refused(bring(randomBytes(32)), 'InvalidKeyMaterial', 400)
  await bring(material)
  assert.equal((await client.decrypt(decrypt)).plaintext, canary)
})

await step('describeRegions and describeService tell of this server', async () => {
  const { regions } = await client.describeRegions(new kms.DescribeRegionsRequest({}))
  const ids = regions.region.map(({ regionId }) => regionId)
  assert.ok(ids.includes(variable('ALIBABA_CLOUD_REGION_ID')), ids.join(', '))
  const { keySpecs } = await client.describeService(new kms.DescribeServiceRequest({}))
  const specs = keySpecs.keySpec.map(({ name }) => name)
  assert.ok(specs.includes('Aliyun_AES_256') && specs.includes('EC_SM2'), specs.join(', '))
})

console.log('done')
