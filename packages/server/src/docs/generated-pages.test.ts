import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { test } from 'node:test'
import { GENERATED_PAGES } from './generated-pages.ts'

for (const { file, render } of GENERATED_PAGES) {
  test(`${basename(file.pathname)} is what "npm run docs" makes of the code`, () => {
    assert.equal(readFileSync(file, 'utf8'), render())
  })
}
