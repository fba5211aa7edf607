import assert from 'node:assert/strict'
import { CryptographyClient } from '@azure/keyvault-keys'
import { client, credential, message, prefix, signsAndVerifies, version } from './key-client.ts'
import { localKey, localKeys, vaultJwk } from './local-keys.ts'
import { refused } from './refused.ts'
import { step } from './step.ts'

// How keys come in: every kind that can be created and imported, and what cannot.

const locals = localKeys()
const ALL_OPERATIONS = ['decrypt', 'encrypt', 'sign', 'unwrapKey', 'verify', 'wrapKey']
const CIPHER_OPERATIONS = ['decrypt', 'encrypt', 'unwrapKey', 'wrapKey']

for (const keySize of [2048, 3072, 4096]) {
  for (const hsm of [false, true]) {
    const keyType = hsm ? 'RSA-HSM' : 'RSA'
    await step(`creates ${keyType} ${keySize}, which signs`, async () => {
      const key = await client.createRsaKey(`${prefix}-${keyType}-${keySize}`, { keySize, hsm })
      assert.equal(key.keyType, keyType)
      assert.match(version(key), /^[0-9a-f]{32}$/)
      assert.equal(key.key?.n?.length, keySize / 8)
      assert.deepEqual(key.key?.e && [...key.key.e], [1, 0, 1])
      assert.deepEqual(key.keyOperations?.toSorted(), ALL_OPERATIONS)
      assert.equal(key.key?.d, undefined)
      await signsAndVerifies(key, 'PS256')
    })
  }
}

const CURVES = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512', 'P-256K': 'ES256K' } as const
for (const [curve, algorithm] of Object.entries(CURVES)) {
  for (const hsm of [false, true]) {
    const keyType = hsm ? 'EC-HSM' : 'EC'
    await step(`creates ${keyType} on ${curve}, which signs`, async () => {
      const key = await client.createEcKey(`${prefix}-${keyType}-${curve}`, { curve, hsm })
      assert.equal(key.keyType, keyType)
      assert.equal(key.key?.crv, curve)
      assert.deepEqual(key.keyOperations?.toSorted(), ['sign', 'verify'])
      await signsAndVerifies(key, algorithm)
    })
  }
}

for (const keySize of [128, 192, 256] as const) {
  for (const hsm of [false, true]) {
    const keyType = hsm ? 'oct-HSM' : 'oct'
    await step(`creates ${keyType} ${keySize}, which wraps and is not shown`, async () => {
      const key = await client.createOctKey(`${prefix}-${keyType}-${keySize}`, { keySize, hsm })
      assert.equal(key.keyType, keyType)
      assert.equal(key.key?.k, undefined)
      assert.deepEqual(key.keyOperations?.toSorted(), CIPHER_OPERATIONS)
      const crypto = new CryptographyClient(key, credential)
      const secret = message.subarray(0, 32)
      const algorithm = ({ 128: 'A128KW', 192: 'A192KW', 256: 'A256KW' } as const)[keySize]
      const wrapped = await crypto.wrapKey(algorithm, secret)
      const unwrapped = await crypto.unwrapKey(wrapped.algorithm, wrapped.result)
      assert.ok(Buffer.from(unwrapped.result).equals(secret))
    })
  }
}

await step('creates with its defaults: RSA 2048, EC P-256, oct 256', async () => {
  assert.equal((await client.createKey(`${prefix}-default`, 'RSA')).key?.n?.length, 256)
  assert.equal((await client.createKey(`${prefix}-default`, 'EC')).key?.crv, 'P-256')
  await client.createKey(`${prefix}-default`, 'oct')
  const crypto = client.getCryptographyClient(`${prefix}-default`)
  const wrapped = await crypto.wrapKey('A256KW', message.subarray(0, 16))
  assert.equal(wrapped.result.length, 24)
})

await step('keeps operations, tags and dates', async () => {
  const notBefore = new Date('2020-01-01T00:00:00Z')
  const expiresOn = new Date('2037-12-31T23:59:59Z')
  const tags = { team: 'blå', empty: '' }
  const options = { keyOps: ['sign'], notBefore, expiresOn, tags, enabled: true }
  await client.createRsaKey(`${prefix}-attributes`, options)
  const { properties, keyOperations } = await client.getKey(`${prefix}-attributes`)
  assert.deepEqual(keyOperations, ['sign'])
  assert.deepEqual(properties.tags, tags)
  assert.equal(properties.notBefore?.getTime(), notBefore.getTime())
  assert.equal(properties.expiresOn?.getTime(), expiresOn.getTime())
  assert.equal(properties.enabled, true)
  assert.ok(properties.createdOn && properties.updatedOn)
  assert.ok(properties.recoveryLevel?.includes('Recoverable'))
  assert.equal(properties.hsmPlatform, '0')
  assert.ok(!properties.exportable)
})

await step('refuses sizes, curves, types and names that there are none of', async () => {
  const name = `${prefix}-refused`
  await refused(client.createRsaKey(name, { keySize: 1024 }), 400, 'BadParameter')
  await refused(client.createRsaKey(name, { keySize: 2049 }), 400, 'BadParameter')
  await refused(client.createEcKey(name, { curve: 'P-224' }), 400, 'BadParameter')
  await refused(client.createOctKey(name, { keySize: 64 }), 400, 'BadParameter')
  await refused(client.createKey(name, 'DSA'), 400, 'BadParameter')
  await refused(client.createEcKey(name, { keyOps: ['encrypt'] }), 400, 'BadParameter')
  await refused(client.createEcKey('under_score'), 400, 'BadParameter')
  await refused(client.getKey(name), 404, 'KeyNotFound')
})

await step('imports as a new version, protected or not', async () => {
  const name = `${prefix}-imported`
  const made = await client.createEcKey(name)
  const { jwk } = localKey(locals, 'EC-P-256')
  const kept = await client.importKey(name, vaultJwk(jwk), {
    tags: { from: 'elsewhere' },
    hardwareProtected: true,
  })
  assert.equal(kept.keyType, 'EC-HSM')
  assert.deepEqual(kept.properties.tags, { from: 'elsewhere' })
  assert.notEqual(version(kept), version(made))
  assert.equal((await client.getKey(name)).id, kept.id)
  await signsAndVerifies(kept, 'ES256')
})

await step('refuses to import numbers that do not belong together', async () => {
  const name = `${prefix}-not-imported`
  const one = vaultJwk(localKey(locals, 'EC-P-256').jwk)
  const other = vaultJwk(localKey(locals, 'EC-P-256K').jwk)
  assert.ok(one.x && one.y && other.d && other.y)
  const { d: _, ...publicHalf } = one
  await refused(client.importKey(name, publicHalf), 400, 'BadParameter')
  await refused(client.importKey(name, { ...one, d: other.d }), 400, 'BadParameter')
  await refused(client.importKey(name, { ...one, y: other.y }), 400, 'BadParameter')
  const rsa = vaultJwk(localKey(locals, 'RSA-2048').jwk)
  const foreign = vaultJwk(localKey(locals, 'RSA-3072').jwk)
  assert.ok(foreign.d && foreign.n && foreign.p)
  await refused(client.importKey(name, { ...rsa, d: foreign.d }), 400, 'BadParameter')
  await refused(client.importKey(name, { ...rsa, n: foreign.n }), 400, 'BadParameter')
  await refused(client.importKey(name, { ...rsa, p: foreign.p }), 400, 'BadParameter')
  await refused(client.importKey(name, { kty: 'oct', k: Buffer.alloc(65) }), 400, 'BadParameter')
  await refused(client.getKey(name), 404, 'KeyNotFound')
})

await step('imports RSA without its primes', async () => {
  const { n, e, d } = vaultJwk(localKey(locals, 'RSA-2048').jwk)
  assert.ok(n && e && d)
  const key = await client.importKey(`${prefix}-no-primes`, { kty: 'RSA', n, e, d })
  await signsAndVerifies(key, 'RS256')
})

console.log('done')
