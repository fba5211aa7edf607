import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { speaking } from './language/messages.ts'
import { cliProgram } from './program.ts'
import { silent } from './testing/silent.ts'

async function commandsOf(...argv: readonly string[]): Promise<readonly string[]> {
  const program = await cliProgram(silent, speaking('en'), argv)
  return program.commands.map((command) => command.name())
}

describe('the program of a command line', () => {
  it('has the commands that the line names alone', async () => {
    assert.deepEqual(await commandsOf('secret', 'show', '--name', 'key'), ['secret'])
    assert.deepEqual(await commandsOf('--lang', 'en', '-o=json', 'kms', 'decrypt'), ['kms'])
    assert.ok((await commandsOf('audit', 'verify')).includes('audit'))
  })

  it('has all where all may be meant', async () => {
    const all = await commandsOf()
    assert.ok(all.length > 10)
    for (const line of ['--help', 'secert', 'help secret', 'completion bash', '--lang']) {
      assert.deepEqual(await commandsOf(...line.split(' ')), all)
    }
    // Each is found by its own name.
    for (const name of all) assert.ok((await commandsOf(name)).includes(name), name)
  })
})
