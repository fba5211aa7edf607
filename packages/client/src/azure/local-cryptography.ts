import { encodeBase64url } from '../core/base64.ts'
import {
  type CipherRow,
  ENCRYPTIONS,
  SIGNATURES,
  type SignatureRow,
  WRAPPINGS,
} from './algorithms.ts'
import type { EncryptResult } from './cryptography-models.ts'
import type { JsonWebKey, KeyOperation } from './key-models.ts'
import { kindOf } from './key-wire.ts'

// What WebCrypto does with a key that is at hand. Everything gives `undefined` where it cannot be
// done here or would not surely end as in the service: then the service is asked, and it is the
// service that refuses. So local and remote have the same results and the same errors.

type Octets = Uint8Array<ArrayBuffer>
type Given = Pick<EncryptResult, 'iv' | 'authenticationTag' | 'additionalAuthenticatedData'>

const BLOCK_BYTES = 16
const CURVE_BYTES = { 'P-256': 32, 'P-384': 48, 'P-521': 66, 'P-256K': 32 } as const

/** The hash of data. */
export async function digestOf(
  hash: NonNullable<SignatureRow['hash']>,
  data: Uint8Array,
): Promise<Octets> {
  return new Uint8Array(await crypto.subtle.digest(hash, owned(data)))
}

/** Encrypts with a public or a symmetric key. */
export async function encryptLocally(
  key: JsonWebKey,
  algorithm: keyof typeof ENCRYPTIONS,
  plaintext: Uint8Array,
  given: Given,
): Promise<Omit<EncryptResult, 'algorithm' | 'keyID'> | undefined> {
  const row: CipherRow = ENCRYPTIONS[algorithm]
  if (!suits(key, row, 'encrypt')) return undefined
  if (row.local === 'AES-GCM')
    return encryptByGcm(key, plaintext, given.additionalAuthenticatedData)
  if (row.local === 'AES-CBC') return encryptByCbc(key, row, plaintext, given.iv)
  const result = await encryptByRsa(key, row, plaintext)
  return result && { result }
}

/** Decrypts with a symmetric key. Rejects with WebCrypto's own error when it cannot be. */
export async function decryptLocally(
  key: JsonWebKey,
  algorithm: keyof typeof ENCRYPTIONS,
  ciphertext: Uint8Array,
  given: Given,
): Promise<Octets | undefined> {
  const row: CipherRow = ENCRYPTIONS[algorithm]
  const { iv, authenticationTag: tag, additionalAuthenticatedData: additionalData } = given
  if (!suits(key, row, 'decrypt') || key.k === undefined || iv === undefined) return undefined
  if (row.local === 'AES-GCM') {
    // WebCrypto takes shorter ones, which are easier to guess; the service has this length alone.
    if (tag?.length !== BLOCK_BYTES) throw new TypeError('a tag has 16 octets')
    const aes = await aesKey(key.k, 'AES-GCM', ['decrypt'])
    const parameters = gcmParameters(owned(iv), additionalData)
    return octets(crypto.subtle.decrypt(parameters, aes, joined(ciphertext, tag)))
  }
  const aes = await aesKey(key.k, 'AES-CBC', ['encrypt', 'decrypt'])
  const parameters = { name: 'AES-CBC', iv: owned(iv) }
  if (row.pads) return octets(crypto.subtle.decrypt(parameters, aes, owned(ciphertext)))
  if (ciphertext.length === 0 || ciphertext.length % BLOCK_BYTES !== 0) return undefined
  // WebCrypto always takes padding off, so a block of it is put on: 16 octets of 16, which follow
  // the last block as CBC has it.
  const last = owned(ciphertext.slice(-BLOCK_BYTES))
  const padding = new Uint8Array(BLOCK_BYTES).fill(BLOCK_BYTES)
  const block = await octets(crypto.subtle.encrypt({ name: 'AES-CBC', iv: last }, aes, padding))
  const padded = joined(ciphertext, block.subarray(0, BLOCK_BYTES))
  return octets(crypto.subtle.decrypt(parameters, aes, padded))
}

/** Wraps with a public or a symmetric key. */
export async function wrapLocally(
  key: JsonWebKey,
  algorithm: keyof typeof WRAPPINGS,
  material: Uint8Array,
): Promise<Octets | undefined> {
  const row: CipherRow = WRAPPINGS[algorithm]
  if (!suits(key, row, 'wrapKey')) return undefined
  if (row.local === 'RSA-OAEP') return encryptByRsa(key, row, material)
  if (key.k === undefined || material.length < 16 || material.length % 8 !== 0) return undefined
  const wrapping = await aesKey(key.k, 'AES-KW', ['wrapKey'])
  // Any octets are a key of HMAC, so RFC 3394 can be had for all of them.
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const wrapped = await crypto.subtle.importKey('raw', owned(material), hmac, true, ['sign'])
  return octets(crypto.subtle.wrapKey('raw', wrapped, wrapping, 'AES-KW'))
}

/** Unwraps with a symmetric key. Rejects with WebCrypto's own error when it cannot be. */
export async function unwrapLocally(
  key: JsonWebKey,
  algorithm: keyof typeof WRAPPINGS,
  wrapped: Uint8Array,
): Promise<Octets | undefined> {
  const row: CipherRow = WRAPPINGS[algorithm]
  if (!suits(key, row, 'unwrapKey') || row.local !== 'AES-KW' || key.k === undefined)
    return undefined
  const wrapping = await aesKey(key.k, 'AES-KW', ['unwrapKey'])
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const usages = ['sign'] as const
  const unwrapped = await crypto.subtle.unwrapKey(
    'raw',
    owned(wrapped),
    wrapping,
    'AES-KW',
    hmac,
    true,
    [...usages],
  )
  return octets(crypto.subtle.exportKey('raw', unwrapped))
}

/** Makes the HMAC of data with a symmetric key. */
export async function signLocally(
  key: JsonWebKey,
  algorithm: keyof typeof SIGNATURES,
  data: Uint8Array,
): Promise<Octets | undefined> {
  const row: SignatureRow = SIGNATURES[algorithm]
  if (!suits(key, row, 'sign') || row.local !== 'HMAC' || key.k === undefined) return undefined
  const hmac = await hmacKey(key.k, row, 'sign')
  return octets(crypto.subtle.sign('HMAC', hmac, owned(data)))
}

/**
 * Whether a signature of data is the key's. WebCrypto hashes what it verifies, so this is never for
 * a digest.
 */
export async function verifyLocally(
  key: JsonWebKey,
  algorithm: keyof typeof SIGNATURES,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean | undefined> {
  const row: SignatureRow = SIGNATURES[algorithm]
  if (!suits(key, row, 'verify') || row.local === null || row.hash === null) return undefined
  if (row.local === 'HMAC') {
    if (key.k === undefined) return undefined
    const hmac = await hmacKey(key.k, row, 'verify')
    return crypto.subtle.verify('HMAC', hmac, owned(signature), owned(data))
  }
  if (signature.length !== signatureBytes(key)) return undefined
  const publicKey = await importPublic(key, row)
  const saltLength = Number(row.hash.slice('SHA-'.length)) / 8
  const parameters = { name: row.local, hash: row.hash, saltLength }
  return publicKey && crypto.subtle.verify(parameters, publicKey, owned(signature), owned(data))
}

/** Whether the key has this algorithm and may do this with it. */
function suits(
  key: JsonWebKey,
  row: { readonly kind: string; readonly local: string | null; readonly bits?: number },
  operation: KeyOperation,
): boolean {
  if (row.local === null || kindOf(key) !== row.kind) return false
  if (row.bits !== undefined && key.k?.length !== row.bits / 8) return false
  return key.keyOps === undefined || key.keyOps.includes(operation)
}

function signatureBytes({ n, crv }: JsonWebKey): number | undefined {
  return crv === undefined ? n && modulusBytes(n) : CURVE_BYTES[crv] * 2
}

function modulusBytes(n: Uint8Array): number {
  const leading = n.findIndex((octet) => octet !== 0)
  return n.length - Math.max(leading, 0)
}

async function encryptByRsa(
  key: JsonWebKey,
  { hash, hashBytes = 0 }: CipherRow,
  plaintext: Uint8Array,
): Promise<Octets | undefined> {
  // RFC 8017 §7.1.1: what fits into a block. More than that the service refuses.
  if (key.n === undefined || plaintext.length > modulusBytes(key.n) - 2 * hashBytes - 2) {
    return undefined
  }
  const publicKey = await importPublic(key, { local: 'RSA-OAEP', hash: hash ?? null })
  return publicKey && octets(crypto.subtle.encrypt('RSA-OAEP', publicKey, owned(plaintext)))
}

async function importPublic(
  { n, e, x, y, crv }: JsonWebKey,
  { local, hash }: { readonly local: string | null; readonly hash: string | null },
): Promise<CryptoKey | undefined> {
  if (local === null || hash === null) return undefined
  const usage = local === 'RSA-OAEP' ? 'encrypt' : 'verify'
  if (crv !== undefined) {
    if (x === undefined || y === undefined) return undefined
    const point = { kty: 'EC', crv, x: encodeBase64url(x), y: encodeBase64url(y) }
    return crypto.subtle.importKey('jwk', point, { name: local, namedCurve: crv }, false, [usage])
  }
  if (n === undefined || e === undefined) return undefined
  const numbers = { kty: 'RSA', n: encodeBase64url(n), e: encodeBase64url(e) }
  return crypto.subtle.importKey('jwk', numbers, { name: local, hash }, false, [usage])
}

async function encryptByGcm(
  { k }: JsonWebKey,
  plaintext: Uint8Array,
  additionalAuthenticatedData: Uint8Array | undefined,
): Promise<Omit<EncryptResult, 'algorithm'> | undefined> {
  if (k === undefined) return undefined
  const aes = await aesKey(k, 'AES-GCM', ['encrypt'])
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const parameters = gcmParameters(iv, additionalAuthenticatedData)
  const sealed = await octets(crypto.subtle.encrypt(parameters, aes, owned(plaintext)))
  return {
    result: sealed.slice(0, -BLOCK_BYTES),
    iv,
    authenticationTag: sealed.slice(-BLOCK_BYTES),
    ...(additionalAuthenticatedData === undefined ? {} : { additionalAuthenticatedData }),
  }
}

async function encryptByCbc(
  { k }: JsonWebKey,
  { pads }: CipherRow,
  plaintext: Uint8Array,
  iv: Uint8Array = drawIv(),
): Promise<Omit<EncryptResult, 'algorithm'> | undefined> {
  if (k === undefined || (!pads && plaintext.length % BLOCK_BYTES !== 0)) return undefined
  const aes = await aesKey(k, 'AES-CBC', ['encrypt'])
  const parameters = { name: 'AES-CBC', iv: owned(iv) }
  const padded = await octets(crypto.subtle.encrypt(parameters, aes, owned(plaintext)))
  // WebCrypto always pads; of whole blocks the last one is nothing but padding.
  return { result: pads ? padded : padded.slice(0, -BLOCK_BYTES), iv }
}

/** A fresh initialisation vector of AES in CBC: 16 random octets. */
export function drawIv(): Octets {
  return crypto.getRandomValues(new Uint8Array(BLOCK_BYTES))
}

function gcmParameters(iv: Octets, additionalData: Uint8Array | undefined): AesGcmParams {
  const name = 'AES-GCM'
  return additionalData === undefined
    ? { name, iv }
    : { name, iv, additionalData: owned(additionalData) }
}

function aesKey(k: Uint8Array, name: string, usages: KeyUsage[]): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', owned(k), name, false, usages)
}

function hmacKey(k: Uint8Array, { hash }: SignatureRow, usage: KeyUsage): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', owned(k), { name: 'HMAC', hash: hash ?? '' }, false, [
    usage,
  ])
}

async function octets(buffer: Promise<ArrayBuffer>): Promise<Octets> {
  return new Uint8Array(await buffer)
}

function joined(first: Uint8Array, second: Uint8Array): Octets {
  const all = new Uint8Array(first.length + second.length)
  all.set(first)
  all.set(second, first.length)
  return all
}

/** The same octets for WebCrypto, which takes none whose memory is shared with another thread. */
function owned(bytes: Uint8Array): Octets {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Octets) : new Uint8Array(bytes)
}
