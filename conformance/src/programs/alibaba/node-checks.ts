import { constants, createPublicKey, createVerify, publicEncrypt, verify } from 'node:crypto'

// What node:crypto says of what the vault has signed and can decrypt.

/** Whether a signature over a message, as the wire has it, is of the key. */
export function verifies(
  pem: string,
  algorithm: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  const key = createPublicKey(pem)
  switch (algorithm) {
    case 'RSA_PSS_SHA_256': {
      const padding = constants.RSA_PKCS1_PSS_PADDING
      return createVerify('sha256')
        .update(message)
        .verify({ key, padding, saltLength: 32 }, signature)
    }
    case 'RSA_PKCS1_SHA_256':
    case 'ECDSA_SHA_256':
      return verify('sha256', message, { key, dsaEncoding: 'der' }, signature)
    case 'SM2DSA':
      return verify('sm3', message, key, signature)
    default:
      throw new Error(`there is no check for ${algorithm}`)
  }
}

/** Encrypts for the key, as a program without the vault would. */
export function publicEncryptAs(pem: string, algorithm: string, message: Uint8Array): Buffer {
  const oaepHash = algorithm === 'RSAES_OAEP_SHA_1' ? 'sha1' : 'sha256'
  const padding = constants.RSA_PKCS1_OAEP_PADDING
  return publicEncrypt({ key: createPublicKey(pem), padding, oaepHash }, message)
}
