import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { serverUnderTest } from './server-under-test.ts'

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-refusal-'))
  context.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What the operator reads of a start that only he can mend. */
async function refusalOf(
  context: TestContext,
  settings: Readonly<Record<string, string>>,
): Promise<string> {
  const server = serverUnderTest(context, settings)
  assert.equal(await server.exited, 78)
  return server.stderr()
}

test('a data folder that is a file is refused with what to do', async (context) => {
  const file = join(folderOf(context), 'file')
  writeFileSync(file, '')
  const refusal = await refusalOf(context, { CLAVIGER_DATA_DIR: file })
  assert.match(refusal, /^claviger: The store in .* cannot be used: .* or set CLAVIGER_DATA_DIR/m)
})

test('a data folder that others can change is refused with what to type', async (context) => {
  const folder = join(folderOf(context), 'data')
  mkdirSync(folder)
  chmodSync(folder, 0o777)
  const refusal = await refusalOf(context, { CLAVIGER_DATA_DIR: folder })
  assert.ok(refusal.includes(`(mode 0777)`) && refusal.includes(`Type: chmod 700 ${folder}`))
})

test('a root key file that others can read is refused with what to type', async (context) => {
  const folder = folderOf(context)
  const key = join(folder, 'key')
  writeFileSync(key, `${Buffer.alloc(32).toString('base64')}\n`)
  chmodSync(key, 0o644)
  const settings = { CLAVIGER_DATA_DIR: join(folder, 'data'), CLAVIGER_ROOT_KEY_FILE: key }
  const refusal = await refusalOf(context, settings)
  assert.ok(refusal.includes(`type: chmod 600 ${key}`), refusal)
})

test('a root key file that is missing, or cannot be made, names its setting', async (context) => {
  const folder = folderOf(context)
  const settings = { CLAVIGER_DATA_DIR: join(folder, 'data') }
  writeFileSync(join(folder, 'file'), '')
  const below = { ...settings, CLAVIGER_ROOT_KEY_FILE: join(folder, 'file', 'key') }
  assert.match(await refusalOf(context, below), /a file stands where its path needs a folder/)
  const pass = { ...settings, CLAVIGER_PASSPHRASE_FILE: join(folder, 'none') }
  assert.match(await refusalOf(context, pass), /set CLAVIGER_PASSPHRASE_FILE to its path/)
})

test('something else in the place of the admin socket is refused with what to type', async (context) => {
  const folder = folderOf(context)
  const socket = join(folder, 'admin.sock')
  writeFileSync(socket, 'x')
  const key = join(folderOf(context), 'key')
  const settings = { CLAVIGER_DATA_DIR: folder, CLAVIGER_ROOT_KEY_FILE: key }
  const refusal = await refusalOf(context, settings)
  assert.ok(refusal.includes(`Type: mv ${socket} ${socket}.old`), refusal)
})

test('a data folder with too long a path is refused, naming the setting', async (context) => {
  const folder = join(folderOf(context), 'x'.repeat(110))
  const refusal = await refusalOf(context, { CLAVIGER_DATA_DIR: folder })
  assert.match(refusal, /103 bytes.* set CLAVIGER_DATA_DIR/)
})

test('an address that the machine does not have is refused, naming the setting', async (context) => {
  // TEST-NET-1 (RFC 5737): no machine has it.
  const refusal = await refusalOf(context, { CLAVIGER_HOST: '192.0.2.1' })
  assert.match(refusal, /^claviger: This machine does not have .* set CLAVIGER_HOST/m)
})
