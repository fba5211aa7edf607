import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import assert from 'node:assert/strict'
import { step } from '../step.ts'
import { type Answer, type Parameters, refused, text } from './generic-client.ts'
import { call, createKey, describe } from './key-calls.ts'

// Keys whose material is made elsewhere.

const OAEP = constants.RSA_PKCS1_OAEP_PADDING
const WRAPPINGS: Readonly<
  Record<string, { readonly padding: number; readonly oaepHash?: string }>
> = {
  RSAES_PKCS1_V1_5: { padding: constants.RSA_PKCS1_PADDING },
  RSAES_OAEP_SHA_1: { padding: OAEP, oaepHash: 'sha1' },
  RSAES_OAEP_SHA_256: { padding: OAEP, oaepHash: 'sha256' },
}

async function importMaterial(
  KeyId: string,
  material: Buffer,
  more: Parameters = {},
  WrappingAlgorithm = 'RSAES_OAEP_SHA_256',
): Promise<Answer> {
  const asked = { KeyId, WrappingAlgorithm, WrappingKeySpec: 'RSA_2048' }
  const given = await call('GetParametersForImport', asked)
  const der = Buffer.from(text(given, 'PublicKey'), 'base64')
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
  const wrapped = publicEncrypt({ key, ...WRAPPINGS[WrappingAlgorithm] }, material)
  return call('ImportKeyMaterial', {
    KeyId,
    ImportToken: given['ImportToken'],
    EncryptedKeyMaterial: wrapped.toString('base64'),
    KeyMaterialExpireUnix: 0,
    ...more,
  })
}

for (const WrappingAlgorithm of Object.keys(WRAPPINGS)) {
  await step(`key material comes in wrapped by ${WrappingAlgorithm}`, async () => {
    for (const [KeySpec, bytes] of [
      ['Aliyun_AES_256', 32],
      ['Aliyun_SM4', 16],
    ] as const) {
      const KeyId = await createKey({ Origin: 'EXTERNAL', KeySpec })
      const material = randomBytes(bytes)
      await importMaterial(KeyId, material, {}, WrappingAlgorithm)
      const described = await describe(KeyId)
      assert.equal(described['KeyState'], 'Enabled')
      assert.equal(described['MaterialExpireTime'], '')
      const wrong = importMaterial(KeyId, randomBytes(bytes), {}, WrappingAlgorithm)
      await refused(wrong, 'InvalidKeyMaterial', 400)
      await refused(importMaterial(KeyId, randomBytes(bytes + 1)), 'InvalidKeyMaterial', 400)
      await importMaterial(KeyId, material, {}, WrappingAlgorithm)
    }
  })
}

await step('imported material expires when it was told to, and keeps its version', async () => {
  const KeyId = await createKey({ Origin: 'EXTERNAL' })
  const material = randomBytes(32)
  const expiry = Math.floor(Date.now() / 1000) + 86_400
  await importMaterial(KeyId, material, { KeyMaterialExpireUnix: expiry })
  const described = await describe(KeyId)
  assert.equal(Date.parse(text(described, 'MaterialExpireTime')), expiry * 1000)
  await call('DeleteKeyMaterial', { KeyId })
  await importMaterial(KeyId, material)
  const after = await describe(KeyId)
  assert.equal(after['PrimaryKeyVersion'], described['PrimaryKeyVersion'])
  const past = importMaterial(KeyId, material, { KeyMaterialExpireUnix: 1 })
  await refused(past, 'InvalidParameter', 400)
})

await step('material is imported into the key that asked, and into no other kind', async () => {
  const [one, two] = [
    await createKey({ Origin: 'EXTERNAL' }),
    await createKey({ Origin: 'EXTERNAL' }),
  ]
  const foreign = await call('GetParametersForImport', {
    KeyId: two,
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  })
  const { ImportToken } = foreign
  await refused(importMaterial(one, randomBytes(32), { ImportToken }), 'InvalidImportToken', 400)
  const garbage = { EncryptedKeyMaterial: randomBytes(256).toString('base64') }
  await refused(importMaterial(one, randomBytes(32), garbage), 'InvalidKeyMaterial', 400)
  const own = await createKey()
  await refused(importMaterial(own, randomBytes(32)), 'Unsupported.Origin', 400)
  await refused(call('DeleteKeyMaterial', { KeyId: own }), 'Unsupported.Origin', 400)
  for (const wrong of [{ WrappingAlgorithm: 'NONE' }, { WrappingKeySpec: 'RSA_1024' }]) {
    const asked = { KeyId: one, WrappingAlgorithm: 'RSAES_OAEP_SHA_1', WrappingKeySpec: 'RSA_2048' }
    await refused(call('GetParametersForImport', { ...asked, ...wrong }), 'InvalidParameter', 400)
  }
})

console.log('done')
