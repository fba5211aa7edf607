import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kernelVersion, lastCore } from './bench-machine.ts'

test('The last core this process may use is found in lists and ranges.', () => {
  assert.equal(lastCore('Cpus_allowed:\t3\nCpus_allowed_list:\t0-1\n'), 1)
  assert.equal(lastCore('Cpus_allowed_list:\t0,2-5,9\n'), 9)
  assert.equal(lastCore('Cpus_allowed_list:\t4\n'), 4)
  assert.throws(() => lastCore('nothing'), RangeError)
})

test('A kernel is named by its version, without what its builder has added.', () => {
  assert.equal(kernelVersion('6.8.0-45-generic'), '6.8.0')
  assert.equal(kernelVersion('6.12'), '6.12')
  assert.equal(kernelVersion('unheard-of'), 'unheard-of')
})
