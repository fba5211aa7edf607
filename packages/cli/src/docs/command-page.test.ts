import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { commandDocs, commandPage } from './command-page.ts'

test('docs/reference/cli.md is what "npm run docs" makes of the command', () => {
  assert.equal(readFileSync(commandPage, 'utf8'), commandDocs())
})

test('every command teaches by an example', () => {
  const blocks = commandDocs().split('```').filter((block) => block.startsWith('\nUsage:'))
  assert.ok(blocks.length > 10)
  for (const block of blocks.slice(1)) assert.match(block, /\nExample:\n {2}claviger \w+/)
})
