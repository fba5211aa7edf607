import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Command } from 'commander'
import { wordsApart } from './words-apart.ts'

const program = new Command().option('-o, --output <form>').option('--show').option('--lang <language>')

describe('the words of the server', () => {
  const CASES: readonly (readonly [string, string])[] = [
    ['admin vault list --output json --lang en', 'admin -- vault list --output json --lang en'],
    ['admin --help', 'admin -- --help'],
    ['admin', 'admin --'],
    ['start --help', 'start -- --help'],
    ['audit verify --export -- -h', 'audit verify -- --export -- -h'],
    ['--lang zh-CN --show -o json admin -o x', '--lang zh-CN --show -o json admin -- -o x'],
    ['--lang=en start', '--lang=en start --'],
  ]
  for (const [typed, apart] of CASES) {
    it(`stand apart in: ${typed}`, () => {
      assert.deepEqual(wordsApart(program, typed.split(' ')), apart.split(' '))
    })
  }

  for (const typed of ['', 'audit --help', 'secret show --name admin', '--output admin secret', '--lang']) {
    it(`are none in: ${typed}`, () => {
      const argv = typed.split(' ').filter((word) => word !== '')
      assert.deepEqual(wordsApart(program, argv), argv)
    })
  }
})
