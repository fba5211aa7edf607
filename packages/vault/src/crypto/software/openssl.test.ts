import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault } from '../../fault.ts'
import { findOpenssl, loadOpenssl } from './openssl.ts'

describe('the OpenSSL of the runtime', () => {
  it('is found once in a process', async () => {
    assert.equal(await loadOpenssl(), await loadOpenssl())
  })

  it('is missed with a sentence that says what is needed', async () => {
    const missing = findOpenssl(async () => {
      throw new Error('Cannot find function EVP_PKEY_sign')
    })
    await assert.rejects(missing, (thrown) => {
      assert.ok(isFault(thrown, 'ProviderUnavailable'))
      assert.match(thrown.detail.reason, /need a runtime that exports its OpenSSL.*EVP_PKEY_sign/)
      return true
    })
  })
})
