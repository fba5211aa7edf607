import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { EXIT } from '../exit-codes.ts'

const PAGES = ['../how-to/use-the-command-line.md', 'use-the-command-line.md'].map(
  (path) => new URL(path, new URL('../../../../docs/zh-CN/', import.meta.url)),
)

const TEXTS = PAGES.map((page) => readFileSync(page, 'utf8'))

/** The lines that a person types, without what is said about them. */
function typedIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines = '']) => lines)
  return blocks.flatMap((lines) => lines.trim().split('\n')).map((line) => line.replace(/ +# .*$/, ''))
}

describe('how the command line is used', () => {
  it('is told by the same lines in every language', () => {
    const [english = [], ...others] = TEXTS.map(typedIn)
    assert.ok(english.length > 10)
    for (const other of others) assert.deepEqual(other, english)
  })

  it('names each exit code, and no other', () => {
    for (const text of TEXTS) {
      const codes = [...text.matchAll(/^\| (\d+) \| /gm)].map(([, code]) => Number(code))
      assert.deepEqual(codes, Object.values(EXIT))
    }
  })

  it('leads to pages that are there', () => {
    for (const [index, text] of TEXTS.entries()) {
      for (const [, path = ''] of text.matchAll(/\]\(([^)#:]+\.md)[^)]*\)/g)) {
        assert.ok(existsSync(new URL(path, PAGES[index])), path)
      }
    }
  })
})
