import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorFields, type LogLevel, openLog } from './log.ts'

function recorded(level: LogLevel = 'debug') {
  const lines: string[] = []
  return { lines, log: openLog(level, { write: (line) => lines.push(line) }) }
}

test('a line is one JSON object with level, time, process and fields', () => {
  const { lines, log } = recorded()
  log.with({ requestId: 'r1' }).info('answered', { status: 200, door: 'azure', cached: true })
  const line: unknown = JSON.parse(lines[0] ?? '')
  assert.ok(typeof line === 'object' && line !== null && 'time' in line)
  const { time, ...rest } = line
  assert.match(String(time), /^\d{4}-\d\d-\d\dT/)
  assert.deepEqual(rest, {
    level: 'info',
    pid: process.pid,
    requestId: 'r1',
    status: 200,
    door: 'azure',
    cached: true,
    msg: 'answered',
  })
})

test('lines below the level are not written', () => {
  const { lines, log } = recorded('warn')
  log.info('no')
  log.debug('no')
  log.warn('yes')
  assert.equal(lines.length, 1)
})

test('an object that came around the types is dropped', () => {
  const { lines, log } = recorded()
  const smuggled: Record<string, string> = JSON.parse('{"value":{"inner":"canary"},"kept":"k"}')
  log.info('m', smuggled)
  log.with(smuggled).info('m')
  assert.equal(lines.length, 2)
  for (const line of lines) {
    assert.ok(!line.includes('canary'))
    assert.ok(line.includes('"kept":"k"'))
  }
})

test('an error is described without its message, which may quote a value', () => {
  let thrown: unknown
  try {
    JSON.parse('{"value":"canary')
  } catch (error) {
    thrown = new Error('canary in a wrapper', { cause: error })
  }
  const text = JSON.stringify(errorFields(thrown))
  assert.ok(!text.includes('canary'))
  assert.match(text, /SyntaxError/)
  assert.match(text, /log\.test/)
})

test('a message of the operating system is kept', () => {
  const error = Object.assign(new Error('EACCES: permission denied, open'), {
    code: 'EACCES',
    syscall: 'open',
  })
  assert.equal(errorFields(error)['errorMessage'], 'EACCES: permission denied, open')
})

test('a thrown value that is no error is named by its type alone', () => {
  assert.deepEqual(errorFields('canary'), { error: 'string' })
})
