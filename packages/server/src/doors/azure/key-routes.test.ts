import assert from 'node:assert/strict'
import { createHash, createPublicKey, verify } from 'node:crypto'
import { test } from 'node:test'
import { doorUnderTest } from './door-under-test.ts'
import { createKey } from './key-under-test.ts'

test('an EC key signs a digest that node:crypto verifies, and verifies it itself', async () => {
  const door = await doorUnderTest()
  const { kid, key, version } = await createKey(door, 'k')
  const message = Buffer.from('message')
  const digest = createHash('sha256').update(message).digest('base64url')
  const signed = await door.call('POST', '/keys/k//sign', { body: { alg: 'ES256', value: digest } })
  assert.equal(signed.status, 200, signed.text)
  assert.equal(signed.json['kid'], kid)
  const signature = String(signed.json['value'])
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: String(key['crv']), x: String(key['x']), y: String(key['y']) }, format: 'jwk' })
  const dsaEncoding = 'ieee-p1363'
  assert.ok(verify('sha256', message, { key: publicKey, dsaEncoding }, Buffer.from(signature, 'base64url')))
  const body = { alg: 'ES256', digest, value: signature }
  const verified = await door.call('POST', `/keys/k/${version}/verify`, { body })
  assert.deepEqual(verified.json, { value: true })
})
