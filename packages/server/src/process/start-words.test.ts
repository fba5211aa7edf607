import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { entryFile } from './entry-file.ts'
import { startAnswer } from './start-words.ts'

test('nothing is said where there is nothing but the start', () => {
  assert.equal(startAnswer([]), undefined)
})

test('the program tells how it is used, and starts nothing by mistake', () => {
  const program = entryFile('../main', import.meta.url)
  const started = (word: string): readonly unknown[] => {
    const args = ['--conditions=claviger-source', program, word]
    // A setting that is none: were it read, the start would end with 78.
    const env = { CLAVIGER_NOTHING: 'set' }
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
    return [status, stdout.startsWith('Usage: npm start\n'), stderr === '', stdout === '']
  }
  assert.deepEqual(started('--help'), [0, true, true, false])
  assert.deepEqual(started('--prot=8443'), [2, false, false, true])
})
