import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWrkResult } from './wrk-load.ts'
import { luaString, wrkScript } from './wrk-script.ts'

test('No text ends a Lua literal early or becomes an escape.', () => {
  assert.equal(luaString('plain / text?'), '"plain / text?"')
  assert.equal(luaString('{"a":"\\n"}\n9'), '"{\\034a\\034:\\034\\092n\\034}\\0109"')
  assert.equal(luaString('é'), '"\\195\\169"')
  assert.equal(luaString(Uint8Array.of(0, 65, 255)), '"\\000A\\255"')
})

const PUT = { method: 'PUT', paths: [], body: '{}', status: 200 } as const
const PLAN = { threads: 2, pathsFile: '/folder/paths', headers: { authorization: 'Bearer token' } }

test('The script holds method, the file of the paths, headers and body.', () => {
  const script = wrkScript({ ...PLAN, request: PUT })
  const header = '["authorization"] = "Bearer token"'
  const paths = 'io.lines("/folder/paths")'
  for (const part of ['"PUT"', paths, header, 'body = "{}"', 'random(#ready)']) {
    assert.ok(script.includes(part), part)
  }
})

test('Requests that may be sent once are dealt out to the threads, and no chance is in it.', () => {
  const script = wrkScript({ ...PLAN, request: { ...PUT, once: true } })
  assert.ok(script.includes('line % 2 == first'))
  assert.ok(!script.includes('random(#ready)'))
})

test('The result of wrk is read, with failures counted against the expected status.', () => {
  const output = 'Running 1s test\nbench-result 1000 2000000 1500 9000 3 4 1000\n'
  const expected = { requests: 1000, seconds: 2, p50Ms: 1.5, p99Ms: 9, refused: 3, lost: 4 }
  assert.deepEqual(readWrkResult(output, 404), { ...expected, wrong: 0 })
  assert.deepEqual(readWrkResult(output, 200), { ...expected, wrong: 1000 })
  assert.throws(() => readWrkResult('unable to connect\n', 200), /no result/)
})
