import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { DefaultAzureCredential } from '@azure/identity'
import { CryptographyClient, KeyClient, type KeyVaultKey } from '@azure/keyvault-keys'
import { SecretClient } from '@azure/keyvault-secrets'
import { step, variable } from '../step.ts'
import { list, refused, text } from './generic-client.ts'
import { call, createKey, own } from './key-calls.ts'

// One vault behind two wires: a key or a secret that one cloud's client has made, the other's uses.

const credential = new DefaultAzureCredential()
const keys = new KeyClient(variable('AZURE_KEYVAULT_URL'), credential)
const secrets = new SecretClient(variable('AZURE_KEYVAULT_URL'), credential)
const canary = variable('CANARY')
const digest = createHash('sha256').update(canary).digest()
const Digest = digest.toString('base64')

/** How each wire names an algorithm, and whether its signatures are written otherwise. */
const SIGNATURES = [
  { azure: 'RS256', alibaba: 'RSA_PKCS1_SHA_256', KeySpec: 'RSA_2048', isEc: false },
  { azure: 'PS256', alibaba: 'RSA_PSS_SHA_256', KeySpec: 'RSA_2048', isEc: false },
  { azure: 'ES256', alibaba: 'ECDSA_SHA_256', KeySpec: 'EC_P256', isEc: true },
  { azure: 'ES256K', alibaba: 'ECDSA_SHA_256', KeySpec: 'EC_P256K', isEc: true },
] as const

/** RFC 7518 §3.4: r and s side by side, which the other wire has as ASN.1 integers. */
function toDer(signature: Uint8Array): Buffer {
  const half = signature.length / 2
  const integers = [signature.subarray(0, half), signature.subarray(half)].map((part) => {
    const trimmed = Buffer.from(part.subarray(part.findIndex((octet) => octet !== 0)))
    const bytes = (trimmed[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), trimmed]) : trimmed
    return Buffer.concat([Buffer.from([2, bytes.length]), bytes])
  })
  const content = Buffer.concat(integers)
  return Buffer.concat([Buffer.from([0x30, content.length]), content])
}

function fromDer(der: Buffer): Buffer {
  const rLength = der[3] ?? 0
  const integers = [der.subarray(4, 4 + rLength), der.subarray(6 + rLength)]
  return Buffer.concat(
    integers.map((bytes) => Buffer.concat([Buffer.alloc(32), bytes]).subarray(-32)),
  )
}

async function createOverAzure(name: string, KeySpec: string): Promise<KeyVaultKey> {
  const tags = { name }
  if (KeySpec === 'RSA_2048') return keys.createRsaKey(name, { tags })
  return keys.createEcKey(name, { tags, curve: KeySpec === 'EC_P256' ? 'P-256' : 'P-256K' })
}

/** The KeyId that the other wire has for a key, found by a tag. */
async function keyIdOf(name: string): Promise<string> {
  const Filters = JSON.stringify([{ Key: 'TagValue', Values: [name] }])
  const [found] = list(await call('ListKeys', { Filters }), 'Keys', 'Key')
  assert.ok(found, `no key is tagged ${name}`)
  return text(found, 'KeyId')
}

for (const { azure, alibaba, KeySpec, isEc } of SIGNATURES) {
  const signsForBoth = async (key: KeyVaultKey, KeyId: string): Promise<void> => {
    const client = new CryptographyClient(key, credential)
    const { result } = await client.sign(azure, digest)
    const Value = (isEc ? toDer(result) : Buffer.from(result)).toString('base64')
    const asked = { KeyId, Algorithm: alibaba, Digest }
    assert.equal((await call('AsymmetricVerify', { ...asked, Value }))['Value'], true)
    const signed = await call('AsymmetricSign', asked)
    const signature = Buffer.from(text(signed, 'Value'), 'base64')
    const verified = await client.verify(azure, digest, isEc ? fromDer(signature) : signature)
    assert.equal(verified.result, true)
  }
  await step(`a key made over Azure signs ${azure} for Alibaba, and the reverse`, async () => {
    const name = `azure-${azure}-${own}`
    const key = await createOverAzure(name, KeySpec)
    await signsForBoth(key, await keyIdOf(name))
  })
  await step(`a key made over Alibaba signs ${alibaba} for Azure, and the reverse`, async () => {
    const KeyId = await createKey({ KeySpec })
    await signsForBoth(await keys.getKey(KeyId), KeyId)
  })
}

await step('a key made over Azure decrypts for one what was encrypted for the other', async () => {
  const name = `azure-encrypt-${own}`
  const key = await keys.createRsaKey(name, { tags: { name }, keyOps: ['encrypt', 'decrypt'] })
  const KeyId = await keyIdOf(name)
  const client = new CryptographyClient(key, credential)
  const { result } = await client.encrypt('RSA-OAEP-256', Buffer.from(canary))
  const asked = { KeyId, Algorithm: 'RSAES_OAEP_SHA_256' }
  const CiphertextBlob = Buffer.from(result).toString('base64')
  const opened = await call('AsymmetricDecrypt', { ...asked, CiphertextBlob })
  assert.equal(Buffer.from(text(opened, 'Plaintext'), 'base64').toString('utf8'), canary)
  const Plaintext = Buffer.from(canary).toString('base64')
  const sealed = await call('AsymmetricEncrypt', { ...asked, Plaintext })
  const back = await client.decrypt(
    'RSA-OAEP-256',
    Buffer.from(text(sealed, 'CiphertextBlob'), 'base64'),
  )
  assert.equal(Buffer.from(back.result).toString('utf8'), canary)
})

await step('a ciphertext of the shared gateway opens over Azure, context and all', async () => {
  const KeyId = await createKey()
  const EncryptionContext = '{"b":"2","a":"1"}'
  const { CiphertextBlob } = await call('Encrypt', { KeyId, Plaintext: canary, EncryptionContext })
  const blob = Buffer.from(String(CiphertextBlob), 'base64')
  const client = new CryptographyClient(await keys.getKey(KeyId), credential)
  const { result } = await client.decrypt({
    algorithm: 'A256GCM',
    iv: blob.subarray(36, 48),
    ciphertext: blob.subarray(48, -16),
    authenticationTag: blob.subarray(-16),
    additionalAuthenticatedData: createHash('sha256').update('a=1&b=2').digest(),
  })
  assert.equal(Buffer.from(result).toString('utf8'), canary)
})

await step('versions, states and deletion of a key are the same for both', async () => {
  const name = `azure-life-${own}`
  const first = await keys.createEcKey(name, { tags: { name } })
  const KeyId = await keyIdOf(name)
  const versions = async (): Promise<number> =>
    Number((await call('ListKeyVersions', { KeyId }))['TotalCount'])
  assert.equal(await versions(), 1)
  await keys.rotateKey(name)
  assert.equal(await versions(), 2)
  const asked = { KeyId, Algorithm: 'ECDSA_SHA_256', Digest }
  await call('DisableKey', { KeyId })
  const newest = await keys.getKey(name)
  assert.equal(newest.properties.enabled, false)
  await keys.updateKeyProperties(name, { enabled: true })
  await call('AsymmetricSign', asked)
  await call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })
  assert.equal((await keys.getDeletedKey(name)).name, name)
  await (await keys.beginRecoverDeletedKey(name, { intervalInMs: 20 })).pollUntilDone()
  const { Value } = await call('AsymmetricSign', asked)
  const client = new CryptographyClient(await keys.getKey(name), credential)
  const verified = await client.verify(
    'ES256',
    digest,
    fromDer(Buffer.from(String(Value), 'base64')),
  )
  assert.equal(verified.result, true)
  assert.notEqual(first.properties.version, newest.properties.version)
})

await step('a secret set over Azure is read over Alibaba, and the reverse', async () => {
  const value = `${canary}-${randomBytes(4).toString('hex')}`
  const name = `azure-secret-${own}`
  await secrets.setSecret(name, value)
  assert.equal((await call('GetSecretValue', { SecretName: name }))['SecretData'], value)
  await secrets.setSecret(name, `${value}-2`)
  const read = async (more: object = {}): Promise<unknown> =>
    (await call('GetSecretValue', { SecretName: name, ...more }))['SecretData']
  assert.equal(await read(), `${value}-2`)
  const SecretName = `alibaba-secret-${own}`
  await call('CreateSecret', { SecretName, VersionId: 'v1', SecretData: value })
  assert.equal((await secrets.getSecret(SecretName)).value, value)
  await call('PutSecretValue', { SecretName, VersionId: 'v2', SecretData: `${value}-3` })
  assert.equal((await secrets.getSecret(SecretName)).value, `${value}-3`)
  await (await secrets.beginDeleteSecret(SecretName, { intervalInMs: 20 })).pollUntilDone()
  const gone = call('GetSecretValue', { SecretName })
  await refused(gone, 'Rejected.ResourceInDeleteWindow', 409)
})

console.log('done')
