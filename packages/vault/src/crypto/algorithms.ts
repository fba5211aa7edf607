/** Signature algorithms by their JOSE names. */
export type SignatureAlgorithm =
  | 'RS256' | 'RS384' | 'RS512' | 'RSNULL'
  | 'PS256' | 'PS384' | 'PS512'
  | 'ES256' | 'ES384' | 'ES512' | 'ES256K'
  | 'HS256' | 'HS384' | 'HS512'
  | 'EdDSA'

/** Encryption algorithms by their JOSE names, and by Azure's where JOSE has none. */
export type EncryptionAlgorithm =
  | 'RSA1_5' | 'RSA-OAEP' | 'RSA-OAEP-256'
  | 'A128GCM' | 'A192GCM' | 'A256GCM'
  | 'A128CBC' | 'A192CBC' | 'A256CBC'
  | 'A128CBCPAD' | 'A192CBCPAD' | 'A256CBCPAD'

/** Key wrapping algorithms. */
export type WrapAlgorithm =
  | 'RSA1_5' | 'RSA-OAEP' | 'RSA-OAEP-256'
  | 'A128KW' | 'A192KW' | 'A256KW'
