import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { findMissing } from './find-missing.ts'

it('files that were not packed and packages that the manifest does not name are found', (test) => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-missing-'))
  test.after(() => rmSync(folder, { recursive: true }))
  mkdirSync(join(folder, 'dist'))
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'some', version: '1.0.0', dependencies: { known: '1.0.0' } }),
  )
  writeFileSync(join(folder, 'dist/there.js'), "export const from = 'nowhere'\n")
  writeFileSync(
    join(folder, 'dist/index.js'),
    `import 'side-effect'
import { join } from 'node:path'
import { a } from './there.js'
import {
  b,
} from './gone.js'
export { c } from 'known/part'
export * from "unnamed"
const later = await import('./late.js')
`,
  )
  assert.deepEqual(findMissing(folder), [
    'some/dist/index.js: side-effect',
    'some/dist/index.js: ./gone.js',
    'some/dist/index.js: unnamed',
    'some/dist/index.js: ./late.js',
  ])
})
