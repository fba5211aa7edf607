import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { findPlanted } from './find-planted.ts'

const value = 'canary-0123456789abcdef'
const planted = [{ what: 'the value', value, allowedIn: ['connect.env'] }]

for (const encoding of ['utf8', 'hex', 'base64', 'base64url'] as const) {
  for (const before of ['', 'x', 'xy', 'xyz']) {
    test(`A value is found in ${encoding} after ${before.length} other octets.`, () => {
      const text = Buffer.from(`${before}${value}and more`).toString(encoding)
      assert.equal(findPlanted(planted, [], { log: text }).length, 1)
    })
  }
}

test('Nothing is found where nothing is, nor in a file that may hold it.', () => {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-find-planted-'))
  try {
    const allowed = join(folder, 'connect.env')
    const other = join(folder, 'store')
    writeFileSync(allowed, value)
    writeFileSync(other, 'canary-0123456789abcdee')
    assert.deepEqual(findPlanted(planted, [allowed, other, join(folder, 'gone')], {}), [])
    writeFileSync(other, value)
    const found = findPlanted(planted, [allowed, other], {})
    assert.deepEqual(found, ['the value stands as it is in store'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('A value too short to mean anything is refused.', () => {
  const short = [{ what: 'nothing', value: '', allowedIn: [] }]
  assert.throws(() => findPlanted(short, [], {}), RangeError)
})
