import assert from 'node:assert/strict'
import { constants, createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import { test } from 'node:test'
import { sm2Digest, type Sm2PublicKey } from '@claviger/vault'
import { instanceDoorUnderTest } from '../door-under-test.ts'

const MESSAGE = Buffer.from('an order of 12 apples')
const HEADER = 'x-kms-migrationkeyversionid'

const sha256 = (message: Uint8Array): Buffer => createHash('sha256').update(message).digest()

/** The numbers at the end of a SubjectPublicKeyInfo. */
function sm2PublicKey(key: KeyObject): Sm2PublicKey {
  const der = key.export({ type: 'spki', format: 'der' })
  const [x, y] = [der.subarray(-64, -32), der.subarray(-32)]
  return { kty: 'EC', crv: 'SM2', x: x.toString('base64url'), y: y.toString('base64url') }
}

function isRight(algorithm: string, key: KeyObject, signature: Uint8Array): boolean {
  switch (algorithm) {
    case 'RSA_PSS_SHA_256': {
      const { RSA_PKCS1_PSS_PADDING: padding } = constants
      return verify('sha256', MESSAGE, { key, padding, saltLength: 32 }, signature)
    }
    case 'SM2DSA':
      // As OpenSSL verifies by SM2 it hashes, but without the standard's id; so not here.
      return true
    default:
      return verify('sha256', MESSAGE, key, signature)
  }
}

for (const [KeySpec, standard, others] of [
  ['RSA_2048', 'RSA_PSS_SHA_256', ['RSA_PKCS1_SHA_256']],
  ['EC_P256', 'ECDSA_SHA_256', []],
  ['EC_P256K', 'ECDSA_SHA_256', []],
  ['EC_SM2', 'SM2DSA', []],
] as const) {
  test(`a key ${KeySpec} signs messages and digests alike, in the form that others read`, async () => {
    const { ask, shared } = await instanceDoorUnderTest()
    const made = await shared.call('CreateKey', { KeySpec, KeyUsage: 'SIGN/VERIFY' })
    const { KeyId } = made.body.KeyMetadata
    const published = await ask('GetPublicKey', { KeyId })
    const { PublicKey } = published.message
    assert.match(PublicKey, /^-----BEGIN PUBLIC KEY-----\n[\s\S]*\n-----END PUBLIC KEY-----\n$/)
    const key = createPublicKey(PublicKey)
    const digest = KeySpec === 'EC_SM2' ? sm2Digest(sm2PublicKey(key), MESSAGE) : sha256(MESSAGE)
    for (const Algorithm of ['', standard, ...others]) {
      const signed = await ask('Sign', { KeyId, Message: MESSAGE, Algorithm })
      const { Signature, MessageType } = signed.message
      const used = Algorithm || standard
      assert.deepEqual([signed.message.Algorithm, MessageType], [used, 'RAW'])
      assert.equal(signed.headers[HEADER], published.headers[HEADER])
      assert.ok(isRight(used, key, Signature))
      const asDigest = { KeyId, Algorithm, Message: digest, MessageType: 'DIGEST' }
      const other = await ask('Sign', asDigest)
      assert.equal(other.message.MessageType, 'DIGEST')
      // Older clients have a field of its own for it.
      const older = await ask('Sign', { KeyId, Algorithm, Digest: digest })
      for (const signature of [Signature, other.message.Signature, older.message.Signature]) {
        for (const what of [{ Message: MESSAGE }, { ...asDigest }, { Digest: digest }]) {
          const { message } = await ask('Verify', { KeyId, Algorithm, ...what, Signature: signature })
          assert.equal(message.Value, true)
        }
      }
      const wrong = { KeyId, Algorithm, Message: Buffer.from('an order of 13'), Signature }
      const { status, message } = await ask('Verify', wrong)
      assert.deepEqual([status, message.Value], [200, false])
    }
  })
}

test('a signature that is none, or in another form, is wrong', async () => {
  const { ask, shared } = await instanceDoorUnderTest()
  const { KeyId } = (await shared.call('CreateKey', { KeySpec: 'EC_P256' })).body.KeyMetadata
  const { Signature } = (await ask('Sign', { KeyId, Message: MESSAGE })).message
  const joined = Buffer.alloc(64, 1)
  const tail = Buffer.concat([Signature, Uint8Array.of(0)])
  for (const one of [joined, tail, Signature.subarray(0, -1), Buffer.from('x'), Buffer.alloc(5000)]) {
    const { status, message } = await ask('Verify', { KeyId, Message: MESSAGE, Signature: one })
    assert.deepEqual([status, message.Value], [200, false])
  }
})

test('what cannot be signed so is refused', async () => {
  const { ask, shared } = await instanceDoorUnderTest()
  const { KeyId } = (await shared.call('CreateKey', { KeySpec: 'EC_P256' })).body.KeyMetadata
  const symmetric = (await shared.call('CreateKey')).body.KeyMetadata.KeyId
  for (const [more, code] of [
    [{ MessageType: 'DIGEST' }, 'InvalidParameter'],
    [{ MessageType: 'raw' }, 'InvalidParameter'],
    [{ Algorithm: 'SM2DSA' }, 'UnsupportedOperation'],
    [{ Algorithm: 'toString' }, 'UnsupportedOperation'],
    [{ KeyId: symmetric }, 'UnsupportedOperation'],
    [{ Message: new Uint8Array() }, 'MissingParameter'],
  ] as const) {
    const { error } = await ask('Sign', { KeyId, Message: MESSAGE, ...more })
    assert.equal(error.ErrorCode, code, JSON.stringify(more))
  }
  const { error } = await ask('GetPublicKey', { KeyId: symmetric })
  assert.equal(error.ErrorCode, 'UnsupportedOperation')
})

test('the newest version signs unless the header names another', async () => {
  const { ask, shared } = await instanceDoorUnderTest()
  const { KeyId } = (await shared.call('CreateKey', { KeySpec: 'EC_P256' })).body.KeyMetadata
  const before = await ask('Sign', { KeyId, Message: MESSAGE })
  const keyVersionId = before.headers[HEADER] ?? ''
  const { vault, administrator } = shared.memory
  await vault.keys.rotate(administrator, { key: { vault: 'default', name: KeyId } })
  const after = await ask('GetPublicKey', { KeyId })
  assert.notEqual(after.headers[HEADER], keyVersionId)
  const question = { KeyId, Message: MESSAGE, Signature: before.message.Signature }
  assert.equal((await ask('Verify', question)).message.Value, false)
  assert.equal((await ask('Verify', question, { keyVersionId })).message.Value, true)
})
