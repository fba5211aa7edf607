import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { DataFolderLock } from '../stores/embedded/lock.ts'
import { diskAdvice } from './disk-advice.ts'

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-advice-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function thrownBy(act: () => unknown): unknown {
  try {
    act()
  } catch (thrown) {
    return thrown
  }
  return assert.fail('nothing was thrown')
}

test('a file in the place of the data folder, or above it, is to be moved away', (context) => {
  const file = join(folderOf(context), 'file')
  writeFileSync(file, '')
  for (const dataDir of [file, join(file, 'data')]) {
    const advice = diskAdvice(thrownBy(() => DataFolderLock.take(dataDir)), dataDir) ?? ''
    assert.match(advice, /move the file away, or set CLAVIGER_DATA_DIR/)
  }
})

test('a database that cannot be opened is to be looked at, and to be given to the user', (context) => {
  const dataDir = folderOf(context)
  mkdirSync(join(dataDir, 'lock.sqlite'))
  const advice = diskAdvice(thrownBy(() => DataFolderLock.take(dataDir)), dataDir, 7) ?? ''
  assert.ok(advice.includes(`type: ls -la ${dataDir}`), advice)
  assert.ok(advice.includes(`chown -R 7 ${dataDir}`), advice)
})

test('each error of a disk has its advice, and a defect has none', () => {
  for (const [code, pattern] of [
    ['EACCES', /runs as user 7.*chown -R 7 '\/a b' – or set CLAVIGER_DATA_DIR/],
    ['ENOENT', /mounted/],
    ['ENOSPC', /df -h '\/a b'$/],
    ['EROFS', /read-only/],
    ['EMFILE', /ulimit -n/],
    ['EIO', /system log/],
    ['EISDIR', /ls -la '\/a b'$/],
  ] as const) {
    const cause = Object.assign(new Error('x'), { code })
    assert.match(diskAdvice(new Error('y', { cause }), '/a b', 7) ?? '', pattern)
  }
  assert.equal(diskAdvice(new TypeError('x'), '/data', 7), undefined)
})
