import assert from 'node:assert/strict'
import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { isFault } from '@claviger/vault'
import { openEmbedded } from '../composition/open-embedded.ts'
import { readConfig, type Config } from '../config.ts'
import { adminFolder, runIn } from './admin-under-test.ts'

interface SealedFolder {
  readonly folder: string
  readonly config: Config
}

const TO_PASSPHRASE = ['seal', 'change', '--to', 'passphrase', '--file', 'passphrase.txt']
const TO_NEW_FILE = ['seal', 'change', '--to', 'file', '--file', 'keys/new.root-key']

/** A folder with a store that is sealed with a root key file, and closed. */
async function sealedFolder(context: TestContext): Promise<SealedFolder> {
  const folder = adminFolder(context)
  const config = readConfig({ CLAVIGER_DATA_DIR: join(folder, 'data') })
  await (await openEmbedded(config)).close()
  return { folder, config }
}

function passphraseFile(folder: string): string {
  const file = join(folder, 'passphrase.txt')
  writeFileSync(file, 'correct horse battery staple\n', { mode: 0o600 })
  return file
}

test('the seal becomes a passphrase, audited, and the former no longer opens', async (context) => {
  const { folder, config } = await sealedFolder(context)
  const file = passphraseFile(folder)
  const { code, out, err } = await runIn(folder, TO_PASSPHRASE)
  assert.deepEqual([code, out], [0, ''])
  assert.ok(
    err.includes(`CLAVIGER_PASSPHRASE_FILE=${file} and without CLAVIGER_ROOT_KEY_FILE`),
    err,
  )
  await assert.rejects(openEmbedded(config), (thrown) => isFault(thrown, 'UnsealFailed'))
  const opened = await openEmbedded({ ...config, passphraseFile: file })
  try {
    const entries = await opened.auditLog.entries(0, 10)
    assert.match(
      entries.at(-1)?.entry ?? '',
      /"operationName":"SealChange".*"id":"seal\/passphrase"/,
    )
    assert.doesNotMatch(JSON.stringify(entries), /correct horse/)
  } finally {
    await opened.close()
  }
})

test('the seal is changed to a root key file that is made for it', async (context) => {
  const { folder, config } = await sealedFolder(context)
  const { code } = await runIn(folder, TO_NEW_FILE)
  assert.equal(code, 0)
  const file = join(folder, 'keys/new.root-key')
  assert.equal(statSync(file).mode & 0o777, 0o600)
  await (await openEmbedded({ ...config, rootKeyFile: file })).close()
})

test('while a server runs the seal is not changed', async (context) => {
  const { folder, config } = await sealedFolder(context)
  passphraseFile(folder)
  const opened = await openEmbedded(config)
  try {
    const { code, err } = await runIn(folder, TO_PASSPHRASE)
    assert.equal(code, 1)
    assert.match(err, /data folder is in use by another process.*Stop the server first/s)
  } finally {
    await opened.close()
  }
})

test('what cannot be changed stays as it is, in words', async (context) => {
  const { folder, config } = await sealedFolder(context)
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ['file', config.rootKeyFile, /is sealed with .* already/],
    ['passphrase', 'none.txt', /passphrase file .* is missing/],
    ['passphrase', 'short.txt', /fewer than 12 characters/],
    ['passphrase', 'open.txt', /can be used by others/],
  ]
  writeFileSync(join(folder, 'short.txt'), 'short', { mode: 0o600 })
  writeFileSync(join(folder, 'open.txt'), 'correct horse battery staple', { mode: 0o644 })
  for (const [kind, file, message] of cases) {
    const { code, err } = await runIn(folder, ['seal', 'change', '--to', kind, '--file', file])
    assert.equal(code, 1)
    assert.match(err, message)
  }
  await (await openEmbedded(config)).close()
})

test('a folder without a store gets none, and no root key', async (context) => {
  const folder = adminFolder(context)
  mkdirSync(join(folder, 'data'))
  const { code, err } = await runIn(folder, TO_NEW_FILE)
  assert.deepEqual([code, /There is no store in/.test(err)], [1, true])
  assert.ok(!existsSync(join(folder, 'keys')))
  assert.ok(!existsSync(join(folder, 'data.root-key')))
})
