import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { FileSink } from './file-sink.ts'

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-sink-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('entries are appended as lines, to a file that only its owner can read', async (context) => {
  const path = join(folderOf(context), 'audit.jsonl')
  const sink = new FileSink('archive', path)
  await sink.deliver(['{"a":1}', '{"b":2}'])
  await sink.deliver(['{"c":"秘"}'])
  assert.equal(readFileSync(path, 'utf8'), '{"a":1}\n{"b":2}\n{"c":"秘"}\n')
  assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('a file that was rotated away is begun anew', async (context) => {
  const path = join(folderOf(context), 'audit.jsonl')
  const sink = new FileSink('archive', path)
  await sink.deliver(['1'])
  renameSync(path, `${path}.1`)
  await sink.deliver(['2'])
  assert.deepEqual([`${path}.1`, path].map((file) => readFileSync(file, 'utf8')), ['1\n', '2\n'])
})

test('half a line that was left does not swallow the next', async (context) => {
  const path = join(folderOf(context), 'audit.jsonl')
  writeFileSync(path, '{"whole":1}\n{"ha')
  await new FileSink('archive', path).deliver(['{"next":1}'])
  assert.equal(readFileSync(path, 'utf8'), '{"whole":1}\n{"ha\n{"next":1}\n')
})

test('a path that leads to no file fails, and does not hang', async (context) => {
  const folder = folderOf(context)
  mkdirSync(join(folder, 'folder'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
  for (const [name, code] of [
    ['folder', 'EISDIR'],
    ['pipe', 'NOT_A_FILE'],
    ['missing/audit.jsonl', 'ENOENT'],
  ] as const) {
    await assert.rejects(new FileSink('archive', join(folder, name)).deliver(['1']), { code })
  }
})
