// Names of values, as the official packages have them. Each leaves no trace where it is not used.

/**
 * What becomes of an object that is deleted.
 * @see https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview
 */
export const KnownDeletionRecoveryLevel = {
  /** Gone at once. */
  Purgeable: 'Purgeable',
  /** 90 days, or until somebody purges it. */
  RecoverablePurgeable: 'Recoverable+Purgeable',
  /** 90 days, whoever wants it otherwise. */
  Recoverable: 'Recoverable',
  /** 90 days, during which the subscription cannot be cancelled either. */
  RecoverableProtectedSubscription: 'Recoverable+ProtectedSubscription',
  /** 7 to 89 days, or until somebody purges it. */
  CustomizedRecoverablePurgeable: 'CustomizedRecoverable+Purgeable',
  /** 7 to 89 days, whoever wants it otherwise. */
  CustomizedRecoverable: 'CustomizedRecoverable',
  /** 7 to 89 days, during which the subscription cannot be cancelled either. */
  CustomizedRecoverableProtectedSubscription: 'CustomizedRecoverable+ProtectedSubscription',
} as const

/**
 * Algorithms of encryption and of wrapping.
 * @see https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
 */
export const KnownEncryptionAlgorithms = {
  /** OAEP with SHA-1 (RFC 7518 §4.3). */
  RSAOaep: 'RSA-OAEP',
  /** OAEP with SHA-256 (RFC 7518 §4.3). */
  RSAOaep256: 'RSA-OAEP-256',
  /** PKCS #1 v1.5 (RFC 7518 §4.2); for what is old alone. */
  RSA15: 'RSA1_5',
  /** AES in GCM with 128 bits. */
  A128GCM: 'A128GCM',
  /** AES in GCM with 192 bits. */
  A192GCM: 'A192GCM',
  /** AES in GCM with 256 bits. */
  A256GCM: 'A256GCM',
  /** AES key wrap with 128 bits (RFC 3394). */
  A128KW: 'A128KW',
  /** AES key wrap with 192 bits (RFC 3394). */
  A192KW: 'A192KW',
  /** AES key wrap with 256 bits (RFC 3394). */
  A256KW: 'A256KW',
  /** AES in CBC with 128 bits, without padding. */
  A128CBC: 'A128CBC',
  /** AES in CBC with 192 bits, without padding. */
  A192CBC: 'A192CBC',
  /** AES in CBC with 256 bits, without padding. */
  A256CBC: 'A256CBC',
  /** AES in CBC with 128 bits, padded as PKCS #7 has it. */
  A128Cbcpad: 'A128CBCPAD',
  /** AES in CBC with 192 bits, padded as PKCS #7 has it. */
  A192Cbcpad: 'A192CBCPAD',
  /** AES in CBC with 256 bits, padded as PKCS #7 has it. */
  A256Cbcpad: 'A256CBCPAD',
  /** AES key wrap as PKCS #11 names it (RFC 3394). */
  CkmAesKeyWrap: 'CKM_AES_KEY_WRAP',
  /** AES key wrap with padding as PKCS #11 names it (RFC 5649). */
  CkmAesKeyWrapPad: 'CKM_AES_KEY_WRAP_PAD',
} as const

/**
 * Algorithms of signatures.
 * @see https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
 */
export const KnownSignatureAlgorithms = {
  /** RSASSA-PSS with SHA-256. */
  PS256: 'PS256',
  /** RSASSA-PSS with SHA-384. */
  PS384: 'PS384',
  /** RSASSA-PSS with SHA-512. */
  PS512: 'PS512',
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  RS256: 'RS256',
  /** RSASSA-PKCS1-v1_5 with SHA-384. */
  RS384: 'RS384',
  /** RSASSA-PKCS1-v1_5 with SHA-512. */
  RS512: 'RS512',
  /** HMAC with SHA-256. */
  HS256: 'HS256',
  /** HMAC with SHA-384. */
  HS384: 'HS384',
  /** HMAC with SHA-512. */
  HS512: 'HS512',
  /** RSASSA-PKCS1-v1_5 over what is given, without a name of a hash. */
  Rsnull: 'RSNULL',
  /** ECDSA on P-256 with SHA-256. */
  ES256: 'ES256',
  /** ECDSA on P-384 with SHA-384. */
  ES384: 'ES384',
  /** ECDSA on P-521 with SHA-512. */
  ES512: 'ES512',
  /** ECDSA on secp256k1 with SHA-256 (RFC 8812). */
  ES256K: 'ES256K',
} as const

/**
 * Curves of keys.
 * @see https://learn.microsoft.com/azure/key-vault/keys/about-keys-details
 */
export const KnownKeyCurveNames = {
  /** NIST P-256. */
  P256: 'P-256',
  /** NIST P-384. */
  P384: 'P-384',
  /** NIST P-521. */
  P521: 'P-521',
  /** secp256k1. */
  P256K: 'P-256K',
} as const

/**
 * Curves of the keys of certificates.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
 */
export const KnownCertificateKeyCurveNames: typeof KnownKeyCurveNames = KnownKeyCurveNames

/**
 * Types of keys.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export const KnownKeyTypes = {
  /** Elliptic curve. */
  EC: 'EC',
  /** Elliptic curve, kept in hardware. */
  ECHSM: 'EC-HSM',
  /** RSA. */
  RSA: 'RSA',
  /** RSA, kept in hardware. */
  RSAHSM: 'RSA-HSM',
  /** Symmetric. */
  Oct: 'oct',
  /** Symmetric, kept in hardware. */
  OctHSM: 'oct-HSM',
} as const

/**
 * Types of the keys of certificates.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
 */
export const KnownCertificateKeyTypes: typeof KnownKeyTypes = KnownKeyTypes

/**
 * What a key may be used for.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/create-key
 */
export const KnownKeyOperations = {
  /** Encrypts data. */
  Encrypt: 'encrypt',
  /** Decrypts data. */
  Decrypt: 'decrypt',
  /** Signs digests. */
  Sign: 'sign',
  /** Verifies signatures. */
  Verify: 'verify',
  /** Wraps other keys. */
  WrapKey: 'wrapKey',
  /** Unwraps other keys. */
  UnwrapKey: 'unwrapKey',
  /** Opens keys that are brought wrapped under it. */
  Import: 'import',
} as const

/**
 * How a released key is wrapped.
 * @see https://learn.microsoft.com/rest/api/keyvault/keys/release
 */
export const KnownKeyExportEncryptionAlgorithm = {
  /** OAEP with SHA-1, and AES key wrap with padding. */
  CkmRsaAesKeyWrap: 'CKM_RSA_AES_KEY_WRAP',
  /** OAEP with SHA-256, and AES key wrap with padding. */
  RsaAesKeyWrap256: 'RSA_AES_KEY_WRAP_256',
  /** OAEP with SHA-384, and AES key wrap with padding. */
  RsaAesKeyWrap384: 'RSA_AES_KEY_WRAP_384',
} as const

/** What a certified key may be used for (RFC 5280 §4.2.1.3). */
export const KnownKeyUsageTypes = {
  /** Signatures, but of certificates and revocation lists. */
  DigitalSignature: 'digitalSignature',
  /** Signatures that are to bind who made them. */
  NonRepudiation: 'nonRepudiation',
  /** Encrypts keys. */
  KeyEncipherment: 'keyEncipherment',
  /** Encrypts data without another key. */
  DataEncipherment: 'dataEncipherment',
  /** Agrees on keys. */
  KeyAgreement: 'keyAgreement',
  /** Signs certificates. */
  KeyCertSign: 'keyCertSign',
  /** Signs revocation lists. */
  CRLSign: 'cRLSign',
  /** With `keyAgreement`: encrypts alone. */
  EncipherOnly: 'encipherOnly',
  /** With `keyAgreement`: decrypts alone. */
  DecipherOnly: 'decipherOnly',
} as const

/**
 * What the secret of a certificate is.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
 */
export const KnownContentType = {
  /** A PKCS#12 file without password. */
  PFX: 'application/x-pkcs12',
  /** PEM text. */
  PEM: 'application/x-pem-file',
} as const
