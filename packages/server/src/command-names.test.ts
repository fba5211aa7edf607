import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commandNamesOf } from './command-names.ts'

test('a person is told what there is to type, by the way the program was started', () => {
  const source = 'file:///clone/packages/server/src/command-names.ts'
  const compiled = 'file:///own/node_modules/@claviger/server/dist/command-names.js'
  assert.equal(commandNamesOf(source, 'node').admin, 'npm run admin --')
  assert.equal(commandNamesOf(source, 'claviger').admin, 'npm run admin --')
  assert.equal(commandNamesOf(compiled, 'claviger').auditVerify, 'claviger audit verify')
  assert.equal(commandNamesOf(compiled, '/usr/bin/node').start, 'claviger-server start')
})
