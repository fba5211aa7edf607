import assert from 'node:assert/strict'
import { pbkdf2 } from 'node:crypto'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { microseconds } from './cost.ts'
import { measureCalls } from './measure-calls.ts'

const derive = promisify(pbkdf2)

test('Work on the thread pool is counted whole, not just how it is handed over.', async () => {
  const call = (): Promise<unknown> => derive('password', 'salt', 20_000, 32, 'sha256')
  const sync = (): unknown => undefined
  const [pool, nothing] = [await measureCalls(call, 0.2), await measureCalls(sync, 0.05)]
  assert.ok(microseconds(pool) > 100 * microseconds(nothing))
})
