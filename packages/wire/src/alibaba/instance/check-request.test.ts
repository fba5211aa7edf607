import assert from 'node:assert/strict'
import { generateKeyPairSync, hash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { checkHead, checkRequest, type Request } from './check-request.ts'
import { encodeMessage } from './encode-message.ts'
import { isSignedBy } from './is-signed-by.ts'
import { BODY_MAX_BYTES } from './protocol.ts'
import { Refusal } from './refusal.ts'
import { signRequest } from './sign-request.ts'
import { stringToSign } from './string-to-sign.ts'

const NOW = Date.UTC(2024, 0, 2, 3, 4, 5) / 1000
const KEY_VERSION_ID = '11111111-2222-4333-8444-555555555555'

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const body = encodeMessage('EncryptRequest', {
  KeyId: 'alias/demo',
  Plaintext: new TextEncoder().encode('hello'),
})

const signed = {
  operation: 'Encrypt',
  body,
  accessKeyId: 'KAAP.test',
  privateKey: rsa.privateKey,
  date: NOW,
} as const

const headers: Readonly<Record<string, string>> = signRequest(signed)

function requestWith(changes: Readonly<Record<string, string | undefined>>): Request {
  return { method: 'POST', headers: { ...headers, ...changes }, body }
}

function refusalOf(check: () => unknown): Refusal {
  try {
    check()
  } catch (thrown) {
    assert.ok(thrown instanceof Refusal, String(thrown))
    return thrown
  }
  return assert.fail('it was not refused')
}

describe('the string to sign', () => {
  it('is the one of the published example', () => {
    const text = stringToSign('POST', headers)
    const digest = '0b2c9b455577bc789dcdbb073802c188c5b3e66c65284eaa1e88093ac8e2d015'
    assert.equal(hash('sha256', text), digest)
  })

  it('has every header of the gateway, in order, trimmed, and no other', () => {
    const text = stringToSign('POST', {
      'x-kms-zeta': ' last ',
      'user-agent': 'none',
      [`x-kms-apiname`]: 'Decrypt',
      'x-kms-absent': undefined,
      'x-kms-migrationkeyversionid': KEY_VERSION_ID,
      date: 'today',
    })
    const lines = ['POST', '', '', 'today', 'x-kms-apiname:Decrypt']
    const more = [`x-kms-migrationkeyversionid:${KEY_VERSION_ID}`, 'x-kms-zeta:last', '/']
    assert.equal(text, [...lines, ...more].join('\n'))
  })
})

describe('a signed request', () => {
  it('is read as it was meant', () => {
    const checked = checkRequest(requestWith({}), NOW)
    assert.equal(checked.operation, 'Encrypt')
    assert.equal(checked.accessKeyId, 'KAAP.test')
    assert.equal(checked.keyVersionId, undefined)
    assert.ok(isSignedBy(rsa.publicKey, checked))
  })

  it('names a key version when its client does, under the signature', () => {
    const request = { ...signed, keyVersionId: KEY_VERSION_ID }
    const named = { method: 'POST', headers: signRequest(request), body }
    const checked = checkRequest(named, NOW)
    assert.equal(checked.keyVersionId, KEY_VERSION_ID)
    assert.ok(isSignedBy(rsa.publicKey, checked))
    const without = { ...named.headers, 'x-kms-migrationkeyversionid': undefined }
    const taken = checkRequest({ ...named, headers: without }, NOW)
    assert.equal(isSignedBy(rsa.publicKey, taken), false)
  })

  it('counts under either word for its authorization', () => {
    const signature = headers['authorization']?.replace('Bearer ', '')
    for (const word of ['Bearer', 'TOKEN', 'bearer', 'token']) {
      const request = requestWith({ authorization: `${word} ${signature}` })
      assert.ok(isSignedBy(rsa.publicKey, checkRequest(request, NOW)))
    }
  })

  it('counts with a digest in lower case that its client has signed', () => {
    const request = requestWith({ 'content-sha256': headers['content-sha256']?.toLowerCase() })
    assert.equal(isSignedBy(rsa.publicKey, checkRequest(request, NOW)), false)
  })

  it('counts with parameters of its content type', () => {
    const request = requestWith({ 'content-type': 'Application/X-Protobuf; charset=utf-8' })
    assert.equal(checkRequest(request, NOW).operation, 'Encrypt')
  })

  it('is not signed by another key, nor by one of another type', () => {
    const checked = checkRequest(requestWith({}), NOW)
    assert.equal(isSignedBy(other.publicKey, checked), false)
    assert.equal(isSignedBy(ec.publicKey, checked), false)
  })

  it('is not signed any more when something under the signature has changed', () => {
    const changes = [
      { 'x-kms-apiname': 'Decrypt' },
      { 'x-kms-acccesskeyid': 'KAAP.other' },
      { 'x-kms-new': '' },
      { date: 'Tue, 02 Jan 2024 03:04:06 GMT' },
    ]
    for (const change of changes) {
      const checked = checkRequest(requestWith(change), NOW)
      assert.equal(isSignedBy(rsa.publicKey, checked), false, JSON.stringify(change))
    }
    const put = checkRequest({ ...requestWith({}), method: 'PUT' }, NOW)
    assert.equal(isSignedBy(rsa.publicKey, put), false)
  })

  it('says the same before its body is there', () => {
    assert.deepEqual(checkHead(requestWith({}), NOW), checkRequest(requestWith({}), NOW))
  })

  it('is good for fifteen minutes around its date', () => {
    for (const skew of [-900, 900]) checkRequest(requestWith({}), NOW + skew)
    for (const skew of [-901, 901]) {
      const refusal = refusalOf(() => checkRequest(requestWith({}), NOW + skew))
      assert.equal(refusal.code, 'RequestTimeTooSkewed')
    }
  })
})

// One mistake more in each, from the first that the gateway looks for to the last.
const mistakes = [
  {
    change: { 'content-type': 'application/json' },
    expected: [415, 'InvalidContentType', 'Content-Type "application/json" is unsupported.'],
  },
  { body: new Uint8Array(BODY_MAX_BYTES + 1), expected: [413, undefined, undefined] },
  {
    change: { 'x-kms-apiversion': 'dkms-gcs-0.1' },
    expected: [400, 'InvalidApiVersion', 'The ApiVersion "dkms-gcs-0.1" is invalid.'],
  },
  {
    change: { 'x-kms-apiname': '__proto__' },
    expected: [400, 'InvalidApiName', 'The ApiName "__proto__" is invalid.'],
  },
  {
    change: { date: '2024-01-02T03:04:05Z' },
    expected: [400, 'InvalidParam', 'The Param Date is invalid.'],
  },
  {
    change: { date: 'Tue, 02 Jan 2024 03:34:05 GMT' },
    expected: [
      400,
      'RequestTimeTooSkewed',
      'Request time exceeds server time more than 15 minutes.',
    ],
  },
  {
    change: { 'x-kms-signaturemethod': 'none' },
    expected: [
      400,
      'InvalidParam',
      'The Param x-kms-signaturemethod is invalid. [message:"none".]',
    ],
  },
  {
    change: { 'x-kms-acccesskeyid': undefined },
    expected: [
      400,
      'MissingParameter',
      'Parameter x-kms-acccesskeyid does not exist in http header or body.',
    ],
  },
  {
    change: { authorization: 'Basic YTpi' },
    expected: [400, 'InvalidParam', 'The Param Authorization is invalid.'],
  },
  {
    change: { 'content-sha256': '00' },
    expected: [400, 'InvalidParam', 'The Param Content-SHA256 is invalid.'],
  },
] as const

describe('a request with mistakes', () => {
  for (const [index, { expected }] of mistakes.entries()) {
    const [status, code, message] = expected
    it(`is refused for the first of them: ${code ?? status}`, () => {
      const later = mistakes.slice(index).toReversed()
      const changed = requestWith(
        Object.assign({}, ...later.map((mistake) => ('change' in mistake ? mistake.change : {}))),
      )
      const tooLong = later.find((mistake) => 'body' in mistake)
      const request = { ...changed, body: tooLong?.body ?? body }
      const refusal = refusalOf(() => checkRequest(request, NOW))
      assert.equal(refusal.status, status)
      assert.equal(refusal.code, code)
      if (message !== undefined) assert.equal(refusal.message, message)
    })
  }

  it('is told so for each header that is absent or empty', () => {
    const missing = {
      'content-type': 'InvalidContentType',
      'x-kms-apiversion': 'InvalidApiVersion',
      'x-kms-apiname': 'InvalidApiName',
      date: 'InvalidParam',
      'x-kms-signaturemethod': 'InvalidParam',
      'x-kms-acccesskeyid': 'MissingParameter',
      authorization: 'InvalidParam',
      'content-sha256': 'InvalidParam',
    }
    for (const [name, code] of Object.entries(missing)) {
      for (const value of [undefined, '', ' ']) {
        const refusal = refusalOf(() => checkRequest(requestWith({ [name]: value }), NOW))
        assert.equal(refusal.code, code, name)
      }
    }
  })

  it('is refused for an authorization that is no signature', () => {
    const signatures = ['', '?', 'QQ', 'A=A=', 'QUJD QUJD', 'QUJD'.repeat(1000)]
    const texts = signatures.map((signature) => `Bearer ${signature}`)
    for (const authorization of [...texts, 'Bearer', 'QUJD']) {
      const refusal = refusalOf(() => checkRequest(requestWith({ authorization }), NOW))
      assert.equal(refusal.message, 'The Param Authorization is invalid.', authorization)
    }
  })

  it('is refused for another body than the one that its digest is of', () => {
    const changed = Uint8Array.from([...body, 0])
    const refusal = refusalOf(() => checkRequest({ ...requestWith({}), body: changed }, NOW))
    assert.equal(refusal.message, 'The Param Content-SHA256 is invalid.')
  })

  it('hears no more than the beginning of what it has sent', () => {
    const request = requestWith({ 'x-kms-apiname': 'x'.repeat(5000) })
    assert.ok(refusalOf(() => checkRequest(request, NOW)).message.length < 200)
  })

  it('is refused and never more, whatever its headers say', () => {
    const name = fc.constantFrom(...Object.keys(headers))
    const changes = fc.dictionary(name, fc.string({ unit: 'binary' }), { minKeys: 1 })
    const property = fc.property(changes, (change) => {
      try {
        const checked = checkRequest(requestWith(change), NOW)
        isSignedBy(rsa.publicKey, checked)
      } catch (thrown) {
        assert.ok(thrown instanceof Refusal, String(thrown))
      }
    })
    fc.assert(property, { numRuns: 500 })
  })
})
