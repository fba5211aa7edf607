import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeySpec } from '@claviger/vault'
import { doorUnderTest, type DoorUnderTest } from './door-under-test.ts'

// Kinds of keys that this door does not make: another one may, and both show the same vault.

const FOREIGN = [
  ['sm2', { type: 'EC', curve: 'SM2' }, { kty: 'EC', crv: 'SM2' }],
  ['sm4', { type: 'SM4', bits: 128 }, { kty: 'SM4' }],
  ['hmac', { type: 'HMAC', bits: 256 }, { kty: 'HMAC' }],
] as const satisfies readonly (readonly [string, KeySpec, object])[]

const octets = (count: number): string => Buffer.alloc(count, 7).toString('base64url')

async function doorWithForeignKeys(): Promise<DoorUnderTest> {
  const door = await doorUnderTest()
  const { vault, administrator } = door.memory
  for (const [name, spec] of FOREIGN) {
    await vault.keys.create(administrator, { key: { vault: 'default', name }, hsm: false, spec })
  }
  return door
}

test('keys of other doors are shown and listed by the names of their kinds', async () => {
  const { call, send } = await doorWithForeignKeys()
  for (const [name, , members] of FOREIGN) {
    for (const path of [`/keys/${name}`, `/keys/${name}/versions`]) {
      const answer = await call('GET', path)
      assert.equal(answer.status, 200, answer.text)
    }
    const { json } = await send('GET', `/keys/${name}?api-version=2026-01-01-preview`)
    const shown: Record<string, unknown> = Object(json['key'])
    const { kty, crv } = shown
    assert.deepEqual({ kty, ...(crv === undefined ? {} : { crv }) }, members)
    assert.equal('x' in shown && 'y' in shown, name === 'sm2')
    assert.equal('k' in shown || 'd' in shown, false)
  }
  const { json } = await call('GET', '/keys')
  assert.equal(Array.isArray(json['value']) && json['value'].length, FOREIGN.length)
})

test('keys of other doors are changed, rotated, moved and deleted as any other', async () => {
  const { call } = await doorWithForeignKeys()
  for (const [name] of FOREIGN) {
    const first = await call('GET', `/keys/${name}`)
    const kid = String(Object(first.json['key'])['kid'])
    const version = kid.split('/').at(-1)
    const changed = await call('PATCH', `/keys/${name}/${version}`, { body: { tags: { a: 'b' } } })
    assert.equal(changed.status, 200, changed.text)
    const rotated = await call('POST', `/keys/${name}/rotate`)
    // A code names no version of its key, so none could be verified after a rotation.
    assert.equal(rotated.status, name === 'hmac' ? 403 : 200, rotated.text)
    const { key = first.json['key'] } = rotated.json
    assert.equal(Object(key)['kty'], Object(first.json['key'])['kty'])
    const backup = await call('POST', `/keys/${name}/backup`)
    const deleted = await call('DELETE', `/keys/${name}`)
    assert.equal(deleted.status, 200, deleted.text)
    assert.equal((await call('GET', '/deletedkeys')).status, 200)
    assert.equal((await call('GET', `/deletedkeys/${name}`)).status, 200)
    assert.equal((await call('DELETE', `/deletedkeys/${name}`)).status, 204)
    const restored = await call('POST', '/keys/restore', { body: { value: backup.json['value'] } })
    assert.equal(restored.status, 200, restored.text)
  }
})

test('a name in key_ops must fit a key of another door too', async () => {
  const { call } = await doorWithForeignKeys()
  for (const [name] of FOREIGN) {
    const kid = String(Object((await call('GET', `/keys/${name}`)).json['key'])['kid'])
    const answer = await call('PATCH', `/keys/${name}/${kid.split('/').at(-1)}`, {
      body: { key_ops: ['wrapKey'] },
    })
    assert.equal(answer.status, 400, answer.text)
  }
})

test('no algorithm of this door goes with a key of another one', async () => {
  const { call } = await doorWithForeignKeys()
  const value = octets(32)
  const [iv, aead] = [octets(16), { iv: octets(12), tag: octets(16) }]
  for (const [name] of FOREIGN) {
    const uses = [
      ...['ES256', 'RS256', 'HS256', 'EdDSA', 'RSNULL'].flatMap((alg) => [
        ['sign', { alg, value }] as const,
        ['verify', { alg, digest: value, value }] as const,
      ]),
      ...['A128CBC', 'A128CBCPAD'].flatMap((alg) => [
        ['encrypt', { alg, value, iv }] as const,
        ['decrypt', { alg, value, iv }] as const,
      ]),
      ['encrypt', { alg: 'A128GCM', value }] as const,
      ['decrypt', { alg: 'A128GCM', value, ...aead }] as const,
      ...['A128KW', 'RSA-OAEP'].flatMap((alg) => [
        ['wrapkey', { alg, value }] as const,
        ['unwrapkey', { alg, value }] as const,
      ]),
    ]
    for (const [verb, body] of uses) {
      const answer = await call('POST', `/keys/${name}//${verb}`, { body })
      const isRefused = answer.status === 400 || answer.status === 403
      assert.ok(isRefused, `${name} ${verb} ${body.alg}: ${answer.text}`)
    }
  }
})

test('algorithms of other doors have no name here', async () => {
  const { call } = await doorWithForeignKeys()
  const value = octets(32)
  for (const alg of ['SM2-SM3', 'SM2DSA', 'HMAC-SM3', 'null']) {
    const signed = await call('POST', '/keys/sm2//sign', { body: { alg, value } })
    assert.equal(signed.status, 400, signed.text)
  }
  for (const alg of ['SM4-GCM', 'SM4-ECB', 'A128ECB', 'A256ECBPAD', 'SM2PKE', 'null']) {
    for (const name of ['sm2', 'sm4']) {
      const answer = await call('POST', `/keys/${name}//encrypt`, { body: { alg, value } })
      assert.equal(answer.status, 400, answer.text)
      assert.doesNotMatch(answer.text, /must be.*(SM[234]|ECB)/)
    }
  }
})

test('kinds of keys of other doors are neither made nor imported here, nor for certificates', async () => {
  const { call, memory } = await doorUnderTest()
  const numbers = { x: octets(32), y: octets(32), d: octets(32) }
  const policy = (kty: string, more: object): object => ({
    policy: { key_props: { kty, ...more }, x509_props: { subject: 'CN=x' }, issuer: { name: 'Self' } },
  })
  const refused = await Promise.all([
    call('POST', '/keys/k/create', { body: { kty: 'EC', crv: 'SM2' } }),
    call('POST', '/keys/k/create', { body: { kty: 'EC-HSM', crv: 'SM2' } }),
    ...['SM4', 'HMAC', 'SM4-HSM', 'HMAC-HSM', 'SM2'].map((kty) =>
      call('POST', '/keys/k/create', { body: { kty, key_size: 128 } }),
    ),
    call('PUT', '/keys/k', { body: { key: { kty: 'EC', crv: 'SM2', ...numbers } } }),
    ...['SM4', 'HMAC'].map((kty) => call('PUT', '/keys/k', { body: { key: { kty, k: octets(16) } } })),
    call('POST', '/certificates/c/create', { body: policy('EC', { crv: 'SM2' }) }),
    ...['SM4', 'HMAC', 'SM2'].map((kty) => call('POST', '/certificates/c/create', { body: policy(kty, {}) })),
  ])
  for (const answer of refused) {
    assert.equal(answer.status, 400, answer.text)
    assert.doesNotMatch(answer.text, /must be.*\b(SM[234]|HMAC)/)
  }
  const page = await memory.vault.keys.list(memory.administrator, { vault: 'default' })
  assert.equal(page.items.length, 0)
})

test('a certificate with a key of another door is shown and made anew as it is', async () => {
  const { call, memory } = await doorUnderTest()
  const certificate = { vault: 'default', name: 'national' }
  const spec = { type: 'EC', curve: 'SM2' } as const
  const policy = { subject: 'CN=example.com', spec, issuer: { name: 'Self' } }
  const { vault, administrator } = memory
  await vault.certificates.create(administrator, { certificate, policy })
  const { status, json, text } = await call('GET', '/certificates/national')
  assert.equal(status, 200, text)
  const shown: unknown = Object(Object(json['policy'])['key_props'])
  assert.deepEqual(shown, { exportable: true, kty: 'EC', key_size: 256, reuse_key: false, crv: 'SM2' })
  await vault.certificates.create(administrator, { certificate })
  const again = await call('GET', '/certificates/national')
  assert.notEqual(again.json['kid'], json['kid'])
  const secret = await call('GET', '/secrets/national')
  assert.equal(secret.status, 200, secret.text)
})
