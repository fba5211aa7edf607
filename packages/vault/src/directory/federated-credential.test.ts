import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { Fault } from '../fault.ts'
import { federatedCredential, type NewFederatedCredential } from './federated-credential.ts'

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const good: NewFederatedCredential = {
  displayName: 'test',
  now: 1,
  issuer: 'https://cluster.example',
  subject: 'system:serviceaccount:a:b',
  audiences: ['api://AzureADTokenExchange'],
}

test('an issuer that can be reached needs no keys, any other does', () => {
  assert.equal(federatedCredential(good).kind, 'federated')
  const jwks = JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] })
  assert.equal(
    federatedCredential({ ...good, issuer: 'kubernetes/serviceaccount', jwks }).jwks,
    jwks,
  )
})

for (const [property, changed] of [
  ['issuer', { issuer: 'http://cluster.example' }],
  ['issuer', { issuer: 'https://cluster.example/?a=b' }],
  ['issuer', { issuer: 'kubernetes/serviceaccount' }],
  ['issuer', { issuer: '' }],
  ['subject', { subject: '' }],
  ['subject', { subject: 'x'.repeat(601) }],
  ['audiences', { audiences: [] }],
  ['audiences', { audiences: [''] }],
  ['jwks', { jwks: 'x' }],
  ['jwks', { jwks: '{"keys":[]}' }],
  ['jwks', { jwks: '{"keys":[{"kty":"oct","k":"AAAA"}]}' }],
  ['jwks', { jwks: JSON.stringify({ keys: [privateKey.export({ format: 'jwk' })] }) }],
  ['jwks', { jwks: ' '.repeat(70_000) }],
] as const) {
  test(`${property} is checked: ${JSON.stringify(changed).slice(0, 60)}`, () => {
    assert.throws(
      () => federatedCredential({ ...good, ...changed }),
      (thrown) =>
        thrown instanceof Fault &&
        thrown.code === 'InvalidInput' &&
        JSON.stringify(thrown.detail).includes(property),
    )
  })
}
