import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { signAcs3 } from './acs3-signature.ts'
import { KmsRefusal } from './kms-refusal.ts'
import { percentEncode } from './percent-encoding.ts'
import type { RawRequest } from './raw-request.ts'
import { FORM, rawRequest, readRequest, SECRET } from './request-under-test.ts'
import { stringsToSign, verifySignature } from './verify-signature.ts'

const HEADERS = {
  host: 'kms.cn-hangzhou.aliyuncs.com',
  'x-acs-action': 'Encrypt',
  'x-acs-version': '2016-01-20',
  'x-acs-date': '2024-01-02T03:04:05Z',
  'x-acs-signature-nonce': '0123456789abcdef',
}
const QUERY =
  'EncryptionContext=%7B%22a%22%3A%221%2A~%22%7D&KeyId=alias%2Fdemo%20key&' +
  'Plaintext=aGVsbG8gd29ybGQ%3D'

const credential = { kind: 'secret', secret: SECRET } as const

function signed(
  raw: RawRequest,
  secret: Uint8Array = SECRET,
  algorithm?: 'ACS3-HMAC-SM3',
): RawRequest {
  return { ...raw, headers: { ...raw.headers, ...signAcs3(raw, 'testid', secret, algorithm) } }
}

function signatureOf(raw: RawRequest): string | undefined {
  return /Signature=(\w+)$/.exec(raw.headers['authorization'] ?? '')?.[1]
}

function digestOf(raw: RawRequest): string | undefined {
  return stringsToSign(readRequest(raw))[0]?.split('\n')[1]
}

test('the sample of the public documentation has its digest and signature', () => {
  const raw = signed(
    rawRequest({
      query:
        'ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai',
      headers: {
        host: 'ecs.cn-shanghai.aliyuncs.com',
        'x-acs-action': 'RunInstances',
        'x-acs-version': '2014-05-26',
        'x-acs-date': '2023-10-26T10:22:32Z',
        'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
      },
    }),
    Buffer.from('YourAccessKeySecret'),
  )
  assert.equal(digestOf(raw), '7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259')
  assert.equal(
    raw.headers['authorization'],
    'ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host;x-acs-action;x-acs-content-sha256;' +
      'x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=' +
      '06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
  )
})

const VECTORS = [
  {
    what: 'parameters in the query',
    raw: rawRequest({ query: QUERY, headers: HEADERS }),
    digest: 'e938d7233473701f366aa012ff8903f94faf5428613fe6a27d1a814afc8b660d',
    signature: '5b5366c718dca755fa0fa427baed4735745b0521d8d4d347e152a1884bd52711',
  },
  {
    what: 'the session of a role',
    raw: rawRequest({
      query: QUERY,
      headers: { ...HEADERS, 'x-acs-accesskey-id': 'testid', 'x-acs-security-token': 'ststoken' },
    }),
    digest: 'a5b828ba98ee4cbbf7efbea2f9cc0506bf5672042f74771cdb21757593884e71',
    signature: '0b0b91bdf852bb34133783b648c7a66f5baa31140e0b15a730f51080ac0f5dc0',
  },
  {
    what: 'parameters in a form',
    raw: rawRequest({
      headers: { ...HEADERS, ...FORM },
      body: Buffer.from('KeyId=alias%2Fdemo%20key&Plaintext=aGVsbG8gd29ybGQ%3D'),
    }),
    digest: 'd4ebd4cbf3d0025d4f4bfd68ed10c8055f3539f49ae138b6702ca3b30307896b',
    signature: '822af0133828a61e2132387792d483ab87125b07ac5bf1842e56c4ffdab3a5d5',
  },
]

for (const { what, raw, digest, signature } of VECTORS) {
  test(`${what}: the sample has its digest and signature, and verifies`, () => {
    const sent = signed(raw)
    assert.equal(digestOf(sent), digest)
    assert.equal(signatureOf(sent), signature)
    const request = readRequest(sent)
    assert.ok(verifySignature(request, credential))
    assert.ok(!verifySignature(request, { kind: 'secret', secret: Buffer.from('testsecret&') }))
    assert.equal(request.parameters.get('KeyId'), 'alias/demo key')
    assert.equal(request.securityToken, raw.headers['x-acs-security-token'])
  })
}

test('SM3 takes the place of SHA-256 throughout, wherever its digest stands', () => {
  const raw = rawRequest({ query: QUERY, headers: { ...HEADERS, host: 'localhost:8443' } })
  const sent = signed(raw, SECRET, 'ACS3-HMAC-SM3')
  assert.equal(
    sent.headers['x-acs-content-sha256'],
    createHash('sm3').update('').digest('hex'),
  )
  assert.ok(verifySignature(readRequest(sent), credential))
  assert.equal(stringsToSign(readRequest(sent))[0], independentText(sent, 'sm3'))

  // The other SDK: the digest in a header of its own.
  const digest = sent.headers['x-acs-content-sha256'] ?? ''
  const headers = { ...HEADERS, 'x-acs-content-sm3': digest }
  const names = Object.keys(headers).toSorted().join(';')
  const text = independentText(rawRequest({ query: QUERY, headers }), 'sm3', names)
  const signature = createHmac('sm3', SECRET).update(text).digest('hex')
  const authorization =
    `ACS3-HMAC-SM3 Credential=testid,SignedHeaders=${names},Signature=${signature}`
  const other = rawRequest({ query: QUERY, headers: { ...headers, authorization } })
  assert.ok(verifySignature(readRequest(other), credential))
})

test('what was signed as several parameters cannot be sent as one', () => {
  const text = (query: string): readonly string[] =>
    stringsToSign(readRequest(signed(rawRequest({ query, headers: HEADERS }))))
  const sent = text('EncryptionContext=c&KeyId=k')
  assert.equal(sent.length, 1)
  const merged = ['EncryptionContext%3Dc%26KeyId=k', 'EncryptionContext=c%26KeyId%3Dk']
  for (const query of merged) assert.ok(!text(query).some((one) => sent.includes(one)), query)
  // Nor one name as another that is its encoded form.
  assert.ok(!text('a%253Db=1').some((one) => text('a%3Db=1').includes(one)))
})

test('blanks after commas, another order and upper-case hex are taken', () => {
  const sent = signed(rawRequest({ query: QUERY, headers: HEADERS }))
  const [, names = '', hex = ''] =
    /SignedHeaders=(.*),Signature=(.*)$/.exec(sent.headers['authorization'] ?? '') ?? []
  const signature = `Signature=${hex.toUpperCase()}`
  const authorization =
    `ACS3-HMAC-SHA256 ${signature}, SignedHeaders=${names}, Credential=testid`
  const request = readRequest({ ...sent, headers: { ...sent.headers, authorization } })
  assert.ok(verifySignature(request, credential))
})

test('values of headers are trimmed', () => {
  const sent = signed(rawRequest({ query: QUERY, headers: HEADERS }))
  const headers = { ...sent.headers, 'x-acs-signature-nonce': '  0123456789abcdef\t' }
  assert.ok(verifySignature(readRequest({ ...sent, headers }), credential))
})

test('names that need encoding may be signed bare, as JavaScript does, or encoded', () => {
  const query = 'EncryptionContext.my%20name=x&Tag.1.Key=k&Empty=&%C3%A4=%2B'
  for (const encodeName of [percentEncode, (name: string): string => name]) {
    const raw = rawRequest({ query, headers: HEADERS })
    const body = createHash('sha256').update('').digest('hex')
    const headers = { ...HEADERS, 'x-acs-content-sha256': body }
    const names = Object.keys(headers).toSorted().join(';')
    const text = independentText({ ...raw, headers }, 'sha256', names, encodeName)
    const signature = createHmac('sha256', SECRET).update(text).digest('hex')
    const authorization =
      `ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=${names},Signature=${signature}`
    const request = readRequest({ ...raw, headers: { ...headers, authorization } })
    assert.ok(verifySignature(request, credential))
  }
})

test('whatever is changed on the way, the signature does not verify', () => {
  const sent = signed(rawRequest({ query: QUERY, headers: { ...HEADERS, 'x-acs-extra': '1' } }))
  const isRefused = (change: Partial<RawRequest>): boolean => {
    try {
      return !verifySignature(readRequest({ ...sent, ...change }), credential)
    } catch (thrown) {
      return thrown instanceof KmsRefusal && thrown.status < 500
    }
  }
  assert.ok(!isRefused({}))
  assert.ok(isRefused({ method: 'GET' }))
  assert.ok(isRefused({ path: '/other' }))
  assert.ok(isRefused({ query: `${QUERY}&DryRun=true` }))
  assert.ok(isRefused({ body: Buffer.from('x') }))
  for (const name of Object.keys(sent.headers).filter((name) => name !== 'authorization')) {
    assert.ok(isRefused({ headers: { ...sent.headers, [name]: 'changed' } }), name)
    assert.ok(isRefused({ headers: { ...sent.headers, [name]: undefined } }), name)
  }
})

test('a client written by other means, with any query, is understood', () => {
  const text = fc.string({ unit: 'binary' })
  fc.assert(
    fc.property(fc.dictionary(text, text, { maxKeys: 8 }), text, (members, body) => {
      const query = new URLSearchParams(members).toString()
      const raw = rawRequest({ query, headers: HEADERS, body: Buffer.from(body) })
      const sent = signed(raw)
      const request = readRequest(sent)
      assert.ok(verifySignature(request, credential))
      assert.ok(stringsToSign(request).includes(independentText(sent, 'sha256')))
    }),
  )
})

/** The scheme once more. */
function independentText(
  raw: RawRequest,
  algorithm: 'sha256' | 'sm3',
  names = /SignedHeaders=([^,]*)/.exec(raw.headers['authorization'] ?? '')?.[1] ?? '',
  encodeName = percentEncode,
): string {
  const digest = (data: Uint8Array | string): string =>
    createHash(algorithm).update(data).digest('hex')
  const pairs = [...new URLSearchParams(raw.query)].sort(([one], [other]) => (one > other ? 1 : -1))
  const lines = [
    raw.method,
    '/',
    pairs.map(([name, value]) => `${encodeName(name)}=${percentEncode(value)}`).join('&'),
    ...names.split(';').map((name) => `${name}:${raw.headers[name] ?? ''}`),
    '',
    names,
    digest(raw.body),
  ]
  return `ACS3-HMAC-${algorithm.toUpperCase()}\n${digest(lines.join('\n'))}`
}
