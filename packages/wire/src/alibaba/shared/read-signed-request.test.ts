import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ErrorCode } from './errors.ts'
import { KmsRefusal } from './kms-refusal.ts'
import { encodeQuery, rawRequest, readRequest } from './request-under-test.ts'
import { verifySignature } from './verify-signature.ts'

const RPC = {
  Action: 'DescribeKey',
  Version: '2016-01-20',
  AccessKeyId: 'testid',
  SignatureMethod: 'HMAC-SHA1',
  SignatureVersion: '1.0',
  Timestamp: '2024-01-02T03:04:05Z',
  SignatureNonce: 'n',
  Signature: 'c2ln',
}

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const ACS3 = {
  host: 'localhost:8443',
  'x-acs-action': 'DescribeKey',
  'x-acs-version': '2016-01-20',
  'x-acs-date': '2024-01-02T03:04:05Z',
  'x-acs-signature-nonce': 'n',
  'x-acs-content-sha256': EMPTY,
  authorization:
    'ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;' +
    'x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=00',
}

function refused(code: ErrorCode, hint = /(?:)/): (thrown: unknown) => boolean {
  return (thrown) =>
    thrown instanceof KmsRefusal && thrown.code === code && hint.test(thrown.recommend)
}

const rpc = (change: Readonly<Record<string, string>>): unknown =>
  readRequest(rawRequest({ query: encodeQuery(Object.entries({ ...RPC, ...change })) }))

const acs3 = (change: Readonly<Record<string, string | undefined>>): unknown =>
  readRequest(rawRequest({ headers: { ...ACS3, ...change } }))

test('the nonce of ACS3 is what is signed: without the blanks around it, of any kind', () => {
  for (const nonce of ['n', ' n', 'n\u00a0', '\u00a0n']) {
    const request = readRequest(
      rawRequest({ headers: { ...ACS3, 'x-acs-signature-nonce': nonce } }),
    )
    assert.equal(request.nonce, 'n')
  }
  assert.throws(() => acs3({ 'x-acs-signature-nonce': '\u00a0' }), refused('MissingSignatureNonce'))
})

test('both generations say the same of a request', () => {
  const raw = rawRequest({ query: encodeQuery(Object.entries({ ...RPC, SecurityToken: 'token' })) })
  const { parameters, raw: _, ...facts } = readRequest(raw)
  const common = {
    action: 'DescribeKey',
    version: '2016-01-20',
    format: 'json',
    accessKeyId: 'testid',
    timestamp: Date.UTC(2024, 0, 2, 3, 4, 5) / 1000,
    nonce: 'n',
  }
  assert.deepEqual(facts, {
    ...common,
    scheme: 'rpc',
    securityToken: 'token',
    signature: 'c2ln',
    signatureMethod: 'HMAC-SHA1',
  })
  assert.equal(parameters.get('SecurityToken'), 'token')
  const { parameters: none, raw: __, ...others } = readRequest(rawRequest({ headers: ACS3 }))
  assert.deepEqual(others, {
    ...common,
    scheme: 'acs3',
    securityToken: undefined,
    signature: '00',
    algorithm: 'ACS3-HMAC-SHA256',
    signedHeaders: Object.keys(ACS3).filter((name) => name !== 'authorization').toSorted(),
    bodyDigest: EMPTY,
  })
  assert.deepEqual([...none.entries()], [])
})

test('what is missing is named in the code', () => {
  assert.throws(() => readRequest(rawRequest()), refused('MissingAction', /parameter Action/))
  const mandatory = [
    ['Action', 'MissingAction'],
    ['Version', 'MissingVersion'],
    ['AccessKeyId', 'MissingAccessKeyId'],
    ['Timestamp', 'MissingTimestamp'],
    ['SignatureMethod', 'MissingSignatureMethod'],
    ['SignatureVersion', 'MissingSignatureVersion'],
    ['Signature', 'MissingSignature'],
  ] as const
  for (const [name, code] of mandatory) assert.throws(() => rpc({ [name]: '' }), refused(code))
  const headers = [
    ['x-acs-action', 'MissingAction'],
    ['x-acs-version', 'MissingVersion'],
    ['x-acs-date', 'MissingTimestamp'],
    ['x-acs-signature-nonce', 'MissingSignatureNonce'],
    ['x-acs-content-sha256', 'IncompleteSignature'],
  ] as const
  for (const [name, code] of headers) {
    assert.throws(() => acs3({ [name]: undefined }), refused(code, new RegExp(name)))
  }
})

test('a time in another form is refused', () => {
  const bad = [
    '2024-01-02 03:04:05',
    '2024-01-02T03:04:05.000Z',
    '2024-01-02T03:04:05+00:00',
    '2024-02-31T00:00:00Z',
    '2024-01-02T24:00:00Z',
    '1704164645',
    'Tue, 02 Jan 2024 03:04:05 GMT',
  ]
  for (const text of bad) {
    assert.throws(() => rpc({ Timestamp: text }), refused('InvalidTimeStamp.Format', /Timestamp/))
    const header = { 'x-acs-date': text }
    assert.throws(() => acs3(header), refused('InvalidTimeStamp.Format', /x-acs-date/))
  }
})

test('signature schemes that do not exist here are refused', () => {
  const bad = [
    { SignatureMethod: 'HMAC-MD5' },
    { SignatureMethod: 'constructor' },
    { SignatureVersion: '2.0' },
    { SignatureType: 'BEARERTOKEN', BearerToken: 'b' },
    { SignatureType: 'PRIVATEKEY' },
    { SignatureMethod: 'SHA256withRSA' },
  ]
  for (const change of bad) assert.throws(() => rpc(change), refused('IncompleteSignature', /./))
})

test('a malformed Authorization is refused', () => {
  const { authorization } = ACS3
  const bad = [
    authorization.replace('SHA256', 'MD5'),
    authorization.replace('ACS3', 'ACS4'),
    'ACS3-HMAC-SHA256',
    'ACS3-HMAC-SHA256 x',
    authorization.replace('Credential=testid', 'Credential='),
    authorization.replace('Signature=00', 'Signature='),
    authorization.replace(/SignedHeaders=[^,]*/, 'SignedHeaders='),
    authorization.replace('host;', 'host;HOST;'),
  ]
  for (const text of bad) {
    assert.throws(() => acs3({ authorization: text }), refused('IncompleteSignature', /./), text)
  }
  // Of another scheme, which no client of this service sends: an RPC request, then.
  assert.throws(() => acs3({ authorization: 'Basic eA==' }), refused('MissingAction'))
})

test('whatever the server goes by must be signed', () => {
  const { authorization } = ACS3
  const without = (name: string): string =>
    authorization.replace(new RegExp(`${name};|;${name}\\b`), '')
  for (const name of Object.keys(ACS3).filter((name) => name !== 'authorization')) {
    const header = { authorization: without(name) }
    assert.notEqual(header.authorization, authorization)
    assert.throws(() => acs3(header), refused('IncompleteSignature', new RegExp(name)))
  }
  for (const name of ['x-acs-security-token', 'x-acs-accesskey-id']) {
    const header = { [name]: 'testid' }
    assert.throws(() => acs3(header), refused('IncompleteSignature', new RegExp(name)))
  }
})

test('a session must be that of the access key', () => {
  const authorization = ACS3.authorization.replace('host;', 'host;x-acs-accesskey-id;')
  assert.doesNotThrow(() => acs3({ authorization, 'x-acs-accesskey-id': 'testid' }))
  assert.throws(
    () => acs3({ authorization, 'x-acs-accesskey-id': 'other' }),
    refused('IncompleteSignature', /Credential/),
  )
})

test('a digest that is not that of the body is refused', () => {
  assert.throws(
    () => acs3({ 'x-acs-content-sha256': EMPTY.replace('e3', '00') }),
    refused('SignatureDoesNotMatch', /x-acs-content-sha256/),
  )
})

test('what is looked up is never long', () => {
  const long = 'x'.repeat(10_000)
  assert.throws(() => rpc({ AccessKeyId: long }), refused('InvalidAccessKeyId.NotFound'))
  assert.throws(() => rpc({ SignatureNonce: long }), refused('InvalidParameter', /SignatureNonce/))
  assert.throws(() => rpc({ SecurityToken: long }), refused('InvalidSecurityToken.Malformed'))
})

test('headers that objects inherit may be claimed as signed, and nothing breaks', () => {
  const authorization = ACS3.authorization.replace('host;', 'constructor;__proto__;host;')
  const request = readRequest(rawRequest({ headers: { ...ACS3, authorization } }))
  assert.equal(verifySignature(request, { kind: 'secret', secret: Buffer.from('s') }), false)
})

test('whatever stands in the header, the answer is a refusal or false', () => {
  const parts = ['Credential=', 'SignedHeaders=', 'Signature=', ',', ';', ' ', 'host', 'ab']
  const part = fc.oneof(fc.constantFrom(...parts), fc.string({ unit: 'binary' }))
  const text = fc.array(part).map((all) => all.join(''))
  fc.assert(
    fc.property(text, (text) => {
      try {
        const headers = { ...ACS3, authorization: `ACS3-HMAC-SHA256 ${text}` }
        const request = readRequest(rawRequest({ headers }))
        assert.ok(!verifySignature(request, { kind: 'secret', secret: Buffer.from('s') }))
      } catch (thrown) {
        assert.ok(thrown instanceof KmsRefusal)
      }
    }),
  )
})
