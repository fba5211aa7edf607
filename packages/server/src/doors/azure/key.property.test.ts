import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { ENCRYPTIONS, SIGNATURES, WRAPS } from '@claviger/vault'
import { doorUnderTest } from './door-under-test.ts'
import { createKey } from './key-under-test.ts'

// Bodies that are nearly right, so that they come past the first checks and reach the provider.

const octets = fc
  .oneof(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(8, 12, 16, 32, 48, 64, 256).map((size) => new Uint8Array(size)))
  .map((bytes) => Buffer.from(bytes).toString('base64url'))

const leaf = fc.oneof(
  { weight: 6, arbitrary: octets },
  fc.constantFrom<unknown>(null, undefined, '', 'A', '%', 5, [], {}, '\ud800'),
  fc.string({ maxLength: 10 }),
)

const algorithm = fc.constantFrom<unknown>(
  ...Object.keys(SIGNATURES), ...Object.keys(ENCRYPTIONS), ...Object.keys(WRAPS), 'none', '__proto__', 7,
)

const useOfKey = fc.record({
  path: fc
    .tuple(
      fc.constantFrom('ec', 'rsa', 'oct', 'absent'),
      fc.constantFrom('sign', 'verify', 'encrypt', 'decrypt', 'wrapkey', 'unwrapkey'),
    )
    .map(([name, verb]) => `/keys/${name}//${verb}`),
  method: fc.constant('POST'),
  body: fc.record(
    { alg: algorithm, value: octets, digest: leaf, iv: leaf, tag: leaf, aad: leaf },
    { requiredKeys: ['alg', 'value'] },
  ),
})

const jwks = [
  generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  generateKeyPairSync('rsa', { modulusLength: 2048 }),
  generateKeyPairSync('ed25519'),
].map(({ privateKey }) => privateKey.export({ format: 'jwk' }))

const importOfKey = fc.record({
  path: fc.constant('/keys/imported'),
  method: fc.constant('PUT'),
  body: fc.record({
    key: fc
      .tuple(
        fc.constantFrom<object>(...jwks, { kty: 'oct', k: 'AAAA' }),
        fc.dictionary(
          fc.constantFrom('kty', 'crv', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'x', 'y', 'k', 'key_ops', 'oth'),
          fc.oneof(leaf, fc.constantFrom('RSA', 'EC', 'oct', 'P-384', ['sign'])),
          { maxKeys: 2 },
        ),
      )
      .map(([key, changes]) => ({ ...key, ...changes })),
    Hsm: fc.constantFrom(true, false, undefined),
  }),
})

const duration = fc.constantFrom<unknown>('P90D', 'P2Y', 'P1D', 'P999999Y', '', null, 'x', 5, 'PT48H', 'P7D')

const policy = fc.record({
  path: fc.constant('/keys/ec/rotationpolicy'),
  method: fc.constant('PUT'),
  body: fc.record({
    lifetimeActions: fc.array(
      fc.record({
        trigger: fc.record({ timeAfterCreate: duration, timeBeforeExpiry: duration }, { requiredKeys: [] }),
        action: fc.record({ type: fc.constantFrom<unknown>('Rotate', 'notify', 'x', 1) }),
      }),
      { maxLength: 3 },
    ),
    attributes: fc.record({ expiryTime: duration }, { requiredKeys: [] }),
  }),
})

test('whatever a client sends of keys, the answer is never a failure of the server', async () => {
  const door = await doorUnderTest()
  await createKey(door, 'ec')
  await createKey(door, 'rsa', { kty: 'RSA' })
  const all = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey']
  await createKey(door, 'oct', { kty: 'oct', key_ops: all })
  const reached = new Set<string>()
  const property = fc.asyncProperty(fc.oneof(useOfKey, importOfKey, policy), async (sent) => {
    const { method, path, body } = sent
    const { status, json } = await door.call(method, path, { body })
    reached.add(`${method} ${status}`)
    assert.ok(status < 500, JSON.stringify({ sent, json }))
    assert.equal(status >= 400, 'error' in json)
  })
  // Chance alone reaches a use that succeeds in most runs only.
  const served = { path: '/keys/oct//encrypt', method: 'POST' as const, body: { alg: 'A256GCM', value: 'AAAA' } }
  await fc.assert(property, { numRuns: 2000, examples: [[served]] })
  assert.ok(['POST 200', 'POST 400', 'POST 403', 'POST 404', 'PUT 200', 'PUT 400'].every((one) => reached.has(one)), [...reached].join())
  assert.deepEqual(door.logged, [])
})
