import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encodeMessage } from './encode-message.ts'
import type { Message } from './message.ts'
import { isOperation, OPERATIONS, type Operation } from './operations.ts'
import { readOperationRequest } from './read-operation-request.ts'
import { Refusal } from './refusal.ts'

const octets = Uint8Array.of(1)

/** A request of each operation with what it must have and no more. */
const smallest: { readonly [Name in Operation]: object } = {
  Encrypt: { KeyId: 'k', Plaintext: octets },
  Decrypt: { KeyId: 'k', CiphertextBlob: octets },
  AdvanceEncrypt: { KeyId: 'k', Plaintext: octets },
  AdvanceDecrypt: { CiphertextBlob: octets },
  GenerateDataKey: { KeyId: 'k' },
  AdvanceGenerateDataKey: { KeyId: 'k' },
  GenerateDataKeyPair: { KeyId: 'k', KeyPairSpec: 'RSA_2048' },
  GenerateDataKeyPairWithoutPlaintext: { KeyId: 'k', KeyPairSpec: 'RSA_2048' },
  AdvanceGenerateDataKeyPair: { KeyId: 'k', KeyPairSpec: 'RSA_2048' },
  AdvanceGenerateDataKeyPairWithoutPlaintext: { KeyId: 'k', KeyPairSpec: 'RSA_2048' },
  Sign: { KeyId: 'k', Message: octets },
  Verify: { KeyId: 'k', Message: octets, Signature: octets },
  GetPublicKey: { KeyId: 'k' },
  GenerateRandom: { Length: 16 },
  GetSecretValue: { SecretName: 's' },
}

const operations = Object.keys(smallest).filter(isOperation)

function read(operation: Operation, message: object, keyVersionId?: string): object {
  const body = encodeMessage(OPERATIONS[operation].request, message)
  return readOperationRequest(operation, body, keyVersionId)
}

function isMissing(parameter: string): (thrown: unknown) => boolean {
  const message = `Parameter ${parameter} does not exist in http header or body.`
  return (thrown) => thrown instanceof Refusal && thrown.message === message
}

describe('the request of an operation', () => {
  for (const operation of operations) {
    it(`must have what ${operation} needs`, () => {
      const message = smallest[operation]
      const found = read(operation, message)
      assert.deepEqual({ ...found, ...message }, { ...found })
      for (const name of Object.keys(message)) {
        const without = Object.fromEntries(Object.entries(message).filter(([one]) => one !== name))
        assert.throws(() => read(operation, without), isMissing(name))
      }
    })
  }

  it('is named as the message of the operation is', () => {
    assert.deepEqual(Object.keys(OPERATIONS), operations)
    for (const operation of operations) {
      assert.equal(OPERATIONS[operation].request, `${operation}Request`)
      assert.equal(OPERATIONS[operation].response, `${operation}Response`)
    }
  })

  it('names the first of several fields that are missing', () => {
    assert.throws(() => read('Verify', {}), isMissing('KeyId'))
    assert.throws(() => read('Verify', { KeyId: 'k' }), isMissing('Message'))
  })

  it('may have the digest of an older client in place of the message', () => {
    read('Sign', { KeyId: 'k', Digest: octets })
    read('Verify', { KeyId: 'k', Digest: octets, Signature: octets })
  })

  it('may leave out the key where a header names its version', () => {
    const message = { CiphertextBlob: octets }
    read('Decrypt', message, '11111111-2222-4333-8444-555555555555')
    assert.throws(() => read('Decrypt', message, ''), isMissing('KeyId'))
    assert.throws(() => read('Encrypt', { Plaintext: octets }, 'v'), isMissing('KeyId'))
  })

  it('has the type of its operation', () => {
    const body = encodeMessage('EncryptRequest', { KeyId: 'k', Plaintext: octets })
    const request: Message<'EncryptRequest'> = readOperationRequest('Encrypt', body)
    assert.equal(request.KeyId, 'k')
  })

  it('is refused as an invalid parameter when it is no message', () => {
    const refusal = (thrown: unknown): boolean =>
      thrown instanceof Refusal && thrown.code === 'InvalidParameter' && thrown.status === 400
    assert.throws(() => readOperationRequest('Encrypt', Uint8Array.of(0x0a, 0xff)), refusal)
  })
})

describe('the name of an operation', () => {
  it('counts letter by letter, and nothing that every object has is one', () => {
    const names = ['encrypt', ' Encrypt', '', 'constructor', 'toString', '__proto__', 'Hmac']
    for (const name of names) {
      assert.equal(isOperation(name), false, name)
    }
  })
})
