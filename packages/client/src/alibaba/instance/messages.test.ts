import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { UnexpectedAnswerError } from '../../core/index.ts'
import { decodeMessage } from './decode-message.ts'
import { encodeMessage } from './encode-message.ts'
import { signRequest, stringToSign } from './sign-request.ts'

const utf8 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text))
const hex = (octets: Uint8Array): string => Buffer.from(octets).toString('hex')

describe('a message of an instance', () => {
  it("is written as the vendor's clients write it", () => {
    const message = { KeyId: 'alias/demo', Plaintext: utf8('hello') }
    const body = encodeMessage('EncryptRequest', message)
    assert.equal(hex(body), '0a0a616c6961732f64656d6f120568656c6c6f')
  })

  it('leaves out what is empty, zero or false', () => {
    const message = { KeyId: '', NumberOfBytes: 0, Aad: new Uint8Array() }
    assert.equal(encodeMessage('GenerateDataKeyRequest', message).length, 0)
    const secret = { SecretName: 's', FetchExtendedConfig: true }
    assert.equal(hex(encodeMessage('GetSecretValueRequest', secret)), '0a01732001')
  })

  it('has numbers and lengths of several octets', () => {
    const body = encodeMessage('GenerateDataKeyRequest', { KeyId: 'k', NumberOfBytes: 1024 })
    assert.equal(hex(body), '0a016b188008')
    const long = encodeMessage('GetPublicKeyRequest', { KeyId: 'k'.repeat(300) })
    assert.equal(hex(long.subarray(0, 3)), '0aac02')
    assert.equal(decodeMessage('GetPublicKeyRequest', long).KeyId.length, 300)
  })

  it('is read with its lists, past what is unknown', () => {
    // SecretName, VersionStages twice, an unknown varint, an unknown 64-bit, an unknown text.
    const body = Buffer.from('0a01732a01612a0162a80601a106' + '00'.repeat(8) + 'aa060178', 'hex')
    const { SecretName, VersionStages, SecretData } = decodeMessage('GetSecretValueResponse', body)
    assert.deepEqual([SecretName, VersionStages, SecretData], ['s', ['a', 'b'], ''])
  })

  it('reads yes and no', () => {
    assert.equal(decodeMessage('VerifyResponse', Buffer.from('1001', 'hex')).Value, true)
    assert.equal(decodeMessage('VerifyResponse', new Uint8Array()).Value, false)
  })

  const others = ['0a', '0aff', '0a05616263', '08', '0b', 'ff'.repeat(12), '0801', '120161']
  for (const octets of others) {
    it(`is none in the octets ${octets}`, () => {
      const read = (): unknown => decodeMessage('VerifyResponse', Buffer.from(octets, 'hex'))
      assert.throws(read, UnexpectedAnswerError)
    })
  }
})

describe('a request to an instance', () => {
  const body = Uint8Array.from(Buffer.from('0a0a616c6961732f64656d6f120568656c6c6f', 'hex'))
  const date = new Date('2024-01-02T03:04:05Z')

  it("is signed over the text that the vendor's clients sign", async () => {
    const texts: string[] = []
    const clientKey = {
      keyId: 'KAAP.test',
      sign: (text: string): Promise<string> => Promise.resolve(`signed ${texts.push(text)}`),
    }
    const headers = await signRequest(clientKey, { operation: 'Encrypt', body, date })
    assert.equal(
      headers['content-sha256'],
      'E76BC058523C448E5DA3711BD776E8D201471CE60EED7463D28EA1ECC892DDC0',
    )
    assert.equal(headers['authorization'], 'Bearer signed 1')
    const [text = ''] = texts
    const digest = createHash('sha256').update(text).digest('hex')
    assert.equal(digest, '0b2c9b455577bc789dcdbb073802c188c5b3e66c65284eaa1e88093ac8e2d015')
  })

  it('names the version of the key under the signature, where it is told', async () => {
    const clientKey = { keyId: 'KAAP.test', sign: (): Promise<string> => Promise.resolve('s') }
    const toSign = { operation: 'Decrypt', body, date, keyVersionId: 'v1' } as const
    const text = stringToSign(await signRequest(clientKey, toSign))
    assert.match(text, /\nx-kms-apiversion:dkms-gcs-0\.2\nx-kms-migrationkeyversionid:v1\nx-kms-s/)
  })
})
