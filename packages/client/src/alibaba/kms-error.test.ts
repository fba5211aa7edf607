import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { kmsError } from './kms-error.ts'

const said = (message: string): string =>
  kmsError({ status: 400, code: 'SignatureDoesNotMatch', message }).message

describe('the message of a refused signature', () => {
  const head = 'Specified signature is not matched with our calculation'
  for (const tail of [
    '. server string to sign is:POST&%2F&SecretData%3Dcanary',
    ', server StringToSign is [ACS3-HMAC-SHA256 canary]',
    '. , server CanonicalRequest is:[POST canary], server StringToSign is [canary]',
    ': CanonicalRequest canary',
    ' ...;  stringToSign canary',
  ]) {
    it(`has nothing of "${tail.slice(0, 30)}"`, () => assert.equal(said(head + tail), `${head}.`))
  }

  it('is left as it is otherwise, however long', () => {
    const dots = `${'.'.repeat(2_000_000)}x`
    assert.equal(said(dots), dots)
    const long = said(`${dots}${'.'.repeat(2_000_000)}server string canary`)
    assert.ok(long.startsWith(dots) && !long.includes('canary'))
  })
})
