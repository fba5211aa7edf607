import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isFault } from '@claviger/vault'
import { DataFolderLock } from './lock.ts'
import { temporaryFolder } from './testing/embedded-fixture.ts'

const PROGRAM = `
  import { DataFolderLock } from ${JSON.stringify(new URL('./lock.ts', import.meta.url).href)}
  try {
    DataFolderLock.take(process.argv[1])
    console.log('taken')
    if (process.argv[2] === 'die') process.kill(process.pid, 'SIGKILL')
  } catch (thrown) {
    console.log(thrown.detail.reason)
  }`

function inAnotherProcess(folder: string, ...more: string[]): string {
  const args = ['--conditions=claviger-source', '--input-type=module', '-e', PROGRAM, folder]
  return spawnSync(process.execPath, [...args, ...more], { encoding: 'utf8' }).stdout.trim()
}

test('a second process is refused at once and told who has the folder', () => {
  const folder = temporaryFolder()
  const lock = DataFolderLock.take(folder.path)
  const reason = `the data folder is in use by another process (process ${process.pid})`
  assert.equal(inAnotherProcess(folder.path), reason)
  assert.throws(() => DataFolderLock.take(folder.path), (thrown) =>
    isFault(thrown, 'StoreUnavailable') && thrown.detail.reason === reason)
  assert.equal(inAnotherProcess(folder.path), reason) // a refused attempt has not dropped the lock
  lock.release()
  assert.equal(inAnotherProcess(folder.path), 'taken')
  folder.remove()
})

test('the lock of a killed process is free', () => {
  const folder = temporaryFolder()
  assert.equal(inAnotherProcess(folder.path, 'die'), 'taken')
  const lock = DataFolderLock.take(folder.path)
  lock.release()
  folder.remove()
})

test('a folder that cannot be made is refused without its path', () => {
  assert.throws(() => DataFolderLock.take('/dev/null/data'), (thrown) =>
    isFault(thrown, 'StoreUnavailable') && !thrown.detail.reason.includes('/dev'))
})

test('nobody else can hold the lock file open, whatever the umask', () => {
  const folder = temporaryFolder()
  const umask = process.umask(0)
  try {
    const lock = DataFolderLock.take(folder.path)
    for (const file of ['lock.sqlite', 'lock.pid']) {
      assert.equal(statSync(join(folder.path, file)).mode & 0o077, 0)
    }
    lock.release()
  } finally {
    process.umask(umask)
    folder.remove()
  }
})
