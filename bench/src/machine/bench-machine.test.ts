import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastCore } from './bench-machine.ts'

test('The last core this process may use is found in lists and ranges.', () => {
  assert.equal(lastCore('Cpus_allowed:\t3\nCpus_allowed_list:\t0-1\n'), 1)
  assert.equal(lastCore('Cpus_allowed_list:\t0,2-5,9\n'), 9)
  assert.equal(lastCore('Cpus_allowed_list:\t4\n'), 4)
  assert.throws(() => lastCore('nothing'), RangeError)
})
