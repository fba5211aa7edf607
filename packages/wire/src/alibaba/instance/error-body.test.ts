import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { decodeMessage } from './decode-message.ts'
import { errorBody } from './error-body.ts'
import { Refusal } from './refusal.ts'
import { responseHeaders } from './response-headers.ts'

describe('the answer to a refused request', () => {
  it('is the message that clients read', () => {
    const refusal = new Refusal('AccessKeyUnknown', { accessKeyId: 'KAAP.x' })
    assert.deepEqual({ ...decodeMessage('Error', errorBody(refusal, 'id')) }, {
      StatusCode: 404,
      ErrorCode: 'Unauthorized',
      ErrorMessage: 'The AccessKey ID "KAAP.x" does not exist in our records.',
      RequestId: 'id',
    })
  })

  it('has no body when the request was too large', () => {
    const refusal = new Refusal('BodyTooLarge', {})
    assert.equal(refusal.status, 413)
    assert.equal(errorBody(refusal, 'id').length, 0)
  })
})

describe('the headers of an answer', () => {
  it('name the key version in lower case, and only where there is one', () => {
    assert.deepEqual(responseHeaders(), { 'content-type': 'application/x-protobuf' })
    assert.deepEqual(responseHeaders('v'), {
      'content-type': 'application/x-protobuf',
      'x-kms-migrationkeyversionid': 'v',
    })
  })
})
