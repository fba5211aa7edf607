import assert from 'node:assert/strict'
import { createHash, createPublicKey } from 'node:crypto'
import type { EcSignatureRow, SignatureRow } from '../../crypto/algorithm-rows.ts'
import { SIGNATURES, type SignatureAlgorithm } from '../../crypto/algorithms.ts'
import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import type { Outcome } from './outcome.ts'
import { joinedFromStrictDer } from './strict-der.ts'
import { hex, text, type Group, type Vector } from './vector-file.ts'
import { privateHandle, publicHandle } from './vector-keys.ts'

const ROWS = Object.entries(SIGNATURES) as readonly [SignatureAlgorithm, SignatureRow][]

/** A group of ECDSA signatures, r‖s or DER. */
export async function ecdsaGroup(provider: Provider, group: Group): Promise<Run> {
  const pem = text(group, 'publicKeyPem')
  const handle = await publicHandle(provider, pem)
  const [algorithm, row] = ROWS.find(([, { keyType, ...row }]) =>
    keyType === 'EC' && 'curve' in row && 'curve' in handle.spec && row.curve === handle.spec.curve,
  ) ?? []
  if (algorithm === undefined || row?.keyType !== 'EC') return async () => 'algorithm'
  const isDer = group.type === 'EcdsaVerify'
  return async (vector) => {
    const digest = fitted(createHash(hashOf(group)).update(hex(vector, 'msg')).digest(), row)
    const given = hex(vector, 'sig')
    const signature = isDer ? joinedFromStrictDer(given, row.signatureBytes / 2) : given
    if (signature === undefined) return vector.result === 'valid' ? assert.fail('the DER is not read') : 'encoding'
    return agreed(vector, await provider.verify(handle, algorithm, digest, signature))
  }
}

export type Run = (vector: Vector) => Promise<Outcome>

/**
 * A digest of another length as ECDSA takes it: its leftmost bits, or as the number that it is (FIPS
 * 186-5 §6.4.1), so that vectors with another hash than the row's say something as well.
 */
function fitted(digest: Buffer, { digestBytes }: EcSignatureRow): Uint8Array {
  if (digest.byteLength >= digestBytes) return digest.subarray(0, digestBytes)
  return Buffer.concat([Buffer.alloc(digestBytes - digest.byteLength), digest])
}

/** A group of RSA signatures of PKCS#1 v1.5 or PSS, to verify. */
export async function rsaVerifyGroup(provider: Provider, group: Group): Promise<Run> {
  const isPss = group.type === 'RsassaPssVerify'
  const found = rsaRow(isPss ? 'pss' : 'pkcs1', hashOf(group))
  if (found === undefined) return async () => 'hash'
  if (isPss && group['mgfSha'] !== group['sha']) return async () => 'maskHash'
  if (isPss && group['sLen'] !== found.digestBytes) return async () => 'salt'
  const pem = text(group, 'publicKeyPem')
  if (!isOffered(pem)) return async () => 'keySize'
  const handle = await publicHandle(provider, pem)
  return async (vector) => {
    const digest = createHash(hashOf(group)).update(hex(vector, 'msg')).digest()
    return agreed(vector, await provider.verify(handle, found.algorithm, digest, hex(vector, 'sig')))
  }
}

/** A group of RSA signatures of PKCS#1 v1.5, to make: the same each time. */
export async function rsaSignGroup(provider: Provider, group: Group): Promise<Run> {
  const found = rsaRow('pkcs1', hashOf(group))
  if (found === undefined) return async () => 'hash'
  if (hasSmallExponent(text(group, 'keyPem'))) {
    await assert.rejects(privateHandle(provider, group), { code: 'KeyInvalid' })
    return async () => 'exponent'
  }
  const handle: KeyHandle = await privateHandle(provider, group)
  return async (vector) => {
    const digest = createHash(hashOf(group)).update(hex(vector, 'msg')).digest()
    const signature = await provider.sign(handle, found.algorithm, digest)
    assert.deepEqual(Buffer.from(signature), hex(vector, 'sig'))
    return 'passed'
  }
}

/** Holds an answer against the vector; where both would do, one of them was given. */
function agreed(vector: Vector, answer: boolean): Outcome {
  if (vector.result !== 'acceptable') assert.equal(answer, vector.result === 'valid')
  return 'passed'
}

function hashOf(group: Group): string {
  return text(group, 'sha').toLowerCase().replace('-', '').replace('/', '-')
}

function rsaRow(
  padding: 'pkcs1' | 'pss',
  hash: string,
): { readonly algorithm: SignatureAlgorithm; readonly digestBytes: number } | undefined {
  for (const [algorithm, row] of ROWS) {
    if (row.keyType !== 'RSA' || !('digestBytes' in row)) continue
    if (row.padding === padding && row.hash === hash) return { algorithm, digestBytes: row.digestBytes }
  }
  return undefined
}

function isOffered(pem: string): boolean {
  return [2048, 3072, 4096].includes(createPublicKey(pem).asymmetricKeyDetails?.modulusLength ?? 0)
}

function hasSmallExponent(pem: string): boolean {
  return (createPublicKey(pem).asymmetricKeyDetails?.publicExponent ?? 0n) < 65_537n
}
