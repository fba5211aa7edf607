import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { MemoryVault } from '../testing/memory-vault.ts'
import { runInMemory } from '../testing/run-in-memory.ts'

const script = (await runInMemory(['completion', 'bash'], new MemoryVault(() => assert.fail('it has asked')))).output

/** What bash offers for a line whose last word is being typed. */
function offered(line: readonly string[]): readonly string[] {
  const words = line.map((word) => `'${word}'`).join(' ')
  const ask = `COMP_WORDS=(${words}); COMP_CWORD=${line.length - 1}; _claviger; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr, error } = spawnSync('bash', ['--norc', '-c', `${script}\n${ask}`], {
    encoding: 'utf8',
  })
  assert.deepEqual([error, stderr], [undefined, ''])
  return stdout.split('\n').filter((word) => word !== '')
}

const CASES: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['claviger', 'sec'], ['secret']],
  [['claviger', 'secret', 'list-d'], ['list-deleted']],
  [['claviger', 'key', 'rotation-policy', ''], ['show', 'update']],
  [['claviger', 'secret', 'set', '--val'], ['--value']],
  [['claviger', 'secret', 'show', '--name', 'key', '--que'], ['--query']],
  [['claviger', 'no-such-noun', 'x'], []],
  [['claviger', 'key', 'sign', '-a', 'ES2'], ['ES256', 'ES256K']],
  [['claviger', 'secret', 'list', '--output', 'ts'], ['tsv']],
  [['claviger', 'secret', 'set', '--file', '--val'], []],
  [['claviger', 'secret', 'set', '--disabled', '--val'], ['--value']],
  [['claviger', 'certificate', 'issuer', 'admin', 'a'], ['add']],
  [['claviger', 'kms', 'batch-g'], ['batch-get-secret-value']],
  [['claviger', 'completion', ''], ['bash', 'zsh', 'fish']],
]

for (const [line, words] of CASES) {
  test(`"${line.join(' ')}" is completed by ${words.join(', ') || 'nothing'}`, () => {
    const found = offered(line).filter((word) => line.at(-1) !== '' || !word.startsWith('--'))
    assert.deepEqual(found, words)
  })
}
