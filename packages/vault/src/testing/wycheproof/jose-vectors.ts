import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { ENCRYPTIONS, SIGNATURES, WRAPS, type SignatureAlgorithm, type WrapAlgorithm } from '../../crypto/algorithms.ts'
import type { SignatureRow } from '../../crypto/algorithm-rows.ts'
import { RSA_BITS } from '../../crypto/key-limits.ts'
import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import type { Outcome } from './outcome.ts'
import type { Run } from './signature-vectors.ts'
import { isMembers, text, type Group, type Members, type Vector } from './vector-file.ts'
import { jwkHandle, octHandle } from './vector-keys.ts'

/**
 * A group of JOSE messages. The vault is no JOSE library: what is asked here is what the vault would
 * be asked by one that has read the message, found it well-formed and of the algorithm of the key.
 */
export async function joseGroup(provider: Provider, group: Group): Promise<Run> {
  const jwk = group['private']
  if (!isMembers(jwk) || 'keys' in jwk) return async () => 'jose'
  if (jwk['kty'] === 'RSA' && !RSA_BITS.includes(modulusBits(jwk))) {
    await assert.rejects(jwkHandle(provider, jwk), { code: 'KeyInvalid' })
    return async () => 'keySize'
  }
  const handle = await jwkHandle(provider, jwk)
  const valid = new Set(group.tests.filter(({ result }) => result === 'valid').map(messageOf))
  return async (vector) => {
    if (vector.result !== 'valid' && valid.has(messageOf(vector))) return 'contradiction'
    const parts = messageOf(vector).split('.')
    const header = headerOf(parts[0] ?? '')
    if (header === undefined || header['alg'] !== jwk['alg']) return 'jose'
    if (parts.length === 3) return signed(provider, handle, text(jwk, 'alg'), vector, parts)
    if (parts.length === 5) return encrypted(provider, handle, header, vector, parts)
    return 'jose'
  }
}

function messageOf(vector: Vector): string {
  return text(vector, 'jws' in vector ? 'jws' : 'jwe')
}

function modulusBits(jwk: Members): number {
  return Buffer.from(text(jwk, 'n'), 'base64url').toString('hex').replace(/^0+/, '').length * 4
}

async function signed(
  provider: Provider,
  handle: KeyHandle,
  name: string,
  vector: Vector,
  [header = '', payload = '', written = '']: readonly string[],
): Promise<Outcome> {
  const algorithm = (Object.keys(SIGNATURES) as SignatureAlgorithm[]).find((one) => one === name)
  const signature = strictOctets(written)
  if (algorithm === undefined) return 'algorithm'
  if (signature === undefined || strictOctets(payload) === undefined) return 'jose'
  const row: SignatureRow = SIGNATURES[algorithm]
  const input = Buffer.from(`${header}.${payload}`)
  const digest = 'digestBytes' in row ? createHash(row.hash).update(input).digest() : input
  assert.equal(await provider.verify(handle, algorithm, digest, signature), vector.result === 'valid')
  return 'passed'
}

async function encrypted(
  provider: Provider,
  handle: KeyHandle,
  header: Members,
  vector: Vector,
  parts: readonly string[],
): Promise<Outcome> {
  const algorithm = (Object.keys(WRAPS) as WrapAlgorithm[]).find((name) => name === header['alg'])
  if (algorithm === undefined) return 'algorithm'
  const content = (['A128GCM', 'A192GCM', 'A256GCM'] as const).find((name) => name === header['enc'])
  const [wrapped, iv, ciphertext, tag] = parts.slice(1).map(strictOctets)
  if (wrapped === undefined || iv === undefined || ciphertext === undefined || tag === undefined) return 'jose'
  const unwrapped = provider.unwrap(handle, algorithm, { ciphertext: wrapped })
  if (vector.result !== 'valid') return unwrapped.then(() => 'jose' as const, refused)
  const key = await unwrapped
  // Content in CBC with HMAC is put together by a JOSE library: the key came out, that is the part here.
  if (content === undefined) return [32, 48, 64].includes(key.byteLength) ? 'passed' : assert.fail('wrong key')
  assert.equal(key.byteLength, ENCRYPTIONS[content].keyBytes)
  const contentKey = await octHandle(provider, key)
  const additionalData = Buffer.from(parts[0] ?? '')
  const opened = await provider.decrypt(contentKey, content, { iv, ciphertext, tag, additionalData })
  assert.ok('zip' in header || Buffer.from(opened).toString('hex') === text(vector, 'pt'))
  return 'passed'
}

function refused(thrown: unknown): Outcome {
  assert.ok(isMembers(thrown) && thrown['code'] === 'DecryptionFailed')
  return 'passed'
}

function headerOf(part: string): Members | undefined {
  try {
    const header: unknown = JSON.parse((strictOctets(part) ?? '').toString())
    return isMembers(header) ? header : undefined
  } catch {
    return undefined
  }
}

/** Octets of base64url; `undefined` when they are not written as they should be. */
function strictOctets(written: string): Buffer | undefined {
  const octets = Buffer.from(written, 'base64url')
  return octets.toString('base64url') === written ? octets : undefined
}
