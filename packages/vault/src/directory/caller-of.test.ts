import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { callerOf } from './caller-of.ts'

const sources = join(import.meta.dirname, '..')

test('a caller is born only where a credential was checked', () => {
  const importers = readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('caller-of.test.ts'))
    .filter((path) => !path.startsWith('testing'))
    .filter((path) =>
      /['"][^'"]*\/caller-of\.ts['"]/.test(readFileSync(join(sources, path), 'utf8')),
    )
    .filter((path) => !path.startsWith('testing'))
    .map((path) => basename(path))
  assert.ok(importers.includes('authenticate-token.ts'))
  assert.deepEqual(
    importers.filter((name) => !/^authenticate-[a-z-]+\.ts$/.test(name)),
    [],
  )
})

test('a caller cannot be changed after its birth', () => {
  const groups = ['a']
  const caller = callerOf({
    kind: 'principal',
    tenant: 't',
    principal: 'p',
    claimedGroups: groups,
    authenticatedAt: 1,
    foreign: false,
    issuer: 'i',
  })
  groups.push('b')
  assert.deepEqual(caller.claimedGroups, ['a'])
  assert.throws(() => Object.assign(caller, { principal: 'q' }), TypeError)
})
