import type { EncryptionAlgorithm, KeyWrapAlgorithm, SignatureAlgorithm } from '@claviger/client/azure'

// The client's types have these names and no list of them; `Record` makes each list complete.

const signatures: Readonly<Record<SignatureAlgorithm, true>> = {
  RS256: true,
  RS384: true,
  RS512: true,
  PS256: true,
  PS384: true,
  PS512: true,
  ES256: true,
  ES384: true,
  ES512: true,
  ES256K: true,
  RSNULL: true,
  HS256: true,
  HS384: true,
  HS512: true,
}

const wrappings: Readonly<Record<KeyWrapAlgorithm, true>> = {
  RSA1_5: true,
  'RSA-OAEP': true,
  'RSA-OAEP-256': true,
  A128KW: true,
  A192KW: true,
  A256KW: true,
  CKM_AES_KEY_WRAP: true,
  CKM_AES_KEY_WRAP_PAD: true,
}

const encryptions: Readonly<Record<EncryptionAlgorithm, true>> = {
  RSA1_5: true,
  'RSA-OAEP': true,
  'RSA-OAEP-256': true,
  A128GCM: true,
  A192GCM: true,
  A256GCM: true,
  A128CBC: true,
  A192CBC: true,
  A256CBC: true,
  A128CBCPAD: true,
  A192CBCPAD: true,
  A256CBCPAD: true,
}

/** What `key sign` and `key verify` take. */
export const SIGNATURES: readonly string[] = Object.keys(signatures)

/** What `key wrap` and `key unwrap` take. */
export const WRAPPINGS: readonly string[] = Object.keys(wrappings)

/** What `key encrypt` and `key decrypt` take. */
export const ENCRYPTIONS: readonly string[] = Object.keys(encryptions)
