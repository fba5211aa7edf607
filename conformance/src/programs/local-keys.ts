import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { JsonWebKey as VaultJwk, KeyVaultKey } from '@azure/keyvault-keys'
import type { Jwk } from './jwk.ts'
import { variable } from './step.ts'

/** A key whose private half is known here, so that both sides of an algorithm can be computed. */
export interface LocalKey {
  readonly jwk: Jwk
  /** The private key, or the secret one. */
  readonly own: KeyObject
}

/** The members of a JWK that hold octets, which the official client wants as such. */
const OCTETS = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'x', 'y', 'k'] as const

/** The keys that the suite has made and will look for, by names such as `RSA-2048`. */
export function localKeys(): ReadonlyMap<string, LocalKey> {
  const text = readFileSync(variable('LOCAL_KEYS'), 'utf8')
  // Written by the suite a moment ago.
  const keys = Object.entries(JSON.parse(text) as Record<string, Jwk>)
  return new Map(keys.map(([name, jwk]) => [name, { jwk, own: ownKey(jwk) }]))
}

/** @throws AssertionError when the suite made no such key. */
export function localKey(keys: ReadonlyMap<string, LocalKey>, name: string): LocalKey {
  const key = keys.get(name)
  assert.ok(key, `there is no local key ${name}`)
  return key
}

/** A JWK as the official client takes it. */
export function vaultJwk(jwk: Jwk): VaultJwk {
  const octets = OCTETS.flatMap((name) => {
    const text = jwk[name]
    return text === undefined ? [] : [[name, Buffer.from(text, 'base64url')] as const]
  })
  const { kty, crv, key_ops: keyOps } = jwk
  return {
    kty,
    ...(crv === undefined ? {} : { crv: crv === 'secp256k1' ? 'P-256K' : crv }),
    ...(keyOps === undefined ? {} : { keyOps }),
    ...Object.fromEntries(octets),
  }
}

/** The public half that the vault shows, for node:crypto. */
export function publicKeyOf({ key }: KeyVaultKey): KeyObject {
  assert.ok(key?.kty)
  const { kty, crv } = key
  const octets = (['n', 'e', 'x', 'y'] as const).flatMap((name) => {
    const value = key[name]
    return value === undefined ? [] : [[name, Buffer.from(value).toString('base64url')] as const]
  })
  const curve = crv === undefined ? {} : { crv: crv === 'P-256K' ? 'secp256k1' : crv }
  const jwk = { kty: kty.replace('-HSM', ''), ...curve, ...Object.fromEntries(octets) }
  return createPublicKey({ key: jwk, format: 'jwk' })
}

/** The private key, or the secret one, for node:crypto. */
export function ownKey(jwk: Jwk): KeyObject {
  if (jwk.k !== undefined) return createSecretKey(Buffer.from(jwk.k, 'base64url'))
  return createPrivateKey({ key: jwk, format: 'jwk' })
}
