import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { StartError } from '../process/start-error.ts'
import { demandPrivateFolder, folderProblem } from './private-folder.ts'

const windows = process.platform === 'win32'

test('a data folder that others can change is refused, one they can look into is warned of', { skip: windows }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-private-'))
  try {
    for (const mode of [0o777, 0o770, 0o702, 0o1777, 0o2775]) {
      chmodSync(folder, mode)
      assert.throws(
        () => demandPrivateFolder(folder),
        (thrown) =>
          thrown instanceof StartError && thrown.message.includes(`Type: chmod 700 ${folder}`),
      )
    }
    for (const mode of [0o755, 0o750, 0o711, 0o701]) {
      chmodSync(folder, mode)
      assert.ok(demandPrivateFolder(folder)?.endsWith(`Type: chmod 700 ${folder}`))
    }
    chmodSync(folder, 0o700)
    assert.equal(demandPrivateFolder(folder), undefined)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a data folder that is not there yet is no matter', () => {
  assert.equal(demandPrivateFolder(join(tmpdir(), 'claviger-no-such-folder')), undefined)
})

test('a data folder of another user is warned of, and what others can change counts first', () => {
  const folder = { path: '/a b', mode: 0o40700, owner: 5, user: 7 }
  const { sentence, isRefused } = folderProblem(folder) ?? assert.fail()
  assert.match(sentence, /belongs to user 5.*Type: chown -R 7 '\/a b'$/)
  assert.equal(isRefused, false)
  assert.equal(folderProblem({ ...folder, mode: 0o40777 })?.isRefused, true)
  assert.equal(folderProblem({ ...folder, user: undefined }), undefined)
})
