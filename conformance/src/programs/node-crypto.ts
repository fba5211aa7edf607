import assert from 'node:assert/strict'
import {
  type CipherGCMTypes,
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  type KeyObject,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
  randomBytes,
  type SigningOptions,
  sign,
  verify,
} from 'node:crypto'
import type { CipherCase, SignatureCase } from './key-algorithms.ts'

// The other side of every cross-check: what the vault does, done by node:crypto alone.

const { RSA_PKCS1_PADDING, RSA_PKCS1_PSS_PADDING, RSA_NO_PADDING } = constants
const { RSA_PKCS1_OAEP_PADDING, RSA_PSS_SALTLEN_DIGEST } = constants
/** RFC 3394 §2.2.3.1. */
const KEY_WRAP_IV = Buffer.alloc(8, 0xa6)

/** What the vault is asked to sign: the digest, or the message where nothing is hashed before. */
export function signatureInput({ hash, scheme }: SignatureCase, message: Buffer): Buffer {
  if (hash === '' || scheme === 'hmac') return message
  return createHash(hash).update(message).digest()
}

export function nodeSign({ scheme, hash }: SignatureCase, key: KeyObject, message: Buffer): Buffer {
  switch (scheme) {
    case 'raw':
      return privateEncrypt({ key, padding: RSA_PKCS1_PADDING }, message)
    case 'hmac':
      return createHmac(hash, key).update(message).digest()
    case 'eddsa':
      return sign(null, message, key)
    case 'pkcs1':
    case 'pss':
    case 'ecdsa':
      return sign(hash, message, signingOptions(scheme, key))
  }
}

export function nodeVerify(
  { scheme, hash }: SignatureCase,
  key: KeyObject,
  message: Buffer,
  signature: Buffer,
): boolean {
  switch (scheme) {
    case 'raw':
      return publicDecrypt({ key, padding: RSA_PKCS1_PADDING }, signature).equals(message)
    case 'hmac':
      return createHmac(hash, key).update(message).digest().equals(signature)
    case 'eddsa':
      return verify(null, message, key, signature)
    case 'pkcs1':
    case 'pss':
    case 'ecdsa':
      return verify(hash, message, signingOptions(scheme, key), signature)
  }
}

function signingOptions(
  scheme: 'pkcs1' | 'pss' | 'ecdsa',
  key: KeyObject,
): SigningOptions & { readonly key: KeyObject } {
  if (scheme === 'ecdsa') return { key, dsaEncoding: 'ieee-p1363' }
  if (scheme === 'pkcs1') return { key, padding: RSA_PKCS1_PADDING }
  return { key, padding: RSA_PKCS1_PSS_PADDING, saltLength: RSA_PSS_SALTLEN_DIGEST }
}

/** A ciphertext and what is needed beside the key to open it. */
export interface Encrypted {
  readonly ciphertext: Buffer
  readonly iv?: Buffer
  readonly tag?: Buffer
  readonly aad?: Buffer
}

/** Additional data for the algorithms that take it: GCM alone. */
export function additionalData({ scheme }: CipherCase): Buffer | undefined {
  return scheme === 'GCM' ? Buffer.from('additional data') : undefined
}

/** @param key the public key for RSA, the secret one for AES. */
export function nodeEncrypt(one: CipherCase, key: KeyObject, plaintext: Buffer): Encrypted {
  const { scheme, primitive } = one
  switch (scheme) {
    case 'RSA1_5':
      return { ciphertext: publicEncrypt({ key, padding: RSA_PKCS1_PADDING }, plaintext) }
    case 'OAEP': {
      const options = { key, padding: RSA_PKCS1_OAEP_PADDING, oaepHash: primitive }
      return { ciphertext: publicEncrypt(options, plaintext) }
    }
    case 'GCM': {
      const iv = randomBytes(12)
      const aad = additionalData(one) ?? Buffer.alloc(0)
      const cipher = createCipheriv(gcm(primitive), key, iv)
      cipher.setAAD(aad)
      const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
      return { ciphertext, iv, tag: cipher.getAuthTag(), aad }
    }
    case 'CBC':
    case 'CBCPAD':
    case 'KW': {
      const iv = scheme === 'KW' ? KEY_WRAP_IV : randomBytes(16)
      const cipher = createCipheriv(primitive, key, iv).setAutoPadding(scheme === 'CBCPAD')
      const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()])
      return scheme === 'KW' ? { ciphertext } : { ciphertext, iv }
    }
  }
}

/** @param key the private key for RSA, the secret one for AES. */
export function nodeDecrypt(one: CipherCase, key: KeyObject, encrypted: Encrypted): Buffer {
  const { scheme, primitive } = one
  const { ciphertext, tag, aad, iv = KEY_WRAP_IV } = encrypted
  switch (scheme) {
    case 'RSA1_5':
      return withoutPadding(privateDecrypt({ key, padding: RSA_NO_PADDING }, ciphertext))
    case 'OAEP': {
      const options = { key, padding: RSA_PKCS1_OAEP_PADDING, oaepHash: primitive }
      return privateDecrypt(options, ciphertext)
    }
    case 'GCM': {
      assert.ok(tag)
      const decipher = createDecipheriv(gcm(primitive), key, iv).setAuthTag(tag)
      if (aad !== undefined) decipher.setAAD(aad)
      return Buffer.concat([decipher.update(ciphertext), decipher.final()])
    }
    case 'CBC':
    case 'CBCPAD':
    case 'KW': {
      const decipher = createDecipheriv(primitive, key, iv).setAutoPadding(scheme === 'CBCPAD')
      return Buffer.concat([decipher.update(ciphertext), decipher.final()])
    }
  }
}

/** The ciphers whose options the types of node:crypto know. */
function gcm(primitive: string): CipherGCMTypes {
  const names: readonly CipherGCMTypes[] = ['aes-128-gcm', 'aes-192-gcm', 'aes-256-gcm']
  const name = names.find((one) => one === primitive)
  assert.ok(name)
  return name
}

/**
 * Takes the padding of RFC 8017 §7.2.1 off: 00 02, at least eight octets other than 0, 00. By
 * hand, because Node 20 refuses to (CVE-2023-46809); a test has no oracle to fear.
 */
function withoutPadding(block: Buffer): Buffer {
  assert.deepEqual([...block.subarray(0, 2)], [0, 2])
  const end = block.indexOf(0, 2)
  assert.ok(end >= 10)
  return block.subarray(end + 1)
}
