import assert from 'node:assert/strict'
import type { Received } from './door-under-test.ts'

/** What an error says, as far as a test has to know it. */
export interface Refusal {
  readonly status: number
  readonly code: string
  readonly inner?: string
  readonly message: RegExp | string
}

/** Holds that an answer is this error, and that its body has no other members. */
export function assertRefused(answer: Received, { status, code, inner, message }: Refusal): void {
  const error: { message?: unknown } = Object(answer.json['error'])
  const said = String(error.message)
  const innererror = inner === undefined ? {} : { innererror: { code: inner } }
  assert.deepEqual(
    { status: answer.status, json: answer.json },
    { status, json: { error: { code, message: said, ...innererror } } },
  )
  if (typeof message === 'string') assert.equal(said, message)
  else assert.match(said, message)
}
