import assert from 'node:assert/strict'
import { isFault, type FaultCode } from '../../fault.ts'

/** Asserts that a promise is refused with this fault, for this property where one is named. */
export async function assertRefused(
  refused: Promise<unknown>,
  code: FaultCode,
  property?: string,
): Promise<void> {
  await assert.rejects(refused, (thrown) => {
    assert.ok(isFault(thrown, code), `expected ${code}, got ${String(thrown)}`)
    if (property !== undefined) {
      assert.ok(isFault(thrown, 'InvalidInput') || isFault(thrown, 'DigestLengthWrong'))
      assert.equal(thrown.detail.property, property)
      if ('reason' in thrown.detail) assert.match(thrown.detail.reason, /^[a-z].*[^.]$/)
    }
    return true
  })
}
