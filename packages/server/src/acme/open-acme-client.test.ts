import assert from 'node:assert/strict'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { driverUnderTest } from './driver-under-test.ts'

const { cache } = createRequire(import.meta.url)

function isLoaded(): boolean {
  const brought = /[\\/]node_modules[\\/](acme-client|axios|node-forge)[\\/]/
  return Object.keys(cache).some((path) => brought.test(path))
}

test('the library of ACME is loaded by the first order, not by the start of a server', async () => {
  // All that the primary and a worker are made of.
  await import('../composition/compose-primary.ts')
  await import('../composition/compose-worker.ts')
  const { server, order, place } = await driverUnderTest()
  assert.equal(isLoaded(), false)
  await place(await order('web'))
  assert.equal(server.orders.length, 1)
  assert.equal(isLoaded(), true)
})
