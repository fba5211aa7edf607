import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { adminUnderTest } from './admin-under-test.ts'

test('the names of the server and of each vault are shown, written to a hosts file and taken back', async (context) => {
  const { run, folder } = await adminUnderTest(context)
  assert.equal((await run('vault', 'create', 'payments')).code, 0)
  assert.equal((await run('vault', 'create', 'gone')).code, 0)
  assert.equal((await run('vault', 'delete', 'gone')).code, 0)
  const shown = await run('hosts')
  for (const name of ['default.vault', 'payments.vault', 'login', 'management', 'graph']) {
    assert.ok(shown.out.includes(` ${name}.localhost`), name)
  }
  assert.doesNotMatch(shown.out, /gone\.vault/)

  const file = join(folder, 'hosts')
  writeFileSync(file, '127.0.0.1 localhost\n')
  for (let times = 0; times < 2; times++) {
    assert.equal((await run('hosts', '--add', '--file', file)).code, 0)
    assert.equal(readFileSync(file, 'utf8'), `127.0.0.1 localhost\n${shown.out}`)
  }
  assert.equal((await run('hosts', '--remove', '--file', file)).code, 0)
  assert.equal(readFileSync(file, 'utf8'), '127.0.0.1 localhost\n')
  assert.equal((await run('hosts', '--add', '--remove', '--file', file)).code, 2)
  const absent = await run('hosts', '--add', '--file', join(folder, 'absent'))
  assert.equal(absent.code, 1)
  assert.match(absent.err, /ENOENT/)
})
