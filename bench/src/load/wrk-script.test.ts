import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWrkResult } from './wrk-load.ts'
import { luaString, wrkScript } from './wrk-script.ts'

test('No text ends a Lua literal early or becomes an escape.', () => {
  assert.equal(luaString('plain / text?'), '"plain / text?"')
  assert.equal(luaString('{"a":"\\n"}\n9'), '"{\\034a\\034:\\034\\092n\\034}\\0109"')
  assert.equal(luaString('é'), '"\\195\\169"')
})

test('The script holds method, every path, headers and body.', () => {
  const script = wrkScript({
    request: { method: 'PUT', paths: ['/one', '/two'], body: '{}', status: 200 },
    headers: { authorization: 'Bearer token' },
  })
  const header = '["authorization"] = "Bearer token"'
  for (const part of ['"PUT"', '"/one", "/two"', header, 'body = "{}"']) {
    assert.ok(script.includes(part), part)
  }
})

test('The result of wrk is read, with failures counted against the expected status.', () => {
  const output = 'Running 1s test\nbench-result 1000 2000000 1500 9000 3 4 1000\n'
  const expected = { requests: 1000, seconds: 2, p50Ms: 1.5, p99Ms: 9, refused: 3, lost: 4 }
  assert.deepEqual(readWrkResult(output, 404), { ...expected, wrong: 0 })
  assert.deepEqual(readWrkResult(output, 200), { ...expected, wrong: 1000 })
  assert.throws(() => readWrkResult('unable to connect\n', 200), /no result/)
})
