import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { speaking } from '../language/messages.ts'
import { entryFile } from './entry-file.ts'
import { startAnswer } from './start-words.ts'

test('nothing is said where there is nothing but the start', () => {
  assert.equal(startAnswer([], speaking('en')), undefined)
})

test('the program tells how it is used, and starts nothing by mistake', () => {
  const program = entryFile('../main', import.meta.url)
  const started = (line: string, locale = 'C'): readonly unknown[] => {
    const args = ['--conditions=claviger-source', program, ...line.split(' ')]
    // A setting that is none: were it read, the start would end with 78.
    const env = { CLAVIGER_NOTHING: 'set', LC_ALL: locale }
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
    return [status, stdout.split('\n', 1)[0], stderr.split('\n', 1)[0]]
  }
  const english = 'claviger: A start takes no arguments.'
  assert.deepEqual(started('--help'), [0, 'Usage: npm start', ''])
  assert.deepEqual(started('--prot=8443'), [2, '', english])
  assert.deepEqual(started('--help', 'zh_CN.UTF-8'), [0, '用法：npm start', ''])
  assert.deepEqual(started('--lang zh-CN x'), [2, '', 'claviger: 启动命令不接受参数。'])
  assert.deepEqual(started('x --lang=en', 'zh_CN'), [2, '', english])
  assert.deepEqual(started('--lang de'), [2, '', english])
})
