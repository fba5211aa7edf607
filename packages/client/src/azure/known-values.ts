// Names of values, as the official packages have them. Each leaves no trace where it is not used.

/** What becomes of an object that is deleted. */
export const KnownDeletionRecoveryLevel = {
  Purgeable: 'Purgeable',
  RecoverablePurgeable: 'Recoverable+Purgeable',
  Recoverable: 'Recoverable',
  RecoverableProtectedSubscription: 'Recoverable+ProtectedSubscription',
  CustomizedRecoverablePurgeable: 'CustomizedRecoverable+Purgeable',
  CustomizedRecoverable: 'CustomizedRecoverable',
  CustomizedRecoverableProtectedSubscription: 'CustomizedRecoverable+ProtectedSubscription',
} as const

/** Algorithms of encryption and of wrapping. */
export const KnownEncryptionAlgorithms = {
  RSAOaep: 'RSA-OAEP',
  RSAOaep256: 'RSA-OAEP-256',
  RSA15: 'RSA1_5',
  A128GCM: 'A128GCM',
  A192GCM: 'A192GCM',
  A256GCM: 'A256GCM',
  A128KW: 'A128KW',
  A192KW: 'A192KW',
  A256KW: 'A256KW',
  A128CBC: 'A128CBC',
  A192CBC: 'A192CBC',
  A256CBC: 'A256CBC',
  A128Cbcpad: 'A128CBCPAD',
  A192Cbcpad: 'A192CBCPAD',
  A256Cbcpad: 'A256CBCPAD',
  CkmAesKeyWrap: 'CKM_AES_KEY_WRAP',
  CkmAesKeyWrapPad: 'CKM_AES_KEY_WRAP_PAD',
} as const

/** Algorithms of signatures. */
export const KnownSignatureAlgorithms = {
  PS256: 'PS256',
  PS384: 'PS384',
  PS512: 'PS512',
  RS256: 'RS256',
  RS384: 'RS384',
  RS512: 'RS512',
  HS256: 'HS256',
  HS384: 'HS384',
  HS512: 'HS512',
  Rsnull: 'RSNULL',
  ES256: 'ES256',
  ES384: 'ES384',
  ES512: 'ES512',
  ES256K: 'ES256K',
} as const

/** Curves of keys. */
export const KnownKeyCurveNames = {
  P256: 'P-256',
  P384: 'P-384',
  P521: 'P-521',
  P256K: 'P-256K',
} as const

/** Curves of the keys of certificates. */
export const KnownCertificateKeyCurveNames: typeof KnownKeyCurveNames = KnownKeyCurveNames

/** Types of keys. */
export const KnownKeyTypes = {
  EC: 'EC',
  ECHSM: 'EC-HSM',
  RSA: 'RSA',
  RSAHSM: 'RSA-HSM',
  Oct: 'oct',
  OctHSM: 'oct-HSM',
} as const

/** Types of the keys of certificates. */
export const KnownCertificateKeyTypes: typeof KnownKeyTypes = KnownKeyTypes

/** What a key may be used for. */
export const KnownKeyOperations = {
  Encrypt: 'encrypt',
  Decrypt: 'decrypt',
  Sign: 'sign',
  Verify: 'verify',
  WrapKey: 'wrapKey',
  UnwrapKey: 'unwrapKey',
  Import: 'import',
} as const

/** How a released key is wrapped. */
export const KnownKeyExportEncryptionAlgorithm = {
  CkmRsaAesKeyWrap: 'CKM_RSA_AES_KEY_WRAP',
  RsaAesKeyWrap256: 'RSA_AES_KEY_WRAP_256',
  RsaAesKeyWrap384: 'RSA_AES_KEY_WRAP_384',
} as const

/** What a certified key may be used for (RFC 5280 §4.2.1.3). */
export const KnownKeyUsageTypes = {
  DigitalSignature: 'digitalSignature',
  NonRepudiation: 'nonRepudiation',
  KeyEncipherment: 'keyEncipherment',
  DataEncipherment: 'dataEncipherment',
  KeyAgreement: 'keyAgreement',
  KeyCertSign: 'keyCertSign',
  CRLSign: 'cRLSign',
  EncipherOnly: 'encipherOnly',
  DecipherOnly: 'decipherOnly',
} as const

/** What the secret of a certificate is. */
export const KnownContentType = {
  PFX: 'application/x-pkcs12',
  PEM: 'application/x-pem-file',
} as const
