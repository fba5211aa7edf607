import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'

const DOCS = new URL('../../../docs/', import.meta.url)
const PAGES = ['how-to/use-the-typescript-client.md', 'zh-CN/use-the-typescript-client.md'].map(
  (path) => new URL(path, DOCS),
)

/** A piece of code on a page, with the example that was named last before it. */
interface Piece {
  readonly example: string
  readonly lines: readonly string[]
}

function piecesOf(text: string): readonly Piece[] {
  let example = ''
  return [...text.matchAll(/\((\.\.\/\.\.\/examples\/[^)]+\.ts)\)|^```ts\n(.*?)^```$/gms)].flatMap(
    ([, named, code]) => {
      if (named !== undefined) example = named
      return code === undefined ? [] : [{ example, lines: code.trimEnd().split('\n') }]
    },
  )
}

describe('how the client is used', () => {
  it('is told in lines of programs that run, in their order', () => {
    for (const page of PAGES) {
      const pieces = piecesOf(readFileSync(page, 'utf8'))
      assert.ok(pieces.length > 5)
      for (const { example, lines } of pieces) {
        const program = readFileSync(new URL(example, page), 'utf8').split('\n')
        let from = 0
        for (const line of lines) {
          const at = program.indexOf(line, from)
          assert.ok(at !== -1, `${example} has no line, there: ${line}`)
          from = at + 1
        }
      }
    }
  })

  it('is told by the same code in every language', () => {
    const codes = PAGES.map((page) => readFileSync(page, 'utf8').match(/^```\w+\n.*?^```$/gms))
    assert.deepEqual(codes[1], codes[0])
  })

  it('leads to files that are there', () => {
    for (const page of PAGES) {
      const text = readFileSync(page, 'utf8')
      for (const [, path = ''] of text.matchAll(/\]\((\.\.\/[^)#]+)\)/g)) {
        assert.ok(existsSync(new URL(path, page)), path)
      }
    }
  })
})
