import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { mock, test } from 'node:test'
import { HeadMirror, readHeadMirror } from './head-mirror.ts'
import { temporaryFolder } from './testing/embedded-fixture.ts'

/** Lets the file system finish; timers are mocked, so they do not help to wait. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise(setImmediate)
}

test('the copy is written at most once a second, with the newest head', async () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'head')
  mock.timers.enable({ apis: ['setTimeout'] })
  try {
    const mirror = new HeadMirror(file)
    mirror.follow(Buffer.from('one'))
    mirror.follow(Buffer.from('two'))
    mock.timers.tick(999)
    assert.equal(readHeadMirror(file), undefined)
    mock.timers.tick(1)
    await until(() => existsSync(file))
    assert.equal(readHeadMirror(file)?.toString(), 'two')
    mirror.follow(Buffer.from('three'))
    await mirror.close()
    assert.equal(readHeadMirror(file)?.toString(), 'three')
    assert.deepEqual(readdirSync(folder.path), ['head'])
  } finally {
    mock.timers.reset()
    folder.remove()
  }
})

test('a copy that cannot be written is a failure until it can', async () => {
  const folder = temporaryFolder()
  const file = join(folder.path, 'head')
  mkdirSync(file) // a folder in its place
  mock.timers.enable({ apis: ['setTimeout'] })
  try {
    const mirror = new HeadMirror(file)
    mirror.follow(Buffer.from('one'))
    mock.timers.tick(1000)
    await until(() => mirror.failure !== undefined)
    rmSync(file, { recursive: true })
    mock.timers.tick(1000)
    await until(() => mirror.failure === undefined)
    assert.equal(readHeadMirror(file)?.toString(), 'one')
    await mirror.close()
  } finally {
    mock.timers.reset()
    folder.remove()
  }
})
