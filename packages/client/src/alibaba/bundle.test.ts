import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { fakeFetch, json } from '../testing/fake-fetch.ts'
import { KmsClient } from './index.ts'

const OCTETS = 13_000

describe('the client of Alibaba Cloud KMS', () => {
  it(`has at most ${OCTETS} octets, minified and compressed, and nothing of Node's`, async () => {
    const { outputFiles, metafile } = await build({
      entryPoints: [fileURLToPath(new URL('index.ts', import.meta.url))],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      metafile: true,
      write: false,
    })
    const [file] = outputFiles
    assert.ok(file)
    const octets = gzipSync(file.contents, { level: 9 }).length
    assert.ok(octets > 5000 && octets <= OCTETS, `${octets} octets`)
    assert.deepEqual(Object.values(metafile.outputs).flatMap(({ imports }) => imports), [])
  })

  it('tells the service the version that the package has', async () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
    const { version } = JSON.parse(text) as { readonly version: string }
    const { fetch, seen } = fakeFetch(() => json(200, { RequestId: 'r' }))
    const config = { endpoint: 'h', accessKeyId: 'a', accessKeySecret: 's', userAgent: 'app/1' }
    await new KmsClient({ config, fetch }).describeRegions()
    assert.equal(seen[0]?.headers.get('user-agent'), `app/1 claviger-client/${version}`)
  })
})
