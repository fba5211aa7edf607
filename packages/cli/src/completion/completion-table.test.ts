import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryVault } from '../testing/memory-vault.ts'
import { type CliResult, runInMemory } from '../testing/run-in-memory.ts'
import type { CompletionTable } from './completion-table.ts'
import { fishCompletion } from './fish-completion.ts'
import { zshCompletion } from './zsh-completion.ts'

const completion = (words: readonly string[], SHELL?: string): Promise<CliResult> =>
  runInMemory(['completion', ...words], new MemoryVault(() => assert.fail('it has asked')), {
    environment: SHELL === undefined ? {} : { SHELL },
  })

describe('claviger completion', () => {
  it('is for the shell that is named, else for that of the person, else for bash', async () => {
    const CASES: readonly (readonly [readonly string[], string | undefined, RegExp])[] = [
      [['zsh'], '/bin/bash', /^#compdef claviger\n/],
      [['fish'], undefined, /^# Completion of claviger for fish/],
      [['bash'], '/bin/zsh', /^# Completion of claviger for bash/],
      [[], '/usr/bin/fish', /^# Completion of claviger for fish/],
      [[], '/bin/zsh', /^#compdef claviger\n/],
      [[], '/bin/ksh', /^# Completion of claviger for bash/],
      [[], undefined, /^# Completion of claviger for bash/],
    ]
    for (const [words, shell, begin] of CASES) {
      assert.match((await completion(words, shell)).output, begin)
    }
  })

  it('refuses a shell that it does not know', async () => {
    const { code, output } = await completion(['tcsh'])
    assert.deepEqual([code, output], [2, ''])
  })
})

describe('a description of a command', () => {
  const about = "it's `id` $(id) \\ a:b"
  const table: CompletionTable = { rows: [{ path: '', offers: [{ word: 'go', about }] }], values: [] }

  it('is text to zsh, and no part of another one', () => {
    const word = `'go:it'\\''s \`id\` $(id) \\\\ a\\:b'`
    assert.ok(zshCompletion(table).includes(`offers=(${word})`))
  })

  it('is text to fish', () => {
    const words = `'go' 'it\\'s \`id\` $(id) \\\\ a:b'`
    assert.ok(fishCompletion(table).includes(`printf '%s\\t%s\\n' ${words}\n`))
  })
})
