import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maximumConnections } from './maximum-connections.ts'

function limitsWith(descriptors: string): string {
  return `Max processes 127 127 processes\nMax open files            ${descriptors}       files\n`
}

test('connections leave descriptors for the rest of the process, over all its listeners', () => {
  assert.equal(maximumConnections(limitsWith('1024                 4096')), 224)
  assert.equal(maximumConnections(limitsWith('100                  100')), 16)
})

test('where files are not limited, or nobody knows, connections are', () => {
  for (const limits of [limitsWith('1048576  1048576'), limitsWith('unlimited unlimited'), '']) {
    assert.equal(maximumConnections(limits), 16_384)
  }
})

test('this process has a limit', () => {
  assert.ok(maximumConnections() >= 16)
})
