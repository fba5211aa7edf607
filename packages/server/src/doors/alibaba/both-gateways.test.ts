import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { SoftwareProvider, Secret, type KeyHandle } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { instanceDoorUnderTest, type InstanceDoorUnderTest } from './instance/door-under-test.ts'

// One ciphertext, readable through both gateways: what the vendor's clients make of the blobs of
// the one for the other, written down here as they do it.
const TEXT = 'hello 世界'
const Plaintext = Buffer.from(TEXT)
const HEADER = 'x-kms-migrationkeyversionid'

const CONTEXT = '{"b":"2","a":"1"}'
const DIGEST = createHash('sha256').update('a=1&b=2').digest()

/** How clients bind a ciphertext to this context. */
const FORMS: Readonly<Record<string, Uint8Array>> = {
  'nothing': new Uint8Array(),
  'the digest': DIGEST,
  'its hex': Buffer.from(DIGEST.toString('hex')),
  'the JSON text': Buffer.from(CONTEXT),
}

const contextOf = (aad: Uint8Array): { readonly EncryptionContext?: string } =>
  aad.length === 0 ? {} : { EncryptionContext: CONTEXT }

async function withKey(
  KeySpec: string,
): Promise<InstanceDoorUnderTest & { readonly KeyId: string }> {
  const world = await instanceDoorUnderTest()
  const { KeyId } = (await world.shared.call('CreateKey', { KeySpec })).body.KeyMetadata
  return { ...world, KeyId }
}

for (const KeySpec of ['Aliyun_AES_256', 'Aliyun_SM4']) {
  describe(`a ciphertext of a key ${KeySpec}`, () => {
    for (const [name, Aad] of Object.entries(FORMS)) {
      it(`of AdvanceEncrypt opens at the shared gateway, bound to ${name}`, async () => {
        const { ask, shared, KeyId } = await withKey(KeySpec)
        const { message } = await ask('AdvanceEncrypt', { KeyId, Plaintext, Aad })
        const whole = Buffer.from(message.CiphertextBlob)
        // Clients cut the first three octets off; the whole opens as well.
        for (const blob of [whole.subarray(3), whole]) {
          const CiphertextBlob = blob.toString('base64')
          const { body } = await shared.call('Decrypt', { CiphertextBlob, ...contextOf(Aad) })
          assert.deepEqual([body.Plaintext, body.KeyId], [TEXT, KeyId])
          assert.equal(body.KeyVersionId, message.KeyVersionId)
          const wrong = { EncryptionContext: '{"a":"2"}' }
          const refused = await shared.call('Decrypt', { CiphertextBlob, ...wrong })
          assert.equal(refused.body.Code, 'InvalidParameter')
        }
      })

      it(`of Encrypt opens at the shared gateway, bound to ${name}`, async () => {
        const { ask, shared, KeyId } = await withKey(KeySpec)
        const { message, headers } = await ask('Encrypt', { KeyId, Plaintext, Aad })
        const parts = [Buffer.from(headers[HEADER] ?? ''), message.Iv, message.CiphertextBlob]
        const CiphertextBlob = Buffer.concat(parts).toString('base64')
        const { body } = await shared.call('Decrypt', { CiphertextBlob, ...contextOf(Aad) })
        assert.equal(body.Plaintext, TEXT)
      })

      it(`of the shared gateway opens by AdvanceDecrypt and Decrypt with ${name}`, async () => {
        const { ask, shared, KeyId } = await withKey(KeySpec)
        const wanted = { KeyId, Plaintext: TEXT, ...contextOf(Aad) }
        const { body } = await shared.call('Encrypt', wanted)
        const blob = Buffer.from(body.CiphertextBlob, 'base64')
        const Iv = blob.subarray(36, 48)
        const CiphertextBlob = Buffer.concat([Buffer.from('240002', 'hex'), blob])
        const advance = await ask('AdvanceDecrypt', { CiphertextBlob, Iv, Aad })
        assert.equal(Buffer.from(advance.message.Plaintext).toString(), TEXT)
        assert.equal(advance.message.KeyVersionId, body.KeyVersionId)
        const keyVersionId = blob.subarray(0, 36).toString()
        const older = { CiphertextBlob: blob.subarray(48), Iv, Aad }
        const opened = await ask('Decrypt', older, { keyVersionId })
        assert.equal(Buffer.from(opened.message.Plaintext).toString(), TEXT)
        const wrong = await ask('Decrypt', { ...older, Aad: Buffer.from('x') }, { keyVersionId })
        assert.equal(wrong.error.ErrorCode, 'InvalidParameter')
      })
    }

    it('is still opened through both once the key has another version', async () => {
      const { ask, shared, KeyId } = await withKey(KeySpec)
      const ofShared = (await shared.call('Encrypt', { KeyId, Plaintext: TEXT })).body
      const ofInstance = (await ask('AdvanceEncrypt', { KeyId, Plaintext })).message
      const { vault, administrator } = shared.memory
      await vault.keys.rotate(administrator, { key: { vault: 'default', name: KeyId } })
      const blob = Buffer.from(ofShared.CiphertextBlob, 'base64')
      const CiphertextBlob = Buffer.concat([Buffer.from('240002', 'hex'), blob])
      const { message } = await ask('AdvanceDecrypt', { CiphertextBlob })
      assert.equal(Buffer.from(message.Plaintext).toString(), TEXT)
      const other = Buffer.from(ofInstance.CiphertextBlob).toString('base64')
      assert.equal((await shared.call('Decrypt', { CiphertextBlob: other })).body.Plaintext, TEXT)
    })
  })
}

it('octets that are no text come out of the shared gateway as base64, never changed', async () => {
  const { ask, shared, KeyId } = await withKey('Aliyun_AES_256')
  const octets = Buffer.from('ff00fe80', 'hex')
  const { message } = await ask('AdvanceEncrypt', { KeyId, Plaintext: octets })
  const CiphertextBlob = Buffer.from(message.CiphertextBlob).toString('base64')
  const { body } = await shared.call('Decrypt', { CiphertextBlob })
  assert.equal(body.Plaintext, octets.toString('base64'))
})

it('a signature of the one gateway is right at the other', async () => {
  for (const [KeySpec, Algorithm] of [
    ['RSA_2048', 'RSA_PKCS1_SHA_256'],
    ['EC_P256', 'ECDSA_SHA_256'],
    ['EC_SM2', 'SM2DSA'],
  ] as const) {
    const { ask, shared } = await instanceDoorUnderTest()
    const wanted = { KeySpec, KeyUsage: 'SIGN/VERIFY' }
    const { KeyId } = (await shared.call('CreateKey', wanted)).body.KeyMetadata
    const digest = { Message: DIGEST, MessageType: 'DIGEST' }
    const Digest = DIGEST.toString('base64')
    const { message } = await ask('Sign', { KeyId, Algorithm, ...digest })
    const Value = Buffer.from(message.Signature).toString('base64')
    const there = await shared.call('AsymmetricVerify', { KeyId, Algorithm, Digest, Value })
    assert.equal(there.body.Value, true)
    const { body } = await shared.call('AsymmetricSign', { KeyId, Algorithm, Digest })
    const Signature = Buffer.from(body.Value, 'base64')
    const here = await ask('Verify', { KeyId, Algorithm, ...digest, Signature })
    assert.equal(here.message.Value, true)
  }
})

it('the ciphertext of the published example is what the provider and the layout make', async () => {
  const provider = await SoftwareProvider.open()
  const k = Uint8Array.from({ length: 32 }, (_, at) => at)
  const iv = Uint8Array.from({ length: 12 }, (_, at) => 0xa0 + at)
  const handle: KeyHandle = {
    id: 'example',
    spec: { type: 'oct', bits: 256 },
    load: async () => new Secret(Uint8Array.from(k)),
  }
  const keyVersionId = '11111111-2222-4333-8444-555555555555'
  const context = alibaba.parseEncryptionContext('{"a":"1","b":"2"}')
  assert.ok(context !== undefined)
  const [digest, hex] = alibaba.contextDataCandidates(context)
  for (const [additionalData, expected, tag] of [
    [digest, '8e7d10412a', '2320a86696ec3eb8f806300ba1645366'],
    [hex, '8e7d10412a', 'bbdb070d3ecfab78e4b29e50458a84ca'],
  ] as const) {
    assert.ok(additionalData !== undefined)
    const input = { plaintext: Buffer.from('hello'), iv, additionalData }
    const made = await provider.encrypt(handle, 'A256GCM', input)
    assert.equal(Buffer.from(made.ciphertext).toString('hex'), expected)
    assert.equal(Buffer.from(made.tag ?? '').toString('hex'), tag)
    if (additionalData !== digest) continue
    const sealed = Buffer.concat([made.ciphertext, made.tag ?? new Uint8Array()])
    const blob = alibaba.buildCiphertext({ keyVersionId, iv, sealed })
    assert.equal(
      Buffer.from(blob).toString('base64'),
      'MTExMTExMTEtMjIyMi00MzMzLTg0NDQtNTU1NTU1NTU1NTU1oKGio6Slpqeoqaqrjn0QQSojIKhmluw+uPgGMAuhZFNm',
    )
    const use = { mode: 'GCM', padding: 'none' } as const
    const advance = alibaba.buildAdvanceCiphertext({ ...use, keyVersionId, iv, sealed })
    assert.deepEqual(Buffer.from(advance), Buffer.concat([Buffer.from('240002', 'hex'), blob]))
  }
  provider.close()
})
