import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { blankRequest, ocspRequestOf, pkiDoorUnderTest } from './door-under-test.ts'

/** OCSPResponse with a status alone (RFC 6960 §4.2.1): nobody has signed it. */
const UNAUTHORIZED = '30030a0106'
const MALFORMED = '30030a0101'

function hex(body: string | Uint8Array): string {
  return Buffer.from(body).toString('hex')
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

describe('the PKI door', () => {
  test('gives the certificate, the list and the answers of an authority, to be kept for a while', async () => {
    const { get, post, authority, serial } = await pkiDoorUnderTest()
    const base = `/pki/default/${authority}`
    const certificate = await get(`${base}/cer`)
    assert.equal(certificate.headers['content-type'], 'application/pkix-cert')
    const { subject } = new X509Certificate(Buffer.from(certificate.body))
    assert.match(subject, /CA$/)
    const list = await get(`${base}/crl`)
    assert.equal(list.headers['content-type'], 'application/pkix-crl')
    const request = ocspRequestOf(authority, serial)
    const byGet = await get(`${base}/ocsp/${encodeURIComponent(base64(request))}`)
    const byPost = await post(`${base}/ocsp`, request)
    assert.equal(byGet.headers['content-type'], 'application/ocsp-response')
    assert.equal(hex(byGet.body), hex(byPost.body))
    for (const { status, headers } of [certificate, list, byGet]) {
      assert.equal(status, 200)
      assert.match(headers['cache-control'] ?? '', /^public, .*max-age=600$/)
      assert.equal(headers['expires'], 'Thu, 01 Jan 2026 00:10:00 GMT')
    }
    assert.equal(byPost.headers['cache-control'], 'no-store')
    const known = await get(`${base}/crl`, { headers: { 'if-none-match': list.headers['etag'] } })
    assert.deepEqual([known.status, known.body], [304, ''])
  })

  test('takes base64 in the path whether or not its signs are escaped, and vault names in any case', async () => {
    const { get, authority } = await pkiDoorUnderTest()
    const serials = ['3f'.repeat(20), '7b'.repeat(20), '01'].map((text) =>
      base64(ocspRequestOf(authority, text)),
    )
    assert.ok(serials.some((text) => /[+/]/.test(text)))
    for (const text of serials) {
      for (const path of [text, encodeURIComponent(text)]) {
        const answer = await get(`/pki/DEFAULT/${authority}/ocsp/${path}`)
        assert.equal(hex(answer.body), UNAUTHORIZED)
      }
    }
  })

  test('signs and audits once for many who ask the same, until ten minutes are over', async () => {
    const { get, memory, authority } = await pkiDoorUnderTest()
    const before = (await memory.audit()).length
    const ask = async (): Promise<string> => hex((await get(`/pki/default/${authority}/crl`)).body)
    const together = await Promise.all(Array.from({ length: 50 }, ask))
    assert.equal(new Set([...together, await ask()]).size, 1)
    const entries = (await memory.audit()).slice(before)
    assert.deepEqual(entries.map(({ operationName }) => operationName), ['CertificateRevocationListGet'])
    assert.equal(entries[0]?.callerIpAddress, blankRequest.clientAddress)
    assert.equal(entries[0]?.correlationId, blankRequest.requestId)
    memory.clock.advance(601)
    assert.notEqual(await ask(), together[0])
    assert.equal((await memory.audit()).length, before + 2)
  })

  test('shows a revocation with the next question', async () => {
    const { get, memory, authority, serial } = await pkiDoorUnderTest()
    const path = `/pki/default/${authority}`
    const request = base64(ocspRequestOf(authority, serial))
    const ask = async (): Promise<readonly string[]> => [
      hex((await get(`${path}/crl`)).body),
      hex((await get(`${path}/ocsp/${request}`)).body),
    ]
    const [list, answer] = await ask()
    assert.ok(list !== undefined && !list.includes(serial))
    const certificate = { vault: 'default', name: 'web' }
    await memory.vault.certificates.revoke(memory.administrator, { certificate })
    const [listAfter, answerAfter] = await ask()
    assert.ok(listAfter?.includes(serial))
    assert.notEqual(answerAfter, answer)
  })

  test('lets nobody keep an answer that nobody has signed', async () => {
    const { get, post, authority } = await pkiDoorUnderTest()
    const unknown = ocspRequestOf(authority, '01')
    const unauthorized = await get(`/pki/default/${authority}/ocsp/${base64(unknown)}`)
    assert.deepEqual([unauthorized.status, hex(unauthorized.body)], [200, UNAUTHORIZED])
    const malformed = await post(`/pki/default/${authority}/ocsp`, Buffer.from('not DER'))
    assert.deepEqual([malformed.status, hex(malformed.body)], [200, MALFORMED])
    for (const { headers } of [unauthorized, malformed]) {
      assert.equal(headers['cache-control'], 'no-store')
    }
  })

  test('limits who asks for what does not exist, before it is audited', async () => {
    const { get, memory, authority } = await pkiDoorUnderTest()
    const other = 'a'.repeat(40)
    for (let asked = 0; asked < 60; asked++) {
      const { status } = await get(`/pki/default/${other}/crl`)
      assert.equal(status, 404)
    }
    const before = (await memory.audit()).length
    const refused = await get(`/pki/default/${other}/crl`)
    assert.equal(refused.status, 429)
    assert.equal(refused.headers['retry-after'], '1')
    assert.equal((await memory.audit()).length, before)
    // Another client is not concerned, and what is known already costs nothing.
    const elsewhere = { clientAddress: '2001:db8::1' }
    assert.equal((await get(`/pki/default/${authority}/crl`, elsewhere)).status, 200)
    assert.equal((await get(`/pki/default/${authority}/crl`)).status, 200)
    memory.clock.advance(2)
    assert.equal((await get(`/pki/default/${other}/crl`)).status, 404)
  })

  test('answers with 404 in words for vaults and paths that are not there', async () => {
    const { get, memory, authority } = await pkiDoorUnderTest()
    const before = (await memory.audit()).length
    const paths = [
      '/',
      '/secrets/x',
      `/pki/other/${authority}/crl`,
      `/pki/default/${authority}`,
      `/pki/default/${authority}/pem`,
      `/pki/default/${authority.toUpperCase()}/crl`,
      `/pki/default/../${authority}/crl`,
      '/.well-known/acme-challenge/',
      '/.well-known/acme-challenge/unknown',
    ]
    for (const path of paths) {
      const { status, body, headers } = await get(path)
      assert.equal(status, 404, path)
      assert.equal(headers['content-type'], 'text/plain; charset=utf-8')
      assert.match(String(body), /^[A-Z].*\.\n$/)
    }
    assert.equal((await memory.audit()).length, before)
  })

  test('refuses other methods, other types and what is no base64, and says what to send', async () => {
    const { door, get, post, authority } = await pkiDoorUnderTest()
    const path = `/pki/default/${authority}`
    const deleted = await get(`${path}/ocsp`, { method: 'DELETE' })
    assert.deepEqual([deleted.status, deleted.headers['allow']], [405, 'GET, HEAD, POST'])
    const posted = await post(`${path}/crl`, new Uint8Array())
    assert.deepEqual([posted.status, posted.headers['allow']], [405, 'GET, HEAD'])
    assert.equal((await post(`${path}/ocsp`, new Uint8Array(), 'text/plain')).status, 415)
    assert.equal((await post(`${path}/ocsp/MAA=`, new Uint8Array())).status, 404)
    for (const encoded of ['', '/', '/%', '/%zz', '/not base64!', `/${'A'.repeat(30_000)}`]) {
      assert.equal((await get(`${path}/ocsp${encoded}`)).status, 400, encoded.slice(0, 20))
    }
    const large = door.refuse(blankRequest, { reason: 'BodyTooLarge', limitBytes: 16_384 })
    assert.deepEqual([large.status, String(large.body)], [413, 'An OCSP request has at most 16384 bytes here.\n'])
  })

  test('says that it cannot answer now when the audit cannot be written, and logs why', async () => {
    const { get, memory, authority, logged } = await pkiDoorUnderTest()
    memory.failCommits()
    const { status, body } = await get(`/pki/default/${authority}/crl`)
    assert.equal(status, 503)
    assert.match(String(body), /request id 5f0c1a52/)
    assert.match(logged.join(''), /the disk is full/)
  })

  test('answers a challenge as long as it is under way', async () => {
    const { get, challenges } = await pkiDoorUnderTest()
    const path = '/.well-known/acme-challenge/evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA'
    challenges.set('evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA', 'token.thumbprint')
    const { status, body, headers } = await get(path, { host: 'www.example.com' })
    assert.deepEqual([status, body], [200, 'token.thumbprint'])
    assert.equal(headers['cache-control'], 'no-store')
    challenges.clear()
    assert.equal((await get(path)).status, 404)
  })

  test('never fails, whatever the path and the body are', async () => {
    const { door, authority } = await pkiDoorUnderTest()
    const piece = fc.oneof(
      fc.constantFrom('/pki/default/', `${authority}/`, 'ocsp', 'ocsp/', 'crl', '%2F', '//', '\n'),
      fc.string(),
    )
    const path = fc.array(piece).map((pieces) => `/${pieces.join('')}`)
    const known = fc.string().map((text) => `/pki/default/${authority}/ocsp/${text}`)
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(path, known),
        fc.uint8Array(),
        fc.constantFrom('GET', 'POST', 'HEAD', 'PUT'),
        async (where, body, method) => {
          const { status } = await door.answer({ ...blankRequest, path: where, body, method })
          assert.ok([200, 400, 404, 405, 415, 429].includes(status), `${status} ${where}`)
        },
      ),
    )
  })
})
