import assert from 'node:assert/strict'

interface ClientError {
  readonly statusCode?: number
  readonly code?: string
  readonly message: string
}

/** @throws AssertionError unless the official client reports this status, this code and a sentence. */
export async function refused(
  asked: Promise<unknown>,
  statusCode: number,
  code?: string,
): Promise<void> {
  await assert.rejects(asked, (error: ClientError) => {
    assert.equal(error.statusCode, statusCode, error.message)
    if (code !== undefined) assert.equal(error.code, code)
    assert.ok(error.message.length > 0)
    return true
  })
}
