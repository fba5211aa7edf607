import assert from 'node:assert/strict'
import {
  constants,
  createDecipheriv,
  generateKeyPairSync,
  type KeyObject,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
} from 'node:crypto'
import { step, variable } from '../step.ts'
import { type Answer, type Parameters, refused, text } from './generic-client.ts'
import { call, createKey } from './key-calls.ts'

// Encryption under symmetric keys, and data keys, as the shared gateway has them.

const canary = variable('CANARY')

function encrypt(KeyId: string, more: Parameters = {}): Promise<Answer> {
  return call('Encrypt', { KeyId, Plaintext: canary, ...more })
}

async function decrypted(parameters: Parameters): Promise<string> {
  return text(await call('Decrypt', parameters), 'Plaintext')
}

for (const KeySpec of ['Aliyun_AES_256', 'Aliyun_AES_192', 'Aliyun_AES_128', 'Aliyun_SM4']) {
  await step(`Encrypt with ${KeySpec}: the version, an IV, the ciphertext and a tag`, async () => {
    const KeyId = await createKey({ KeySpec })
    const { CiphertextBlob: one, KeyVersionId } = await encrypt(KeyId)
    const { CiphertextBlob: other } = await encrypt(KeyId)
    assert.notEqual(one, other)
    const blob = Buffer.from(String(one), 'base64')
    assert.equal(blob.subarray(0, 36).toString('latin1'), KeyVersionId)
    assert.equal(blob.length, 36 + 12 + Buffer.byteLength(canary) + 16)
    assert.equal(await decrypted({ CiphertextBlob: one }), canary)
    // An instance's own layout is this one behind three octets.
    const advance = Buffer.concat([Buffer.from([0x24, 0, 2]), blob]).toString('base64')
    if (KeySpec !== 'Aliyun_SM4') {
      assert.equal(await decrypted({ CiphertextBlob: advance }), canary)
    }
  })
}

await step('the context is what it says: members in any order, and no other', async () => {
  const KeyId = await createKey()
  const { CiphertextBlob } = await encrypt(KeyId, { EncryptionContext: '{"b":"2", "a":"1&c=3"}' })
  const opened = (EncryptionContext?: string): Promise<string> =>
    decrypted({ CiphertextBlob, EncryptionContext })
  assert.equal(await opened('{"a":"1&c=3","b":"2"}'), canary)
  for (const wrong of [undefined, '{}', '{"a":"1&c=3"}', '{"a":"1&c=3","b":"3"}']) {
    await refused(opened(wrong), 'InvalidParameter', 400)
  }
  for (const wrong of [
    'x',
    '[]',
    '"a"',
    '{"a":1}',
    '{"a":{"b":"c"}}',
    `{"a":"${'x'.repeat(8192)}"}`,
  ]) {
    await refused(encrypt(KeyId, { EncryptionContext: wrong }), 'InvalidParameter', 400)
  }
  const plain = await encrypt(KeyId, { EncryptionContext: '{}' })
  assert.equal(await decrypted({ CiphertextBlob: plain['CiphertextBlob'] }), canary)
})

await step('Encrypt takes what it may take, by any name of the key', async () => {
  const KeyId = await createKey()
  const longest = 'x'.repeat(8192)
  const { CiphertextBlob } = await encrypt(KeyId, { Plaintext: longest })
  assert.equal(await decrypted({ CiphertextBlob }), longest)
  await refused(encrypt(KeyId, { Plaintext: `${longest}x` }), 'InvalidParameter', 400)
  await refused(call('Encrypt', { KeyId }), 'MissingParameter', 400)
  await refused(encrypt('key-nothing'), 'Forbidden.KeyNotFound', 404)
  await refused(encrypt('alias/nothing'), 'Forbidden.AliasNotFound', 404)
  for (const KeySpec of ['RSA_2048', 'EC_P256', 'HMAC_256']) {
    await refused(encrypt(await createKey({ KeySpec })), 'UnsupportedOperation', 400)
  }
})

await step('Decrypt says one and the same of all that a ciphertext can have wrong', async () => {
  const KeyId = await createKey()
  const blob = Buffer.from(text(await encrypt(KeyId), 'CiphertextBlob'), 'base64')
  const broken = [20, 40, 52, blob.length - 1].map((at) => {
    const copy = Buffer.from(blob)
    copy[at] = (copy[at] ?? 0) ^ 1
    return copy
  })
  const refusals = new Set<string>()
  for (const wrong of [
    ...broken.slice(1),
    blob.subarray(0, 48),
    blob.subarray(0, -1),
    Buffer.alloc(0),
  ]) {
    const asked = decrypted({ CiphertextBlob: wrong.toString('base64') })
    await refused(asked, wrong.length === 0 ? 'MissingParameter' : 'InvalidParameter', 400)
    if (wrong.length > 0) refusals.add(await asked.then(() => 'opened', messageOf))
  }
  assert.equal(refusals.size, 1, [...refusals].join('\n'))
  await refused(decrypted({ CiphertextBlob: 'not base64!' }), 'InvalidParameter', 400)
  const foreign = Buffer.concat([
    Buffer.from('86a9efd9-3d16-4894-bd4f-1fc43f3f2abf'),
    randomBytes(60),
  ])
  await refused(
    decrypted({ CiphertextBlob: foreign.toString('base64') }),
    'Forbidden.KeyNotFound',
    404,
  )
})

/** Without what differs by request. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/request id: .*$/, '') : String(error)
}

await step('GenerateDataKeyWithoutPlaintext and Decrypt agree', async () => {
  const KeyId = await createKey()
  const EncryptionContext = '{"of":"data"}'
  const asked = { KeyId, KeySpec: 'AES_128', EncryptionContext }
  const { CiphertextBlob, Plaintext } = await call('GenerateDataKeyWithoutPlaintext', asked)
  assert.equal(Plaintext, undefined)
  const key = await decrypted({ CiphertextBlob, EncryptionContext })
  assert.equal(Buffer.from(key, 'base64').length, 16)
  for (const wrong of [{ KeySpec: 'AES_192' }, { NumberOfBytes: 0 }, { NumberOfBytes: 1025 }]) {
    await refused(call('GenerateDataKey', { KeyId, ...wrong }), 'InvalidParameter', 400)
  }
})

await step('AdvanceEncrypt is the operation of an instance, and opens there and here', async () => {
  const KeyId = await createKey()
  const Plaintext = Buffer.from(canary).toString('base64')
  const { CiphertextBlob } = await call('AdvanceEncrypt', { KeyId, Plaintext })
  const blob = Buffer.from(String(CiphertextBlob), 'base64')
  assert.deepEqual([...blob.subarray(0, 3)], [0x24, 0, 2])
  assert.equal(await decrypted({ CiphertextBlob }), canary)
})

await step('ReEncrypt moves a ciphertext under another key and another context', async () => {
  const [source, target] = [await createKey(), await createKey({ KeySpec: 'Aliyun_SM4' })]
  const before = { EncryptionContext: '{"was":"here"}' }
  const { CiphertextBlob } = await encrypt(source, before)
  const moved = await call('ReEncrypt', {
    CiphertextBlob,
    SourceEncryptionContext: before.EncryptionContext,
    DestinationKeyId: target,
    DestinationEncryptionContext: '{"is":"there"}',
  })
  assert.equal(moved['KeyId'], target)
  const opening = { CiphertextBlob: moved['CiphertextBlob'], EncryptionContext: '{"is":"there"}' }
  assert.equal(await decrypted(opening), canary)
  const wrong = call('ReEncrypt', { CiphertextBlob, DestinationKeyId: target })
  await refused(wrong, 'InvalidParameter', 400)
})

await step('ReEncrypt takes the ciphertext of an asymmetric key', async () => {
  const source = await createKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT/DECRYPT' })
  const Algorithm = 'RSAES_OAEP_SHA_256'
  const Plaintext = Buffer.from(canary).toString('base64')
  const encrypted = await call('AsymmetricEncrypt', { KeyId: source, Algorithm, Plaintext })
  const moved = await call('ReEncrypt', {
    CiphertextBlob: encrypted['CiphertextBlob'],
    SourceKeyId: source,
    SourceKeyVersionId: encrypted['KeyVersionId'],
    SourceEncryptionAlgorithm: Algorithm,
    DestinationKeyId: await createKey(),
  })
  assert.equal(await decrypted({ CiphertextBlob: moved['CiphertextBlob'] }), Plaintext)
})

const receiver = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PublicKeyBlob = spki(receiver.publicKey)

function spki(key: KeyObject): string {
  return key.export({ format: 'der', type: 'spki' }).toString('base64')
}

for (const [WrappingAlgorithm, oaepHash] of [
  ['RSAES_OAEP_SHA_256', 'sha256'],
  ['RSAES_OAEP_SHA_1', 'sha1'],
] as const) {
  await step(
    `data keys leave wrapped by ${WrappingAlgorithm}, as the octets they are`,
    async () => {
      const KeyId = await createKey()
      const unwrap = (exported: Answer): Buffer =>
        privateDecrypt(
          { key: receiver.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash },
          Buffer.from(text(exported, 'ExportedDataKey'), 'base64'),
        )
      const wrapping = { PublicKeyBlob, WrappingKeySpec: 'RSA_2048', WrappingAlgorithm }
      const made = await call('GenerateDataKey', { KeyId, NumberOfBytes: 40 })
      const { CiphertextBlob } = made
      const exported = await call('ExportDataKey', { CiphertextBlob, ...wrapping })
      assert.equal(unwrap(exported).toString('base64'), made['Plaintext'])
      const both = await call('GenerateAndExportDataKey', {
        KeyId,
        KeySpec: 'AES_256',
        ...wrapping,
      })
      assert.equal('Plaintext' in both, false)
      const key = await decrypted({ CiphertextBlob: both['CiphertextBlob'] })
      assert.equal(unwrap(both).toString('base64'), key)
      for (const wrong of [
        { PublicKeyBlob: 'AAAA' },
        { WrappingKeySpec: 'RSA_512' },
        { WrappingAlgorithm: 'NONE' },
      ]) {
        const asked = call('ExportDataKey', { CiphertextBlob, ...wrapping, ...wrong })
        await refused(asked, 'InvalidParameter', 400)
      }
    },
  )
}

await step('imported material encrypts as node:crypto does', async () => {
  const KeyId = await createKey({ Origin: 'EXTERNAL' })
  const material = randomBytes(32)
  const given = await call('GetParametersForImport', {
    KeyId,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  })
  const key = {
    key: Buffer.from(text(given, 'PublicKey'), 'base64'),
    format: 'der',
    type: 'spki',
  } as const
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  await call('ImportKeyMaterial', {
    KeyId,
    ImportToken: given['ImportToken'],
    EncryptedKeyMaterial: publicEncrypt({ ...key, padding, oaepHash: 'sha256' }, material).toString(
      'base64',
    ),
    KeyMaterialExpireUnix: 0,
  })
  const blob = Buffer.from(text(await encrypt(KeyId), 'CiphertextBlob'), 'base64')
  const decipher = createDecipheriv('aes-256-gcm', material, blob.subarray(36, 48))
  decipher.setAuthTag(blob.subarray(-16))
  const opened = Buffer.concat([decipher.update(blob.subarray(48, -16)), decipher.final()])
  assert.equal(opened.toString('utf8'), canary)
})

await step('DryRun never does what is asked, and says what would have come of it', async () => {
  const KeyId = await createKey()
  await refused(encrypt(KeyId, { DryRun: 'true' }), 'DryRunOperationError', 400)
  await refused(encrypt('key-nothing', { DryRun: 'true' }), 'ValidationError', 400)
  const { CiphertextBlob } = await encrypt(KeyId, { DryRun: 'false' })
  await refused(call('Decrypt', { CiphertextBlob, DryRun: 'true' }), 'DryRunOperationError', 400)
})

console.log('done')
