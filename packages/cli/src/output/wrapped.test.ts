import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Command } from 'commander'
import { type Language, LANGUAGES, speaking } from '../language/messages.ts'
import { cliProgram } from '../program.ts'
import { silent } from '../testing/silent.ts'
import { widthOf } from './text-width.ts'
import { wrapped } from './wrapped.ts'

describe('a text in lines', () => {
  it('ends them between words, and between characters that have two columns', () => {
    assert.equal(wrapped('one two three', 8), 'one two\nthree')
    assert.equal(wrapped('机密的名称', 4), '机密\n的名\n称')
    assert.equal(wrapped('a\n\n机密', 10), 'a\n\n机密')
  })

  it('breaks no word and begins no line with what closes a phrase', () => {
    assert.equal(wrapped('name=value', 4), 'name=value')
    assert.equal(wrapped('机密。机密', 4), '机\n密。\n机密')
    assert.equal(wrapped('机密,a', 4), '机\n密,a')
  })

  it('loses nothing but spaces at the end of a line', () => {
    const text = '  密钥 key, (可选值: a, b); 0123456789 的名称。'
    for (let columns = 1; columns < 60; columns += 1) {
      assert.equal(wrapped(text, columns).replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''))
    }
  })
})

describe('the help of every command', () => {
  for (const language of Object.keys(LANGUAGES) as Language[]) {
    it(`has lines that a terminal has room for, in ${language}`, async () => {
      const commands = allOf(await cliProgram(silent, speaking(language)))
      assert.ok(commands.length > 50)
      for (const command of commands) {
        for (const line of command.helpInformation().split('\n')) {
          assert.ok(widthOf(line) <= 96, line)
        }
      }
    })
  }
})

function allOf(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allOf)]
}
