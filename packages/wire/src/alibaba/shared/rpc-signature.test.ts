import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { encodeQuery, FORM, rawRequest, readRequest, SECRET } from './request-under-test.ts'
import { signRpc, signRpcWithClientKey } from './rpc-signature.ts'
import { rpcStringToSign } from './rpc-string-to-sign.ts'
import { stringsToSign, verifySignature } from './verify-signature.ts'

const SAMPLE = {
  AccessKeyId: 'testid',
  Action: 'CreateKey',
  Format: 'json',
  SignatureMethod: 'HMAC-SHA1',
  SignatureVersion: '1.0',
  Timestamp: '2016-03-28T03:13:08Z',
  Version: '2016-01-20',
}

const COMMON = {
  Action: 'Encrypt',
  Format: 'json',
  Version: '2016-01-20',
  Timestamp: '2024-01-02T03:04:05Z',
  SignatureNonce: '0123456789abcdef',
  SignatureMethod: 'HMAC-SHA1',
  SignatureVersion: '1.0',
  AccessKeyId: 'testid',
}
const OWN = { KeyId: 'alias/demo key', Plaintext: 'aGVsbG8gd29ybGQ=' }

const ENCRYPT_TEXT =
  'POST&%2F&AccessKeyId%3Dtestid%26Action%3DEncrypt%26Format%3Djson%26KeyId%3Dalias%252Fdemo' +
  '%2520key%26Plaintext%3DaGVsbG8gd29ybGQ%253D%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce' +
  '%3D0123456789abcdef%26SignatureVersion%3D1.0%26Timestamp%3D2024-01-02T03%253A04%253A05Z%26' +
  'Version%3D2016-01-20'
const ENCRYPT_SHA1 = '/6XK5AFG3iiDWxSKRCmZ8PD7ZAc='

const credential = { kind: 'secret', secret: SECRET } as const

function query(...members: Readonly<Record<string, string>>[]): string {
  return encodeQuery(members.flatMap((some) => Object.entries(some)))
}

test('the published sample of KMS has its published signature', () => {
  const text = rpcStringToSign('GET', Object.entries(SAMPLE))
  assert.equal(signRpc(text, 'HMAC-SHA1', SECRET), '41wk2SSX1GJh7fwnc5eqOfiJPFg=')
  const signed = query(SAMPLE, { Signature: '41wk2SSX1GJh7fwnc5eqOfiJPFg=' })
  const request = readRequest(rawRequest({ method: 'GET', query: signed }))
  assert.ok(verifySignature(request, credential))
  assert.equal(request.nonce, undefined)
})

test('the sample with POST has its string and both its signatures', () => {
  const text = rpcStringToSign('POST', Object.entries({ ...COMMON, ...OWN }))
  assert.equal(text, ENCRYPT_TEXT)
  assert.equal(signRpc(text, 'HMAC-SHA1', SECRET), ENCRYPT_SHA1)
  assert.equal(
    signRpc(text, 'HMAC-SHA256', SECRET),
    '7zzcsaxWVP3hu7z1Lw4hcijjAvztE9P7auhvibHQD1c=',
  )
})

test('it is the same signature wherever the parameters travel', () => {
  const Signature = ENCRYPT_SHA1
  const form = (...members: Readonly<Record<string, string>>[]): Uint8Array =>
    Buffer.from(query(...members))
  const requests = [
    rawRequest({ query: query(COMMON, OWN, { Signature }) }),
    rawRequest({ query: query(COMMON, { Signature }), headers: FORM, body: form(OWN) }),
    rawRequest({ query: query({ Signature }), headers: FORM, body: form(OWN, COMMON) }),
    rawRequest({ headers: FORM, body: form({ Signature }, OWN, COMMON) }),
  ]
  for (const raw of requests) {
    const request = readRequest(raw)
    assert.deepEqual(stringsToSign(request), [ENCRYPT_TEXT])
    assert.ok(verifySignature(request, credential))
  }
})

test('an empty SignatureType takes part in the string', () => {
  const members = { ...COMMON, ...OWN, SignatureType: '' }
  const text = rpcStringToSign('POST', Object.entries(members))
  assert.match(text, /%26SignatureType%3D%26SignatureVersion/)
  const Signature = signRpc(text, 'HMAC-SHA1', SECRET)
  const request = readRequest(rawRequest({ query: query(members, { Signature }) }))
  assert.ok(verifySignature(request, credential))
})

test('HMAC-SHA256 verifies when the request names it', () => {
  const members = { ...COMMON, ...OWN, SignatureMethod: 'HMAC-SHA256' }
  const Signature = signRpc(rpcStringToSign('POST', Object.entries(members)), 'HMAC-SHA256', SECRET)
  const request = readRequest(rawRequest({ query: query(members, { Signature }) }))
  assert.ok(verifySignature(request, credential))
})

test('another secret, method, parameter, algorithm or broken signature does not verify', () => {
  const Signature = ENCRYPT_SHA1
  const verify = (members: object, method = 'POST', secret = SECRET): boolean => {
    const sent = query({ ...COMMON, ...OWN, Signature, ...members })
    const request = readRequest(rawRequest({ method, query: sent }))
    return verifySignature(request, { kind: 'secret', secret })
  }
  assert.ok(verify({}))
  assert.ok(!verify({}, 'GET'))
  assert.ok(!verify({}, 'POST', Buffer.from('testsecre')))
  assert.ok(!verify({}, 'POST', Buffer.alloc(0)))
  const changes = [
    { Plaintext: 'aGVsbG8gd29ybGR=' },
    { Extra: '' },
    { SignatureMethod: 'HMAC-SHA256' },
    { Signature: ENCRYPT_SHA1.slice(1) },
    { Signature: ENCRYPT_SHA1.toLowerCase() },
    { Signature: 'é' },
    { Signature: '=' },
    { SignatureMethod: 'SHA256withRSA', SignatureType: 'PRIVATEKEY' },
  ]
  for (const change of changes) assert.ok(!verify(change), JSON.stringify(change))
})

test('a client key signs with RSA, and verifies with no secret', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const members = {
    ...COMMON,
    Action: 'GetSecretValue',
    SecretName: 'db',
    AccessKeyId: 'KAAP.0b1d',
    SignatureMethod: 'SHA256withRSA',
    SignatureType: 'PRIVATEKEY',
  }
  const text = rpcStringToSign('POST', Object.entries(members))
  const Signature = signRpcWithClientKey(text, privateKey)
  assert.equal(Signature, sign('sha256', Buffer.from(text), privateKey).toString('base64'))
  const request = readRequest(rawRequest({ query: query(members, { Signature }) }))
  assert.ok(verifySignature(request, { kind: 'clientKey', publicKey }))
  assert.ok(!verifySignature(request, credential))
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey
  assert.ok(!verifySignature(request, { kind: 'clientKey', publicKey: other }))
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
  assert.ok(!verifySignature(request, { kind: 'clientKey', publicKey: curve }))
  const changed = { ...members, SecretName: 'other', Signature }
  const forged = readRequest(rawRequest({ query: query(changed) }))
  assert.ok(!verifySignature(forged, { kind: 'clientKey', publicKey }))
  const bySecret = readRequest(rawRequest({ query: query(COMMON, { Signature }) }))
  assert.ok(!verifySignature(bySecret, { kind: 'clientKey', publicKey }))
})

test('a client written by other means, with any parameters, is understood', () => {
  const text = fc.string({ unit: 'binary' })
  const members = fc.array(fc.tuple(text, text), { maxLength: 12 })
  fc.assert(
    fc.property(members, fc.boolean(), (own, inForm) => {
      const all = new Map([...own, ...Object.entries(COMMON)])
      for (const name of ['Signature', 'SignatureType', 'SecurityToken']) all.delete(name)
      const signature = sha1OfCanonical([...all])
      const sent = encodeQuery(all)
      const raw = inForm
        ? rawRequest({
            query: encodeQuery([['Signature', signature]]),
            headers: FORM,
            body: Buffer.from(sent),
          })
        : rawRequest({ query: `${sent}&${encodeQuery([['Signature', signature]])}` })
      assert.ok(verifySignature(readRequest(raw), credential))
    }),
  )
})

/** The scheme once more, octet by octet. */
function sha1OfCanonical(pairs: readonly (readonly [string, string])[]): string {
  const sorted = [...pairs].sort(([one], [other]) => (one > other ? 1 : -1))
  const canonical = sorted.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
  const text = ['POST', encode('/'), encode(canonical)].join('&')
  return createHmac('sha1', 'testsecret&').update(text).digest('base64')
}

function encode(text: string): string {
  return [...Buffer.from(text)]
    .map((octet) => {
      const mark = String.fromCharCode(octet)
      if (/[A-Za-z0-9_.~-]/.test(mark)) return mark
      return `%${octet.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}
