import type { JSONWebKeySet, JWK } from 'jose'

const MAXIMUM_KEYS = 100
const KEY_TYPES: ReadonlySet<unknown> = new Set(['RSA', 'EC', 'OKP'])

/**
 * Reads a JWK set (RFC 7517 §5), leaving out what must not verify a token: symmetric keys and
 * private ones, which their owner has then given away. `undefined` when it is not a JWK set.
 */
export function parsePublicJwks(document: unknown): JSONWebKeySet | undefined {
  if (!isObject(document) || !Array.isArray(document['keys'])) return undefined
  const keys: readonly unknown[] = document['keys']
  return { keys: keys.slice(0, MAXIMUM_KEYS).filter(isPublicKey) }
}

function isPublicKey(key: unknown): key is JWK {
  if (!isObject(key) || !KEY_TYPES.has(key['kty']) || 'd' in key || 'k' in key) return false
  if (key['use'] !== undefined && key['use'] !== 'sig') return false
  return ['kid', 'alg', 'use'].every(
    (name) => key[name] === undefined || typeof key[name] === 'string',
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
