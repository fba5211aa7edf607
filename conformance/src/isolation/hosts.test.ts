import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOST_NAMES, withHostLines, withoutHostLines } from './hosts.ts'

const machine = '127.0.0.1 localhost\n# login.localhost\n'

test('The lines are added once, also after a run that could not take them out.', () => {
  const once = withHostLines(machine)
  assert.equal(withHostLines(once), once)
  assert.equal(once.split('\n').length, machine.split('\n').length + HOST_NAMES.length)
})

test('Taking the lines out gives back what was there.', () => {
  assert.equal(withoutHostLines(withHostLines(machine)), machine)
  assert.equal(withoutHostLines(machine), machine)
})
