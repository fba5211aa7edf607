import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const LIMIT_BYTES = 40 * 1024

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
  })
  const [output] = outputFiles
  assert.ok(output)
  return output.text
}

describe('the bundle', () => {
  it('of the core with all Azure clients is under 40 KB, minified and compressed', async () => {
    const text = await bundled("export * from './index.ts'")
    for (const name of [
      'pollUntilDone',
      'setSecret',
      'rotateKey',
      'mergeCertificate',
      'unwrapKey',
    ]) {
      assert.ok(text.includes(name), `${name} is in the bundle`)
    }
    const bytes = gzipSync(text, { level: 9 }).length
    assert.ok(bytes < LIMIT_BYTES, `${bytes} bytes`)
  })

  it('of one client leaves out what it has no use for', async () => {
    const text = await bundled("export { SecretClient } from './index.ts'")
    assert.ok(text.includes('setSecret'))
    for (const name of ['rotateKey', 'mergeCertificate', 'client_assertion', 'RSASSA']) {
      assert.equal(text.includes(name), false, `${name} is not in the bundle`)
    }
  })
})
