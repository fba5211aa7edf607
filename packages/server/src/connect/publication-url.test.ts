import assert from 'node:assert/strict'
import { test } from 'node:test'
import { publicationUrl } from './publication-url.ts'

test('certificates point to localhost, to a host of the domain, or where the operator says', () => {
  const none = { pkiUrl: undefined }
  assert.equal(publicationUrl({ ...none, domain: 'localhost' }, 8446), 'http://localhost:8446')
  assert.equal(publicationUrl({ ...none, domain: 'corp.example' }, 8446), 'http://pki.corp.example:8446')
  assert.equal(publicationUrl({ ...none, domain: 'corp.example' }, 80), 'http://pki.corp.example')
  const own = { pkiUrl: 'http://crl.example/x', domain: 'corp.example' }
  assert.equal(publicationUrl(own, 8446), 'http://crl.example/x')
  // Others may publish it then.
  assert.equal(publicationUrl(own, undefined), 'http://crl.example/x')
  assert.equal(publicationUrl({ ...none, domain: 'corp.example' }, undefined), undefined)
})
