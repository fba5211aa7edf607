import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { MalformedClientKeyFile, readClientKeyFile, writeClientKeyFile } from './client-key-file.ts'

describe('a client key file', () => {
  it('has the two members that the clients look for', () => {
    const text = writeClientKeyFile({ keyId: 'KAAP.test', pkcs12: Uint8Array.of(0x30, 0x82, 0xff) })
    assert.equal(text, '{"KeyId":"KAAP.test","PrivateKeyData":"MIL/"}')
  })

  it('is read as it was written', () => {
    const anyOctets = fc.uint8Array({ minLength: 1 })
    const property = fc.property(fc.string({ minLength: 1 }), anyOctets, (keyId, pkcs12) => {
      assert.deepEqual(readClientKeyFile(writeClientKeyFile({ keyId, pkcs12 })), { keyId, pkcs12 })
    })
    fc.assert(property)
  })

  it('may have been edited by hand: blanks, line breaks and more members', () => {
    const text = '{ "Note": 1, "PrivateKeyData": "MI\\nL/ ",\n "KeyId": "KAAP.test" }\n'
    assert.deepEqual(readClientKeyFile(text).pkcs12, Uint8Array.of(0x30, 0x82, 0xff))
  })

  it('is refused when it is none, without a word of its content', () => {
    const texts = [
      '',
      'canary',
      '"canary"',
      'null',
      '[]',
      '{}',
      '{"KeyId":"canary"}',
      '{"KeyId":"","PrivateKeyData":"MIL/"}',
      '{"KeyId":1,"PrivateKeyData":"MIL/"}',
      '{"KeyId":"canary","PrivateKeyData":""}',
      '{"KeyId":"canary","PrivateKeyData":{}}',
      '{"KeyId":"canary","PrivateKeyData":"?canary"}',
      `{"KeyId":"canary","PrivateKeyData":"${'A'.repeat(70_000)}"}`,
    ]
    for (const text of texts) {
      assert.throws(() => readClientKeyFile(text), (thrown: unknown) => {
        assert.ok(thrown instanceof MalformedClientKeyFile, text)
        return !thrown.message.includes('canary')
      })
    }
  })
})
