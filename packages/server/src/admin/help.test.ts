import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { ADMIN_ZH_CN } from '../language/admin-zh-cn.ts'
import type { Language } from '../language/messages.ts'
import { adminProgram } from './program.ts'
import { runAdmin } from './run-admin.ts'

async function said(language: Language, ...argv: readonly string[]) {
  const output = { out: '', err: '' }
  const code = await runAdmin(argv, { ...surroundings(language, output) })
  return { code, ...output }
}

function surroundings(language: Language, output: { out: string; err: string }) {
  return {
    config: () => readConfig({}),
    workingDirectory: '/',
    language,
    out: (text: string) => (output.out += text),
    err: (text: string) => (output.err += text),
    input: async () => '',
  }
}

function textsOf(command: Command): readonly string[] {
  const parts = [...command.options, ...command.registeredArguments]
  return [
    command.description(),
    ...parts.map(({ description }) => description),
    ...command.commands.flatMap(textsOf),
  ].filter((text) => text !== '')
}

test('each text of the help has its Chinese, and there is none for another', () => {
  const english = new Set(textsOf(adminProgram(surroundings('en', { out: '', err: '' }))))
  const titles = Object.keys(ADMIN_ZH_CN).filter((text) => text.endsWith(':'))
  const known = new Set([...english, ...titles, 'display help for command'])
  assert.deepEqual(Object.keys(ADMIN_ZH_CN).toSorted(), [...known].toSorted())
})

test('the help is in the language of the run', async () => {
  const { code, out } = await said('zh-CN', 'vault', 'create', '--help')
  assert.equal(code, 0)
  const parts = ['用法：', '新建空的保管库', '（可选值：rbac, accessPolicies）', '示例：']
  for (const part of [...parts, '显示命令的帮助']) {
    assert.ok(out.includes(part), out)
  }
  assert.doesNotMatch(out, /Options:|Example:|help for/)
  const header = await said('zh-CN', 'identity', 'header', 'add', '--help')
  assert.match(header.out, /用途（默认值：identity header）/)
  assert.match((await said('zh-CN', '--help')).out, /管理保管库[^]*退出码：0 完成/)
  assert.match((await said('en', 'vault', 'create', '--help')).out, /\nExample:\n/)
})

test('what is wrong with the words is told once, in the language of the run', async () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [['vault', 'crate'], '没有命令 crate。'],
    [['vault', 'show'], '缺少参数 name。'],
    [['vault', 'list', '--exprot'], '没有选项 --exprot。'],
  ]
  for (const [argv, told] of cases) {
    assert.deepEqual(await said('zh-CN', ...argv), { code: 2, out: '', err: `${told}\n` })
  }
  const { code, err } = await said('en', 'vault', 'crate')
  assert.deepEqual([code, err], [2, "error: unknown command 'crate'\n(Did you mean create?)\n"])
})
