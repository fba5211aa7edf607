import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { JsonMembers, MalformedMember } from './json-members.ts'
import { readKeyOperationParameters } from './key-operation-parameters.ts'
import { keyTypeOf, readKeyCreateParameters, readKeyImportParameters } from './key-parameters.ts'
import { readKeyRotationPolicyParameters } from './key-rotation-policy.ts'

function refusal(read: () => unknown): string {
  try {
    read()
  } catch (thrown) {
    if (thrown instanceof MalformedMember) return thrown.message
    throw thrown
  }
  throw new Error('it was taken')
}

const of = (body: object): JsonMembers => new JsonMembers(body)

describe('the body of a new key', () => {
  it('is read member by member, null and absent alike', () => {
    const body = {
      kty: 'RSA-HSM',
      key_size: 3072,
      public_exponent: 65_537,
      crv: null,
      key_ops: ['sign'],
      attributes: { enabled: false, nbf: 1, exp: 2, exportable: false },
      release_policy: null,
      tags: { a: 'b' },
    }
    assert.deepEqual(readKeyCreateParameters(of(body)), {
      kty: 'RSA-HSM',
      keySize: 3072,
      publicExponent: 65_537,
      keyOps: ['sign'],
      enabled: false,
      nbf: 1,
      exp: 2,
      exportable: false,
      tags: { a: 'b' },
    })
    assert.deepEqual(readKeyCreateParameters(of({ kty: 'EC', attributes: {} })), { kty: 'EC' })
    assert.equal(readKeyCreateParameters(of({ kty: 'EC', release_policy: {} })).hasReleasePolicy, true)
  })

  it('has no exponent where it says 0, as the SDK for Java does when nobody has said one', () => {
    assert.deepEqual(readKeyCreateParameters(of({ kty: 'RSA', public_exponent: 0 })), { kty: 'RSA' })
  })

  it('has a type whose ending marks hardware', () => {
    assert.deepEqual(keyTypeOf('EC-HSM'), { type: 'EC', hsm: true })
    assert.deepEqual(keyTypeOf('oct'), { type: 'oct', hsm: false })
    assert.deepEqual(keyTypeOf('-HSM'), { type: '', hsm: true })
  })
})

describe('the body of an import', () => {
  const ec = { kty: 'EC', crv: 'P-256', x: 'AQ', y: 'Ag', d: 'Aw' }

  it('gives the private numbers as octets, and the mark from either place', () => {
    const { key, hsm, keyOps } = readKeyImportParameters(of({ key: { ...ec, key_ops: ['sign'] } }))
    assert.deepEqual(key, {
      kty: 'EC',
      crv: 'P-256',
      x: Uint8Array.of(1),
      y: Uint8Array.of(2),
      d: Uint8Array.of(3),
    })
    assert.deepEqual([hsm, keyOps], [false, ['sign']])
    assert.equal(readKeyImportParameters(of({ key: ec, Hsm: true })).hsm, true)
    assert.equal(readKeyImportParameters(of({ key: { ...ec, kty: 'EC-HSM' }, Hsm: false })).hsm, true)
  })

  it('has all factors of an RSA key or none', () => {
    const numbers = { kty: 'RSA', n: 'AQ', e: 'Ag', d: 'Aw' }
    const factors = { p: 'AQ', q: 'Ag', dp: 'Aw', dq: 'BA', qi: 'BQ' }
    const read = (key: object) => readKeyImportParameters(of({ key })).key
    assert.ok(!('primes' in read(numbers)))
    assert.ok('primes' in read({ ...numbers, ...factors }))
    for (const name of Object.keys(factors)) {
      const key = { ...numbers, ...factors, [name]: undefined }
      assert.equal(refusal(() => read(key)), `key.${name}: it must be given`)
    }
  })

  it('names the member that is wrong with its place', () => {
    const read = (body: object) => () => readKeyImportParameters(of(body))
    assert.equal(refusal(read({})), 'key: it must be given')
    assert.equal(refusal(read({ key: { ...ec, x: 'a b' } })), 'key.x: it must be base64url')
    assert.equal(refusal(read({ key: { ...ec, x: 5 } })), 'key.x: it must be a string')
    assert.equal(refusal(read({ key: { ...ec, key_ops: 'sign' } })), 'key.key_ops: it must be a JSON array')
    assert.equal(refusal(read({ key: { ...ec, key_ops: [1] } })), 'key.key_ops: each of its items must be a string')
    assert.match(refusal(read({ key: { kty: 'oct-HSM', key_hsm: 'e30' } })), /^key\.key_hsm: it must be left out/)
    assert.match(refusal(read({ key: { kty: '__proto__' } })), /^key\.kty: it must be RSA/)
  })
})

describe('the body of a use of a key', () => {
  it('takes base64url and base64, padded or not, and tells empty from absent', () => {
    for (const value of ['-_8', '-_8=', '+/8', '+/8=']) {
      const read = readKeyOperationParameters(of({ alg: 'A256GCM', value, aad: '', iv: null }))
      assert.deepEqual(read, { alg: 'A256GCM', value: Uint8Array.of(251, 255), aad: new Uint8Array() })
    }
  })
})

describe('the body of a rotation policy', () => {
  it('takes empty durations for absent and the names of actions in any case', () => {
    const body = {
      lifetimeActions: [
        { trigger: { timeAfterCreate: 'P90D', timeBeforeExpiry: '' }, action: { type: 'ROTATE' } },
        { trigger: null, action: { type: 'notify' } },
      ],
      attributes: { expiryTime: '' },
    }
    assert.deepEqual(readKeyRotationPolicyParameters(of(body)), {
      lifetimeActions: [{ type: 'Rotate', timeAfterCreate: 'P90D' }, { type: 'Notify' }],
    })
    assert.deepEqual(readKeyRotationPolicyParameters(of({})), { lifetimeActions: [] })
  })

  it('names the item that is wrong', () => {
    const read = (lifetimeActions: unknown) => () => readKeyRotationPolicyParameters(of({ lifetimeActions }))
    assert.equal(refusal(read({})), 'lifetimeActions: it must be a JSON array')
    assert.equal(refusal(read([5])), 'lifetimeActions[0]: it must be a JSON object')
    assert.equal(refusal(read([{}])), 'lifetimeActions[0].action: it must be given')
    const other = [{ action: { type: 'Rotate' } }, { action: { type: 'x' } }]
    assert.equal(refusal(read(other)), 'lifetimeActions[1].action.type: it must be Rotate or Notify')
  })
})
