import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { adminCommandDocs, adminCommandPage } from './admin-command-docs.ts'

test('docs/reference/admin-command.md is current', () => {
  assert.equal(
    readFileSync(adminCommandPage, 'utf8'),
    adminCommandDocs(),
    'run: npx node --conditions=claviger-source packages/server/src/admin-command-docs.ts',
  )
})

test('every command teaches by an example', () => {
  const blocks = adminCommandDocs().split('```').filter((block) => block.startsWith('\nUsage:'))
  assert.ok(blocks.length > 30)
  for (const block of blocks.slice(1)) assert.match(block, /\nExample:\n {2}npm run admin -- \w+/)
})
