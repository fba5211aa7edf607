import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'
import { assertScope, scopeOf } from './scope.ts'

const SCOPES: readonly (readonly [readonly string[], string])[] = [
  [['system', 'epoch'], 'system'],
  [['system'], 'system'],
  [['system', 'v', 'x', 'y'], 'system'],
  [['t1'], 'tenant.t1'],
  [['t1', 'principal', 'p'], 'tenant.t1'],
  [['t1', 'v'], 'tenant.t1'],
  [['t1', 'v', 'vid'], 'tenant.t1'],
  [['t1', 'v', 'vid', 'secret', 'name'], 'vault.vid'],
  [['t1', 'x', 'v', 'vid', 'secret'], 'tenant.t1'],
  [['systems', 'v', 'vid', 'secret'], 'vault.vid'],
  [['v', 'v', 'v', 'v'], 'vault.v'],
]

for (const [segments, scope] of SCOPES) {
  test(`a record ${segments.join('/')} is sealed in the scope ${scope}`, () => {
    const key = recordKeyOf(...segments)
    assert.equal(scopeOf(key), scope)
    assert.doesNotThrow(() => assertScope(scopeOf(key)))
  })
}

test('a prefix has the scope of the records below it', () => {
  assert.equal(scopeOf(prefixOf('t1', 'v', 'vid')), 'vault.vid')
  assert.equal(scopeOf(prefixOf('t1', 'principal')), 'tenant.t1')
})

test('what is no scope is refused', () => {
  for (const wrong of ['', 'system.x', 'tenant', 'tenant.', 'vault.A', 'vault.a/b', 'other.x']) {
    assert.throws(() => assertScope(wrong), TypeError)
  }
})
