import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('../main.ts', import.meta.url))

describe('the help of the server\'s own commands', () => {
  const CASES: readonly (readonly [string, string, string])[] = [
    ['start --help', 'C', 'Usage: npm start'],
    ['start --help', 'zh_CN.UTF-8', '用法：npm start'],
    ['--lang zh-CN start --help', 'C', '用法：npm start'],
    ['start --lang zh-CN --help', 'C', '用法：npm start'],
    ['--lang zh-CN audit verify --help', 'C', '用法：npm run audit:verify'],
    ['--lang en audit verify --help', 'zh_CN.UTF-8', 'Usage: npm run audit:verify'],
    ['--lang zh-CN admin --help', 'C', '用法： npm run admin'],
    ['admin vault list --help', 'C', 'Usage: npm run admin'],
  ]
  for (const [line, locale, beginning] of CASES) {
    it(`begins with ${beginning} in ${locale} for: ${line}`, () => {
      const args = ['--conditions=claviger-source', PROGRAM, ...line.split(' ')]
      const options = { env: { LC_ALL: locale }, encoding: 'utf8' } as const
      const { status, stdout, stderr } = spawnSync(process.execPath, args, options)
      assert.deepEqual([status, stderr], [0, ''])
      assert.ok(stdout.startsWith(beginning), stdout)
    })
  }
})
