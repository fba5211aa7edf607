import type { Jwk } from '../programs/jwk.ts'
import { hexIn, type Vector } from './vector-file.ts'
import type { Expected, WireQuestion } from './wire-question.ts'

const ALL_OPERATIONS = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey']

/** RSA decryption, without labels, which the vault does not have. */
export function rsaQuestion(alg: string, vector: Vector): WireQuestion | undefined {
  const { id, isValid, test, group } = vector
  if (hexIn(test, 'label').length > 0) return undefined
  const jwk = group['privateKeyJwk'] as Jwk | undefined // a private JWK where the file has one
  if (jwk?.d === undefined) return undefined
  const message = hexIn(test, 'msg')
  const rejected: Expected =
    alg === 'RSA1_5' ? { what: 'nothing of value', value: message } : { what: 'refusal' }
  const expected: Expected = isValid ? { what: 'octets', value: message } : rejected
  return { id, isValid, jwk, use: 'decrypt', body: { alg, value: hexIn(test, 'ct') }, expected }
}

/** AES decryption: GCM with an IV of 96 bits and a whole tag, CBC with padding. */
export function aesQuestion(alg: string, vector: Vector): WireQuestion | undefined {
  const { test, group } = vector
  const isGcm = alg.endsWith('GCM')
  if (group['keySize'] !== Number(alg.slice(1, 4))) return undefined
  if (isGcm && (group['ivSize'] !== 96 || group['tagSize'] !== 128)) return undefined
  const more = isGcm ? { tag: hexIn(test, 'tag'), aad: hexIn(test, 'aad') } : {}
  const body = { alg, value: hexIn(test, 'ct'), iv: hexIn(test, 'iv'), ...more }
  return { ...common(vector), use: 'decrypt', body, expected: openedOrRefused(vector) }
}

/** RFC 3394. */
export function keyWrapQuestion(alg: string, vector: Vector): WireQuestion | undefined {
  const { test, group } = vector
  if (group['keySize'] !== Number(alg.slice(1, 4))) return undefined
  const body = { alg, value: hexIn(test, 'ct') }
  return { ...common(vector), use: 'unwrapkey', body, expected: openedOrRefused(vector) }
}

/** HMAC, whole, with a key as long as the hash or longer, up to what can be imported. */
export function macQuestion(alg: string, vector: Vector): WireQuestion | undefined {
  const { isValid, test, group } = vector
  const bits = Number(alg.slice(2))
  const keyBits = Number(group['keySize'])
  if (group['tagSize'] !== bits || keyBits < bits || keyBits > 512) return undefined
  const body = { alg, digest: hexIn(test, 'msg'), value: hexIn(test, 'tag') }
  return { ...common(vector), use: 'verify', body, expected: { what: 'verdict', value: isValid } }
}

function common({ id, isValid, test }: Vector): Pick<WireQuestion, 'id' | 'isValid' | 'jwk'> {
  const k = hexIn(test, 'key').toString('base64url')
  return { id, isValid, jwk: { kty: 'oct', k, key_ops: ALL_OPERATIONS } }
}

function openedOrRefused({ isValid, test }: Vector): Expected {
  return isValid ? { what: 'octets', value: hexIn(test, 'msg') } : { what: 'refusal' }
}
