import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { Fault } from '@claviger/vault'
import { StartError } from '../process/start-error.ts'
import { OtherWriter } from '../stores/embedded/other-writer.ts'
import { startProblem } from './start-problem.ts'

function problemOf(thrown: unknown): StartError {
  const problem = startProblem(thrown, '/data')
  assert.ok(problem instanceof StartError)
  return problem
}

test('a full disk may pass, also when the audit met it first', () => {
  const full = Object.assign(new Error('full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })
  const store = new Fault('StoreUnavailable', { reason: 'database or disk is full' }, { cause: full })
  const audit = new Fault('AuditUnavailable', { reason: 'database or disk is full' }, { cause: store })
  for (const thrown of [store, audit]) {
    const { message, exitCode } = problemOf(thrown)
    assert.equal(
      message,
      'The store in /data cannot be used: database or disk is full. ' +
        'Make room on its disk; to see what there is, type: df -h /data',
    )
    assert.equal(exitCode, 1)
  }
})

test('an extended code of a disk error counts as its kind', () => {
  const cause = Object.assign(new Error('io'), { errcode: 10 | (3 << 8) })
  const thrown = new Fault('StoreUnavailable', { reason: 'disk I/O error' }, { cause })
  assert.equal(problemOf(thrown).exitCode, 1)
})

test('another writer during a start ends that start, not the server', () => {
  const store = new Fault('StoreUnavailable', { reason: 'x' }, { cause: new OtherWriter() })
  const audit = new Fault('AuditUnavailable', { reason: 'x' }, { cause: store })
  for (const thrown of [store, audit]) assert.equal(problemOf(thrown).exitCode, 1)
})

test('what only the operator can mend is not tried again', () => {
  const causes = [undefined, Object.assign(new Error('busy'), { errcode: 5 })]
  for (const cause of causes) {
    const thrown = new Fault('StoreUnavailable', { reason: 'x' }, { cause })
    assert.equal(problemOf(thrown).exitCode, 78)
  }
  assert.equal(problemOf(new Fault('UnsealFailed', { reason: 'x' })).exitCode, 78)
  assert.equal(problemOf(new Fault('RecordCorrupt', { record: 'r', reason: 'x' })).exitCode, 78)
})

test('an error of the file system is a sentence too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-start-'))
  try {
    readFileSync(folder)
    assert.fail('a folder was read')
  } catch (thrown) {
    if (thrown instanceof Error && 'path' in thrown) {
      assert.match(problemOf(thrown).message, /^The data folder \/data cannot be used: EISDIR/)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a defect stays what it is', () => {
  const defect = new TypeError('x')
  assert.equal(startProblem(defect, '/data'), defect)
})
