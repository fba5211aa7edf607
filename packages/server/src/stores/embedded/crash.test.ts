import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { linkHash, prefixOf } from '@claviger/vault'
import { keyedHeadSealer } from '@claviger/vault/testing'
import { EmbeddedAuditLog } from './audit-log.ts'
import { openIn, temporaryFolder } from './testing/embedded-fixture.ts'

const PROGRAM = fileURLToPath(new URL('./testing/writing-process.ts', import.meta.url))
const KILLS = 5

/** Starts a writing process, kills it after so many acknowledgements, returns all of them. */
async function writeAndKill(
  folder: string,
  from: number,
  after: number,
): Promise<readonly number[]> {
  const args = ['--conditions=claviger-source', PROGRAM, folder, `${from}`]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: number[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(Number(line))
    if (acknowledged.length === after) child.kill('SIGKILL')
  }
  assert.ok(acknowledged.length >= after, 'the writing process ended by itself')
  return acknowledged
}

test('nothing acknowledged is lost, and nothing half done, by SIGKILL', async () => {
  const folder = temporaryFolder()
  const acknowledged: number[] = []
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const after = 1 + Math.floor(Math.random() * 400)
      acknowledged.push(...await writeAndKill(folder.path, kill * 1_000_000, after))
      const alone = EmbeddedAuditLog.open(folder.path, keyedHeadSealer()) // what a verifier does
      assert.equal((await alone.entries(0, 1_000_000)).length, (await alone.head()).count)
      alone.close()
      const { store, audit, close } = openIn(folder.path)
      const namesUnder = async (side: string): Promise<readonly string[]> => {
        const records = await store.list(prefixOf('t', side), { limit: 1_000_000 })
        assert.ok(records.every(({ body, witness }) => body.length > 0 && witness.length > 0))
        return records.map(({ key }) => key.split('/').at(-1) ?? '')
      }
      const left = await namesUnder('left')
      assert.deepEqual(await namesUnder('right'), left)
      const found = new Set(left)
      assert.deepEqual(acknowledged.filter((n) => !found.has(`n${n}`)), [])
      const entries = await audit.entries(0, 1_000_000)
      assert.equal(entries.length, left.length)
      let { base } = await audit.head()
      for (const { sequence, entry, hash } of entries) {
        base = linkHash(base, sequence, entry)
        assert.deepEqual(Buffer.from(hash), base)
      }
      assert.deepEqual(Buffer.from((await audit.head()).hash), Buffer.from(base))
      await close()
    }
  } finally {
    folder.remove()
  }
})
