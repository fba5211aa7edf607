import assert from 'node:assert/strict'
import { test } from 'node:test'
import { challenge } from './challenge.ts'

// Each reads the header as one family of official SDKs does.
const header = challenge('https://login.localhost:8443/tenant', 'https://vault.localhost:8443')

test('a client that splits at comma and space finds both values', () => {
  const pairs = header.slice('Bearer '.length).split(/,? +/).map((pair) => pair.split('='))
  assert.deepEqual(Object.fromEntries(pairs), {
    authorization: '"https://login.localhost:8443/tenant"',
    resource: '"https://vault.localhost:8443"',
  })
})

test('a client that splits at spaces finds one equals sign in each part', () => {
  const [scheme, ...parts] = header.split(' ')
  assert.equal(scheme, 'Bearer')
  for (const part of parts) assert.equal(part.split('=').length, 2)
})
