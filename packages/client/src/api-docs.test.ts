import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { it } from 'node:test'

// TypeDoc itself, with the settings that the pages are made with.
const folder = fileURLToPath(new URL('../../../api-docs/', import.meta.url))
const library = createRequire(`${folder}package.json`).resolve('typedoc')
const typedoc = join(dirname(library), '../bin/typedoc')

it('every public symbol is documented, and no link leads nowhere', () => {
  const args = [typedoc, '--emit', 'none']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
  })
  assert.equal(status, 0, stdout + stderr)
})
