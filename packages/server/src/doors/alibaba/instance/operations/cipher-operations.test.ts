import assert from 'node:assert/strict'
import { createDecipheriv, randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { instanceDoorUnderTest, type InstanceDoorUnderTest } from '../door-under-test.ts'

const PLAINTEXT = Buffer.from('what nobody else may read')
const HEADER = 'x-kms-migrationkeyversionid'

async function withKey(
  KeySpec: string,
  KeyUsage?: string,
): Promise<InstanceDoorUnderTest & { readonly KeyId: string }> {
  const world = await instanceDoorUnderTest()
  const parameters = { KeySpec, ...(KeyUsage === undefined ? {} : { KeyUsage }) }
  const made = await world.shared.call('CreateKey', parameters)
  return { ...world, KeyId: made.body.KeyMetadata.KeyId }
}

/** Gives the key another version, as the scheduler does. */
async function rotate({ shared }: InstanceDoorUnderTest, name: string): Promise<void> {
  const { vault, administrator } = shared.memory
  await vault.keys.rotate(administrator, { key: { vault: 'default', name } })
}

describe('Encrypt and Decrypt', () => {
  it('leave IV and algorithm to the caller, and name the key version in the header', async () => {
    for (const [KeySpec, Algorithm, ivBytes, PaddingMode, overhead] of [
      ['Aliyun_AES_256', 'AES_GCM', 12, '', 16],
      ['Aliyun_AES_192', 'AES_GCM', 12, '', 16],
      ['Aliyun_AES_256', 'AES_CBC', 16, 'PKCS7_PADDING', 7],
      ['Aliyun_AES_128', 'AES_ECB', 0, 'PKCS7_PADDING', 7],
      ['Aliyun_SM4', 'SM4_GCM', 12, '', 16],
      ['Aliyun_SM4', 'SM4_CBC', 16, 'PKCS7_PADDING', 7],
      ['Aliyun_SM4', 'SM4_ECB', 0, 'PKCS7_PADDING', 7],
    ] as const) {
      const { ask, KeyId } = await withKey(KeySpec)
      const sealed = await ask('Encrypt', { KeyId, Plaintext: PLAINTEXT, Algorithm })
      const { CiphertextBlob, Iv, ...said } = sealed.message
      assert.equal(sealed.status, 200, Algorithm)
      assert.deepEqual([said.KeyId, said.Algorithm, said.PaddingMode], [KeyId, Algorithm, PaddingMode])
      assert.deepEqual([Iv.length, CiphertextBlob.length - PLAINTEXT.length], [ivBytes, overhead])
      assert.match(sealed.headers[HEADER] ?? '', new RegExp(`^${KeyId}-[0-9a-f]{10}$`))
      const opened = await ask('Decrypt', { KeyId, CiphertextBlob, Iv, Algorithm })
      assert.deepEqual(Buffer.from(opened.message.Plaintext), PLAINTEXT, Algorithm)
      assert.equal(opened.headers[HEADER], sealed.headers[HEADER])
      assert.equal(opened.message.PaddingMode, PaddingMode)
    }
  })

  it('take whole blocks as they are where nothing is filled up', async () => {
    const { ask, KeyId } = await withKey('Aliyun_AES_256')
    const wish = { KeyId, Algorithm: 'AES_CBC', PaddingMode: 'NO_PADDING' } as const
    const Plaintext = randomBytes(32)
    const { message } = await ask('Encrypt', { ...wish, Plaintext, Iv: randomBytes(16) })
    assert.deepEqual([message.CiphertextBlob.length, message.PaddingMode], [32, 'NO_PADDING'])
    const { CiphertextBlob, Iv } = message
    const opened = await ask('Decrypt', { ...wish, CiphertextBlob, Iv })
    assert.deepEqual(Buffer.from(opened.message.Plaintext), Plaintext)
    const uneven = await ask('Encrypt', { ...wish, Plaintext: PLAINTEXT })
    assert.deepEqual([uneven.status, uneven.error.ErrorCode], [400, 'InvalidParameter'])
  })

  it('use the given IV and bind to the additional data', async () => {
    const { ask, KeyId } = await withKey('Aliyun_AES_256')
    const given = { KeyId, Iv: randomBytes(12), Aad: Buffer.from('for orders') }
    const { message } = await ask('Encrypt', { ...given, Plaintext: PLAINTEXT })
    assert.deepEqual(Buffer.from(message.Iv), given.Iv)
    const { CiphertextBlob } = message
    const opened = await ask('Decrypt', { ...given, CiphertextBlob })
    assert.deepEqual(Buffer.from(opened.message.Plaintext), PLAINTEXT)
    for (const wrong of [
      { Aad: Buffer.from('for others') },
      { Aad: new Uint8Array() },
      { Iv: randomBytes(12) },
    ]) {
      const refused = await ask('Decrypt', { ...given, CiphertextBlob, ...wrong })
      assert.deepEqual([refused.status, refused.error.ErrorCode], [400, 'InvalidParameter'])
      assert.equal(refused.error.ErrorMessage, 'The specified parameter is not valid.')
    }
  })

  it('stay with the version that the key was made with; Advance takes the newest', async () => {
    const world = await withKey('Aliyun_AES_256')
    const { ask, KeyId } = world
    const before = await ask('Encrypt', { KeyId, Plaintext: PLAINTEXT })
    const advanceBefore = await ask('AdvanceEncrypt', { KeyId, Plaintext: PLAINTEXT })
    assert.equal(before.headers[HEADER], advanceBefore.headers[HEADER])
    await rotate(world, KeyId)
    const after = await ask('Encrypt', { KeyId, Plaintext: PLAINTEXT })
    assert.equal(after.headers[HEADER], before.headers[HEADER])
    const advanceAfter = await ask('AdvanceEncrypt', { KeyId, Plaintext: PLAINTEXT })
    assert.notEqual(advanceAfter.headers[HEADER], before.headers[HEADER])
    for (const { message } of [before, after]) {
      const { CiphertextBlob, Iv } = message
      const opened = await ask('Decrypt', { KeyId, CiphertextBlob, Iv })
      assert.deepEqual(Buffer.from(opened.message.Plaintext), PLAINTEXT)
    }
    for (const { message, headers } of [advanceBefore, advanceAfter]) {
      const opened = await ask('AdvanceDecrypt', { CiphertextBlob: message.CiphertextBlob })
      assert.deepEqual(Buffer.from(opened.message.Plaintext), PLAINTEXT)
      assert.equal(opened.message.KeyVersionId, headers[HEADER])
      assert.equal(opened.headers[HEADER], headers[HEADER])
    }
  })

  it('find the key by the version in the header alone', async () => {
    const world = await withKey('Aliyun_AES_256')
    const { ask, KeyId } = world
    const { message, headers } = await ask('Encrypt', { KeyId, Plaintext: PLAINTEXT })
    const { CiphertextBlob, Iv } = message
    await rotate(world, KeyId)
    const keyVersionId = headers[HEADER] ?? ''
    const opened = await ask('Decrypt', { CiphertextBlob, Iv }, { keyVersionId })
    assert.deepEqual(Buffer.from(opened.message.Plaintext), PLAINTEXT)
    assert.equal(opened.message.KeyId, KeyId)
    const missing = await ask('Decrypt', { CiphertextBlob, Iv })
    assert.deepEqual([missing.status, missing.error.ErrorCode], [400, 'MissingParameter'])
    for (const wrong of [`${KeyId}-0000000000`, `key-${'0'.repeat(21)}-0000000000`, 'x']) {
      const refused = await ask('Decrypt', { CiphertextBlob, Iv }, { keyVersionId: wrong })
      assert.deepEqual([refused.status, refused.error.ErrorCode], [404, 'Forbidden.KeyNotFound'])
    }
  })

  it('work with pairs of keys, by the algorithm of the key where none is named', async () => {
    for (const [KeySpec, standard, others, bytes] of [
      ['RSA_2048', 'RSAES_OAEP_SHA_256', ['RSAES_OAEP_SHA_1'], 256],
      ['EC_SM2', 'SM2PKE', [], undefined],
    ] as const) {
      const { ask, KeyId } = await withKey(KeySpec, 'ENCRYPT/DECRYPT')
      for (const Algorithm of ['', standard, ...others]) {
        const { message, headers } = await ask('Encrypt', { KeyId, Plaintext: PLAINTEXT, Algorithm })
        const { CiphertextBlob } = message
        assert.equal(message.Algorithm, Algorithm || standard)
        assert.deepEqual([message.Iv.length, message.PaddingMode], [0, ''])
        assert.ok(bytes === undefined ? CiphertextBlob[0] === 0x30 : CiphertextBlob.length === bytes)
        assert.ok(headers[HEADER] !== undefined)
        const opened = await ask('Decrypt', { KeyId, CiphertextBlob, Algorithm })
        assert.deepEqual(Buffer.from(opened.message.Plaintext), PLAINTEXT)
      }
    }
  })

  it('refuse what the key, the algorithm or the padding does not allow', async () => {
    const { ask, KeyId } = await withKey('Aliyun_AES_256')
    for (const [more, code] of [
      [{ Algorithm: 'SM4_GCM' }, 'UnsupportedOperation'],
      [{ Algorithm: 'RSAES_OAEP_SHA_256' }, 'UnsupportedOperation'],
      [{ Algorithm: 'constructor' }, 'UnsupportedOperation'],
      [{ PaddingMode: 'PKCS7_PADDING' }, 'UnsupportedOperation'],
      [{ PaddingMode: 'ZERO_PADDING' }, 'InvalidParameter'],
      [{ Iv: randomBytes(16) }, 'InvalidParameter'],
      [{ Algorithm: 'AES_ECB', Iv: randomBytes(16) }, 'InvalidParameter'],
      [{ Algorithm: 'AES_CBC', Aad: Buffer.from('a') }, 'InvalidParameter'],
      [{ Aad: Buffer.alloc(8193) }, 'InvalidParameter'],
      [{ KeyId: '' }, 'MissingParameter'],
      [{ Plaintext: new Uint8Array() }, 'MissingParameter'],
    ] as const) {
      const refused = await ask('Encrypt', { KeyId, Plaintext: PLAINTEXT, ...more })
      assert.deepEqual([refused.status, refused.error.ErrorCode], [400, code], JSON.stringify(more))
    }
    const signing = await withKey('RSA_2048')
    const refused = await signing.ask('Encrypt', { KeyId: signing.KeyId, Plaintext: PLAINTEXT })
    assert.equal(refused.error.ErrorCode, 'UnsupportedOperation')
  })
})

describe('AdvanceEncrypt and AdvanceDecrypt', () => {
  it('have the layout of the wire, whatever the mode', async () => {
    const { ask, KeyId } = await withKey('Aliyun_AES_256')
    for (const [Algorithm, PaddingMode, first, ivBytes] of [
      ['', '', '240002', 12],
      ['AES_GCM', '', '240002', 12],
      ['AES_CBC', 'PKCS7_PADDING', '240181', 16],
      ['AES_ECB', 'PKCS7_PADDING', '240182', 0],
    ] as const) {
      const wish = { KeyId, Plaintext: PLAINTEXT, Algorithm, PaddingMode }
      const { message, headers } = await ask('AdvanceEncrypt', wish)
      const blob = Buffer.from(message.CiphertextBlob)
      assert.equal(blob.subarray(0, 3).toString('hex'), first)
      assert.equal(blob.subarray(3, 39).toString(), message.KeyVersionId)
      assert.equal(message.KeyVersionId, headers[HEADER])
      assert.deepEqual(blob.subarray(39, 39 + ivBytes), Buffer.from(message.Iv))
      const opened = await ask('AdvanceDecrypt', { CiphertextBlob: blob })
      assert.deepEqual(Buffer.from(opened.message.Plaintext), PLAINTEXT)
      assert.equal(opened.message.Algorithm, Algorithm || 'AES_GCM')
      assert.equal(opened.message.PaddingMode, PaddingMode)
    }
  })

  it('is for symmetric keys alone', async () => {
    const { ask, KeyId } = await withKey('RSA_2048', 'ENCRYPT/DECRYPT')
    const refused = await ask('AdvanceEncrypt', { KeyId, Plaintext: PLAINTEXT })
    assert.deepEqual([refused.status, refused.error.ErrorCode], [400, 'UnsupportedOperation'])
  })

  it('opens what Encrypt has made, when it is told what that does not say', async () => {
    const { ask, KeyId } = await withKey('Aliyun_AES_256')
    const { message } = await ask('Encrypt', { KeyId, Plaintext: PLAINTEXT })
    const { CiphertextBlob, Iv, Algorithm } = message
    const opened = await ask('AdvanceDecrypt', { KeyId, CiphertextBlob, Iv, Algorithm })
    assert.deepEqual(Buffer.from(opened.message.Plaintext), PLAINTEXT)
    const refused = await ask('AdvanceDecrypt', { CiphertextBlob, Iv, Algorithm })
    assert.equal(refused.error.ErrorCode, 'InvalidParameter')
  })

  it('does not open what was cut, changed, or is of another key', async () => {
    const { ask, KeyId, shared } = await withKey('Aliyun_AES_256')
    const other = (await shared.call('CreateKey')).body.KeyMetadata.KeyId
    const { message } = await ask('AdvanceEncrypt', { KeyId, Plaintext: PLAINTEXT })
    const blob = Buffer.from(message.CiphertextBlob)
    const changed = Buffer.from(blob)
    changed[60] = (changed[60] ?? 0) ^ 1
    const moved = Buffer.from(blob)
    moved.write(`${other}-0000000000`, 3)
    for (const [CiphertextBlob, codes] of [
      [blob.subarray(0, 10), ['InvalidParameter']],
      [blob.subarray(0, 60), ['InvalidParameter']],
      [blob.subarray(0, -1), ['InvalidParameter']],
      [changed, ['InvalidParameter']],
      [moved, ['Forbidden.KeyNotFound']],
    ] as const) {
      const { error } = await ask('AdvanceDecrypt', { CiphertextBlob })
      assert.ok(codes.some((code) => code === error.ErrorCode), error.ErrorCode)
    }
    const contradicting = await ask('AdvanceDecrypt', { CiphertextBlob: blob, KeyId: other })
    assert.equal(contradicting.error.ErrorCode, 'InvalidParameter')
  })
})

describe('GenerateDataKey', () => {
  it('gives octets and the same encrypted, with or without a ciphertext that says it all', async () => {
    const { ask, KeyId } = await withKey('Aliyun_SM4')
    const plain = (await ask('GenerateDataKey', { KeyId, NumberOfBytes: 48 })).message
    assert.equal(plain.Plaintext.length, 48)
    const { CiphertextBlob, Iv } = plain
    const opened = await ask('Decrypt', { KeyId, CiphertextBlob, Iv })
    assert.deepEqual(Buffer.from(opened.message.Plaintext), Buffer.from(plain.Plaintext))
    const advance = (await ask('AdvanceGenerateDataKey', { KeyId })).message
    assert.equal(advance.Plaintext.length, 32)
    const again = await ask('AdvanceDecrypt', { CiphertextBlob: advance.CiphertextBlob })
    assert.deepEqual(Buffer.from(again.message.Plaintext), Buffer.from(advance.Plaintext))
  })

  it('is refused beyond its limits', async () => {
    const { ask, KeyId } = await withKey('Aliyun_AES_256')
    for (const NumberOfBytes of [-1, 1025, 2 ** 31 - 1]) {
      for (const operation of ['GenerateDataKey', 'AdvanceGenerateDataKey'] as const) {
        const { error } = await ask(operation, { KeyId, NumberOfBytes })
        assert.equal(error.ErrorCode, 'InvalidParameter')
      }
      const { error } = await ask('GenerateRandom', { Length: NumberOfBytes })
      assert.equal(error.ErrorCode, 'InvalidParameter')
    }
    assert.equal((await ask('GenerateRandom', { Length: 1024 })).message.Random.length, 1024)
  })
})

describe('GCM of this gateway', () => {
  it('is that of the standard, the tag behind the ciphertext', async () => {
    const { ask, shared } = await instanceDoorUnderTest()
    const { vault, administrator } = shared.memory
    const k = randomBytes(32)
    const key = { vault: 'default', name: `key-${'a'.repeat(21)}` }
    await vault.keys.import(administrator, { key, hsm: false, numbers: { kty: 'oct', k } })
    const Aad = Buffer.from('context')
    const { message } = await ask('Encrypt', { KeyId: key.name, Plaintext: PLAINTEXT, Aad })
    const decipher = createDecipheriv('aes-256-gcm', k, message.Iv).setAAD(Aad)
    decipher.setAuthTag(message.CiphertextBlob.slice(-16))
    const plaintext = decipher.update(message.CiphertextBlob.slice(0, -16))
    decipher.final()
    assert.deepEqual(plaintext, PLAINTEXT)
  })
})
