import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as errors from './errors.ts'

describe('an error by its status', () => {
  const classes = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.AccessDeniedError,
    404: errors.ResourceNotFoundError,
    409: errors.ConflictError,
    429: errors.ThrottledError,
    500: errors.ServiceUnavailableError,
    503: errors.ServiceUnavailableError,
    405: errors.ClavigerError,
  }
  for (const [status, Class] of Object.entries(classes)) {
    it(`is ${Class.name} for ${status}`, () => {
      const error = errors.errorOfStatus(Number(status), {
        code: 'Code',
        message: 'What is wrong.',
        requestId: 'id',
        retryAfterMs: 5,
        innerCode: 'Inner',
      })
      assert.equal(error.constructor, Class)
      assert.ok(error instanceof errors.ClavigerError)
      assert.equal(error.name, Class.name)
      assert.equal(error.status, Number(status))
      assert.equal(error.statusCode, Number(status))
      assert.equal(error.code, 'Code')
      assert.equal(error.message, 'What is wrong.')
      assert.equal(error.requestId, 'id')
      assert.equal(error.innerCode, 'Inner')
      assert.equal(error.retryAfterMs, 5)
    })
  }
})
