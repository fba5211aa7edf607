import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import { newKey } from '../../crypto/software/new-key.ts'
import { handleOf } from '../provider/key-set.ts'
import { knownHandle } from '../provider/known-handle.ts'
import type { KnownKey } from '../known-answers/known-answer.ts'
import { hex, text, type Group, type Members } from './vector-file.ts'

/** A handle of the public key of a group. */
export async function publicHandle(provider: Provider, pem: string): Promise<KeyHandle> {
  return (await knownHandle(provider, jwkOf(createPublicKey(pem)))).handle
}

/** A handle of the private key of a group, imported. */
export async function privateHandle(provider: Provider, group: Group): Promise<KeyHandle> {
  return (await knownHandle(provider, jwkOf(privateKeyOf(group)))).handle
}

/**
 * A handle of the private key of a group as the software provider would have written it. To import
 * the hundred keys of the files of ciphertexts would take fifteen seconds, for OpenSSL to find again
 * that their primes are prime.
 */
export function writtenHandle(group: Group): KeyHandle {
  const key = privateKeyOf(group)
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
  return handleOf(newKey({ type: 'RSA', bits, publicExponent: 65_537 }, key))
}

function privateKeyOf(group: Group): KeyObject {
  return createPrivateKey({ key: hex(group, 'privateKeyPkcs8'), type: 'pkcs8', format: 'der' })
}

/** A handle of symmetric octets, imported. */
export async function octHandle(provider: Provider, k: Uint8Array): Promise<KeyHandle> {
  return handleOf(await provider.import({ kty: 'oct', k }))
}

/** A handle of a key in a JWK. */
export async function jwkHandle(provider: Provider, jwk: Members): Promise<KeyHandle> {
  const kty = (['RSA', 'EC', 'OKP', 'oct'] as const).find((one) => one === jwk['kty']) ?? 'oct'
  const names = ['crv', 'n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'x', 'y', 'k'] as const
  const given = names.filter((name) => name in jwk).map((name) => [name, text(jwk, name)])
  const key: KnownKey = { kty, ...Object.fromEntries(given) }
  return (await knownHandle(provider, key)).handle
}

function jwkOf(key: KeyObject): KnownKey {
  const { kty, ...members } = key.export({ format: 'jwk' })
  return { ...members, kty: kty === 'RSA' ? 'RSA' : 'EC' }
}
