import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { isFault } from '@claviger/vault'
import { readConfig, type Config } from '../config.ts'
import { tamper } from '../stores/embedded/testing/embedded-fixture.ts'
import { openEmbedded } from './open-embedded.ts'

function configIn(context: TestContext): Config {
  const workingDirectory = mkdtempSync(join(tmpdir(), 'claviger-open-'))
  context.after(() => rmSync(workingDirectory, { recursive: true, force: true }))
  return readConfig({}, { workingDirectory, cores: 1 })
}

async function openOnce(config: Config): Promise<readonly string[]> {
  const { warnings, close } = await openEmbedded(config)
  await close()
  return warnings
}

test('the copy of the audit head is there before the first entry', async (context) => {
  const config = configIn(context)
  const opened = await openEmbedded(config)
  assert.ok(existsSync(join(config.dataDir, 'audit.head')))
  assert.deepEqual(opened.warnings, [])
  await opened.close()
})

test('a store whose database was taken away is not made anew', async (context) => {
  const config = configIn(context)
  await openOnce(config)
  const database = join(config.dataDir, 'claviger.sqlite')
  const isLost = (thrown: unknown): boolean =>
    isFault(thrown, 'RecordCorrupt') && /missing or empty/.test(thrown.detail.reason)
  tamper(config.dataDir, 'DELETE FROM body; DELETE FROM witness; DELETE FROM audit')
  const { ino } = statSync(database)
  const bytes = readFileSync(database)
  await assert.rejects(openEmbedded(config), isLost)
  assert.equal(statSync(database).ino, ino)
  assert.deepEqual(readFileSync(database), bytes)
  rmSync(database)
  await assert.rejects(openEmbedded(config), isLost)
  assert.ok(!existsSync(database))
})

test('a new store beside a root key that was there already is worth a warning', async (context) => {
  const config = configIn(context)
  assert.deepEqual(await openOnce(config), [])
  rmSync(config.dataDir, { recursive: true })
  const [warning] = await openOnce(config)
  assert.match(warning ?? '', /^A new store was made, although its root key file was there already/)
  assert.deepEqual(await openOnce(config), [])
})

for (const table of ['witness', 'heartbeat', 'audit_head']) {
  test(`a database that has lost its table ${table} is refused in words`, async (context) => {
    const config = configIn(context)
    await openOnce(config)
    tamper(config.dataDir, `DROP TABLE ${table}`)
    await assert.rejects(openEmbedded(config), (thrown) =>
      isFault(thrown, 'StoreUnavailable') && thrown.detail.reason.includes(`its table ${table}`))
  })
}
