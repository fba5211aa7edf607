import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { LANGUAGES, isLanguage } from '../language/messages.ts'
import { COMMAND_PAGES, commandDocs } from './command-page.ts'

for (const language of Object.keys(LANGUAGES).filter(isLanguage)) {
  test(`the page of the command in ${language} is what "npm run docs" makes`, async () => {
    assert.equal(readFileSync(COMMAND_PAGES[language].url, 'utf8'), await commandDocs(language))
  })
}

test('every command teaches by an example', async () => {
  const page = await commandDocs('en')
  const blocks = page.split('```').filter((block) => block.startsWith('\nUsage:'))
  assert.ok(blocks.length > 10)
  for (const block of blocks.slice(1)) assert.match(block, /\nExample:\n {2}claviger \w+/)
})
