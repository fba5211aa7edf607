import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { prefixOf, recordKeyOf, type StoredRecord } from '@claviger/vault'
import { Reader } from './reader.ts'
import { temporaryFolder } from './testing/embedded-fixture.ts'

const PROGRAM = fileURLToPath(new URL('./testing/updating-process.ts', import.meta.url))

test('a reader sees whole commits of another process, and always the newest', async () => {
  const folder = temporaryFolder()
  const args = ['--conditions=claviger-source', PROGRAM, folder.path]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  try {
    await once(child.stdout, 'data')
    const reader = Reader.open(folder.path)
    const keys = [recordKeyOf('t', 'one'), recordKeyOf('t', 'two')]
    let newest = 0
    const look = (records: readonly (StoredRecord | undefined)[]): void => {
      const [one, two] = records
      assert.ok(one !== undefined && two !== undefined)
      assert.deepEqual([one.version, one.body], [two.version, two.body])
      assert.match(Buffer.from(one.witness).toString(), new RegExp(` ${one.version}$`))
      assert.ok(one.version >= newest)
      newest = one.version
    }
    // Without snapshots this fails within some hundred rounds; with them it never does.
    // oxlint-disable-next-line no-unmodified-loop-condition -- `look` moves it
    for (let round = 0; round < 5_000 || newest < 50; round++) {
      look(reader.read(keys))
      look(reader.list(prefixOf('t'), { limit: 2 }))
    }
    reader.close()
  } finally {
    child.kill('SIGKILL')
    await exited
    folder.remove()
  }
})
