import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { replaceFile } from './replace-file.ts'
import { bySomebodyWhoMayNotChange } from './testing/unwritable-folder.ts'

function fileUnderTest(context: TestContext): { readonly folder: string; readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-replace-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'old')
  writeFileSync(file, 'old')
  return { folder, file }
}

describe('replacing a file', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`leaves nothing beside it when ${signal} ends the process`, (context) => {
      const { folder, file } = fileUnderTest(context)
      const script = `
        import { readdirSync } from 'node:fs'
        import { withDraft } from ${JSON.stringify(import.meta.resolve('./replace-file.ts'))}
        await withDraft(${JSON.stringify(file)}, Buffer.from('new'), { mode: 0o600 }, () => {
          process.stdout.write(String(readdirSync(${JSON.stringify(folder)}).length))
          process.kill(process.pid, '${signal}')
          return new Promise((resolve) => setTimeout(resolve, 60_000))
        })`
      const argv = ['--input-type=module', '-e', script]
      const ended = spawnSync(process.execPath, argv, { encoding: 'utf8' })
      assert.deepEqual([ended.signal, ended.stdout], [signal, '2'], ended.stderr)
      assert.deepEqual(readdirSync(folder), ['old'])
      assert.equal(readFileSync(file, 'utf8'), 'old')
    })
  }

  it('writes nothing into a file that cannot be prepared for it', async (context) => {
    const { folder, file } = fileUnderTest(context)
    const prepare = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('not its owner'), { code: 'EPERM' }))
    await bySomebodyWhoMayNotChange(folder, [file], () =>
      assert.rejects(replaceFile(file, Buffer.from('new'), { mode: 0o600, prepare }), {
        code: 'EPERM',
        path: file,
      }))
    assert.equal(readFileSync(file, 'utf8'), 'old')
  })
})
