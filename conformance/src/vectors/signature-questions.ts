import { createHash } from 'node:crypto'
import type { Jwk } from '../programs/jwk.ts'
import { objectOf, textOf } from '../server/json.ts'
import { hexIn, type Vector } from './vector-file.ts'
import type { WireQuestion } from './wire-question.ts'

/** PKCS#1 v1.5 has no randomness in it: the vault must sign exactly what the file has. */
export function rsaSigningQuestion(alg: string, vector: Vector): WireQuestion | undefined {
  const { id, isValid, test, group } = vector
  if (group['sha'] !== `SHA-${alg.slice(2)}`) return undefined
  const jwk = group['privateKeyJwk'] as Jwk | undefined // a private JWK where the file has one
  if (jwk?.d === undefined) return undefined
  const body = { alg, value: digestOf(alg, hexIn(test, 'msg')) }
  const expected = { what: 'octets', value: hexIn(test, 'sig') } as const
  return { id, isValid, jwk, use: 'sign', body, expected }
}

/**
 * A JWS verified as the vault does it: three parts, the header's algorithm that of the key. The
 * files of signatures have public keys alone, which no vault takes; those of JOSE have the private ones.
 */
export function jwsQuestion(alg: string, vector: Vector): WireQuestion | undefined {
  const { id, isValid, test, group } = vector
  const jwk = group['private'] as Jwk & { readonly alg?: string } // a JWK where the file has one
  const parts = textOf(test, 'jws').split('.')
  if (jwk.alg !== alg || parts.length !== 3 || !parts.every(isBase64url)) return undefined
  const [header = '', payload = '', signature = ''] = parts
  if (!headerSays(header, alg) || isContradicted(vector)) return undefined
  const signed = Buffer.from(`${header}.${payload}`)
  const digest = alg.startsWith('HS') ? signed : digestOf(alg, signed)
  const body = { alg, digest, value: Buffer.from(signature, 'base64url') }
  const key = { ...jwk, key_ops: ['sign', 'verify'] }
  const expected = { what: 'verdict', value: isValid } as const
  return { id, isValid, jwk: key, use: 'verify', body, expected }
}

/** One file has the very same message as valid and, for what it says of padding, as invalid. */
function isContradicted({ isValid, test, group }: Vector): boolean {
  const tests: readonly unknown[] = Array.isArray(group['tests']) ? group['tests'] : []
  return !isValid && tests.map(objectOf).some((other) =>
    other['result'] === 'valid' && other['jws'] === test['jws'])
}

function headerSays(header: string, alg: string): boolean {
  try {
    const text = Buffer.from(header, 'base64url').toString('utf8')
    return objectOf(JSON.parse(text))['alg'] === alg
  } catch {
    return false
  }
}

function isBase64url(text: string): boolean {
  return text !== '' && Buffer.from(text, 'base64url').toString('base64url') === text
}

function digestOf(alg: string, message: Buffer): Buffer {
  return createHash(`sha${alg.slice(2)}`).update(message).digest()
}
