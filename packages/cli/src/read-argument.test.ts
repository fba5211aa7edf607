import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { MemoryVault, wireSecret } from './testing/memory-vault.ts'
import { type CliResult, runInMemory } from './testing/run-in-memory.ts'

interface Set extends CliResult {
  readonly value: unknown
}

async function set(
  value: string,
  given: Parameters<typeof runInMemory>[2] = {},
): Promise<Set> {
  const far = new MemoryVault(({ url }) => ({ status: 200, body: wireSecret(url, 'db') }))
  const result = await runInMemory(['secret', 'set', '-n', 'db', '--value', value], far, given)
  const { value: sent } = JSON.parse(far.seen[0]?.body ?? '{}') as { value?: unknown }
  return { ...result, value: sent }
}

function folderOf(context: TestContext, content: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-argument-'))
  context.after(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'value'), content)
  return folder
}

describe('a value that an option gives', () => {
  it('is what a file has, as az takes it, and then stands on no command line', async (context) => {
    const { code, value, errors } = await set('@value', {
      workingDirectory: folderOf(context, 'canary\n'),
    })
    assert.deepEqual([code, value, errors], [0, 'canary', ''])
  })

  it('is what standard input has, unless that is empty', async () => {
    const { code, value } = await set('@-', { stdin: 'canary\n' })
    assert.deepEqual([code, value], [0, 'canary'])
    const empty = await set('@-', { stdin: '' })
    assert.deepEqual([empty.code, empty.value], [2, undefined])
  })

  it('is itself with one @ less, and @ alone is itself', async () => {
    for (const [given, value] of [['@@value', '@value'], ['@', '@'], ['a@b', 'a@b'], ['', '']] as const) {
      const result = await set(given)
      assert.deepEqual([result.code, result.value], [0, value])
      assert.match(result.errors, /can be read by other programs/)
    }
  })

  it('is not set when the file cannot be read or is no text, and the word is not repeated', async (context) => {
    const workingDirectory = folderOf(context, Uint8Array.of(0xff))
    for (const given of ['@canary', '@value', '@.']) {
      const { code, value, errors } = await set(given, { workingDirectory })
      assert.deepEqual([code, value], [2, undefined])
      assert.doesNotMatch(errors, /canary/)
    }
  })
})
