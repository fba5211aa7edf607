import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeQuery, rawRequest, readRequest } from './request-under-test.ts'
import { signAcs3 } from './acs3-signature.ts'
import { signatureMismatch } from './signature-mismatch.ts'

const PLAIN = 'Specified signature is not matched with our calculation.'

const RPC = {
  AccessKeyId: 'testid',
  Action: 'DescribeKey',
  KeyId: 'k',
  Signature: 'wrong',
  SignatureMethod: 'HMAC-SHA1',
  SignatureVersion: '1.0',
  Timestamp: '2024-01-02T03:04:05Z',
  Version: '2016-01-20',
}

function messageOf(members: Readonly<Record<string, string>>): string {
  const query = encodeQuery(Object.entries({ ...RPC, ...members }))
  return signatureMismatch(readRequest(rawRequest({ query }))).message
}

test('the message ends in the string to sign, as the Go SDK cuts it off', () => {
  assert.equal(
    messageOf({}),
    `${PLAIN} server string to sign is:POST&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeKey%26` +
      'KeyId%3Dk%26SignatureMethod%3DHMAC-SHA1%26SignatureVersion%3D1.0%26' +
      'Timestamp%3D2024-01-02T03%253A04%253A05Z%26Version%3D2016-01-20',
  )
})

test('a confidential value is not in the message', () => {
  for (const name of ['Plaintext', 'SecretData', 'Password', 'SecurityToken', 'Message']) {
    assert.equal(messageOf({ [name]: 'canary' }), PLAIN, name)
  }
})

test('in ACS3 the string to sign is a digest, and always shown', () => {
  const raw = rawRequest({
    query: 'SecretData=canary',
    headers: {
      host: 'localhost',
      'x-acs-action': 'CreateSecret',
      'x-acs-version': '2016-01-20',
      'x-acs-date': '2024-01-02T03:04:05Z',
      'x-acs-signature-nonce': 'n',
    },
  })
  const headers = { ...raw.headers, ...signAcs3(raw, 'testid', Buffer.from('wrong')) }
  const { message } = signatureMismatch(readRequest({ ...raw, headers }))
  assert.match(message, /server string to sign is:ACS3-HMAC-SHA256\n[0-9a-f]{64}$/)
})
