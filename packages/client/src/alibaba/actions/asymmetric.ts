import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { KmsEmptyBody, KmsFlag } from './shared-types.ts'

/**
 * Encryption with a public key: RSA, SM2, or elliptic curves of a hardware instance.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/AsymmetricEncrypt
 */
export type AsymmetricEncryptionAlgorithm =
  | 'RSAES_OAEP_SHA_256'
  | 'RSAES_OAEP_SHA_1'
  | 'SM2PKE'
  | 'ECIES_DH_SHA_1_XOR_HMAC'

/**
 * Signatures over a digest of 32 octets.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/AsymmetricSign
 */
export type SignatureAlgorithm =
  | 'RSA_PSS_SHA_256'
  | 'RSA_PKCS1_SHA_256'
  | 'ECDSA_SHA_256'
  | 'SM2DSA'

/**
 * Message authentication codes.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GenerateMac
 */
export type MacAlgorithm =
  | 'HMAC_SM3'
  | 'HMAC_SHA_224'
  | 'HMAC_SHA_256'
  | 'HMAC_SHA_384'
  | 'HMAC_SHA_512'

/** What AsymmetricEncrypt is asked. */
export interface AsymmetricEncryptRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Version of the key; Claviger takes the newest, Alibaba Cloud requires it. */
  readonly keyVersionId?: string
  /** Must fit the key. */
  readonly algorithm: AsymmetricEncryptionAlgorithm
  /** Octets in base64; as many as the algorithm takes. */
  readonly plaintext: string
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What AsymmetricEncrypt answers. */
export interface AsymmetricEncryptResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
}

/** What AsymmetricDecrypt is asked. */
export interface AsymmetricDecryptRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Version of the key; Claviger takes the newest, Alibaba Cloud requires it. */
  readonly keyVersionId?: string
  /** Must fit the key. */
  readonly algorithm: AsymmetricEncryptionAlgorithm
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What AsymmetricDecrypt answers. */
export interface AsymmetricDecryptResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** Octets in base64. */
  readonly plaintext: string
}

/** What AsymmetricSign is asked. */
export interface AsymmetricSignRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Version of the key; Claviger takes the newest, Alibaba Cloud requires it. */
  readonly keyVersionId?: string
  /** Must fit the key. */
  readonly algorithm: SignatureAlgorithm
  /** 32 octets in base64: SHA-256 of the message, or SM3 over Z and the message for SM2. */
  readonly digest: string
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What AsymmetricSign answers. */
export interface AsymmetricSignResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** Signature in base64. */
  readonly value: string
}

/** What AsymmetricVerify is asked. */
export interface AsymmetricVerifyRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Version of the key; Claviger takes the newest, Alibaba Cloud requires it. */
  readonly keyVersionId?: string
  /** Must fit the key. */
  readonly algorithm: SignatureAlgorithm
  /** 32 octets in base64: SHA-256 of the message, or SM3 over Z and the message for SM2. */
  readonly digest: string
  /** Signature in base64. */
  readonly value: string
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What AsymmetricVerify answers. */
export interface AsymmetricVerifyResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** Whether the signature is good. */
  readonly value: boolean
}

/** What GetPublicKey is asked. */
export interface GetPublicKeyRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Version of the key; Claviger takes the newest, Alibaba Cloud requires it. */
  readonly keyVersionId?: string
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What GetPublicKey answers. */
export interface GetPublicKeyResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** PEM. */
  readonly publicKey: string
}

/** What GenerateMac is asked. */
export interface GenerateMacRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Must fit the key. */
  readonly algorithm: MacAlgorithm
  /** In base64. */
  readonly message: string
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What GenerateMac answers. */
export interface GenerateMacResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Algorithm of the request. */
  readonly algorithm: string
  /** In base64. */
  readonly mac: string
}

/** What VerifyMac is asked. */
export interface VerifyMacRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Must fit the key. */
  readonly algorithm: MacAlgorithm
  /** In base64. */
  readonly message: string
  /** In base64. */
  readonly mac: string
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What VerifyMac answers. */
export interface VerifyMacResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Algorithm of the request. */
  readonly algorithm: string
  /** Whether the code is good. */
  readonly value: boolean
}

/** Cryptography with key pairs, and message authentication codes. */
export interface KmsAsymmetricActions {
  /**
   * Encrypts octets with a public key.
   * @throws ClavigerError with code `UnsupportedOperation`, `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/AsymmetricEncrypt
   */
  asymmetricEncrypt(
    request: AsymmetricEncryptRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<AsymmetricEncryptResponseBody>>
  /**
   * Decrypts octets with a private key.
   * @throws ClavigerError with code `UnsupportedOperation`, `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/AsymmetricDecrypt
   */
  asymmetricDecrypt(
    request: AsymmetricDecryptRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<AsymmetricDecryptResponseBody>>
  /**
   * Signs a digest; it is never hashed again.
   * @throws ClavigerError with code `UnsupportedOperation`, `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/AsymmetricSign
   */
  asymmetricSign(
    request: AsymmetricSignRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<AsymmetricSignResponseBody>>
  /**
   * Verifies a signature; a bad one is no error.
   * @throws ClavigerError with code `UnsupportedOperation`, `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/AsymmetricVerify
   */
  asymmetricVerify(
    request: AsymmetricVerifyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<AsymmetricVerifyResponseBody>>
  /**
   * Gets the public key of a key pair.
   * @throws ClavigerError with code `UnsupportedOperation`, `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetPublicKey
   */
  getPublicKey(
    request: GetPublicKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetPublicKeyResponseBody>>
  /**
   * Makes a message authentication code.
   * @throws ClavigerError with code `UnsupportedOperation`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GenerateMac
   */
  generateMac(
    request: GenerateMacRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GenerateMacResponseBody>>
  /**
   * Verifies a message authentication code; a bad one is no error.
   * @throws ClavigerError with code `UnsupportedOperation`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/VerifyMac
   */
  verifyMac(
    request: VerifyMacRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<VerifyMacResponseBody>>
}
