import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openLog } from './log.ts'
import { withoutRepeats } from './without-repeats.ts'

function recorded(context: TestContext) {
  context.mock.timers.enable({ apis: ['setInterval'] })
  const lines: Record<string, unknown>[] = []
  const log = withoutRepeats(openLog('debug', { write: (line) => lines.push(JSON.parse(line)) }))
  return { lines, log, pass: (milliseconds: number) => context.mock.timers.tick(milliseconds) }
}

test('of a cause that goes on, the first line is whole and the others are counted', (context) => {
  const { lines, log, pass } = recorded(context)
  const fail = (requestId: string) => log.error('failed', { requestId, reason: 'disk', stack: 'at x' })
  fail('1')
  assert.equal(lines.length, 1)
  assert.equal(lines[0]?.['stack'], 'at x')
  for (let count = 2; count <= 1000; count++) fail(String(count))
  assert.equal(lines.length, 1)
  pass(5000)
  assert.equal(lines.length, 2)
  const { level, msg, requestId, reason, stack, repeated } = lines[1] ?? {}
  assert.deepEqual(
    { level, msg, requestId, reason, stack, repeated },
    { level: 'error', msg: 'failed', requestId: '1000', reason: 'disk', stack: undefined, repeated: 999 },
  )
  fail('1001')
  pass(5000)
  assert.equal(lines[2]?.['repeated'], 1)
})

test('a cause that was quiet for a while is told anew, whole and at once', (context) => {
  const { lines, log, pass } = recorded(context)
  log.warn('failed', { stack: 'at x' })
  pass(5000)
  log.warn('failed', { stack: 'at x' })
  assert.deepEqual(lines.map(({ stack }) => stack), ['at x', 'at x'])
})

test('another cause, another record or another level is told at once', (context) => {
  const { lines, log } = recorded(context)
  log.error('failed', { record: 'a', requestId: '1' })
  log.error('failed', { record: 'b', requestId: '2' })
  log.warn('failed', { record: 'a', requestId: '3' })
  log.error('failed otherwise', { record: 'a', requestId: '4' })
  assert.equal(lines.length, 4)
})

test('more causes than can be remembered are still told', (context) => {
  const { lines, log } = recorded(context)
  for (let count = 0; count < 600; count++) log.error('failed', { record: String(count) })
  log.error('failed', { record: '599' })
  assert.equal(lines.length, 601)
})

test('what is no problem is not counted', (context) => {
  const { lines, log } = recorded(context)
  for (let count = 0; count < 3; count++) log.info('done', {})
  assert.equal(lines.length, 3)
})
