import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { AsymmetricEncryptionAlgorithm } from './asymmetric.ts'
import type { EncryptionContext, KmsEmptyBody, KmsFlag } from './shared-types.ts'

/**
 * A public key that a data key leaves under, and how.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ExportDataKey
 */
export type ExportRecipient = {
  /** SubjectPublicKeyInfo (DER) of the recipient, in base64. */
  readonly publicKeyBlob: string
} & (
  | {
      /** What the public key is: RSA of 2,048 bits. */
      readonly wrappingKeySpec: 'RSA_2048'
      /** How the data key is encrypted under it. */
      readonly wrappingAlgorithm: 'RSAES_OAEP_SHA_256' | 'RSAES_OAEP_SHA_1'
    }
  | {
      /** What the public key is: SM2 of 256 bits. */
      readonly wrappingKeySpec: 'EC_SM2'
      /** How the data key is encrypted under it. */
      readonly wrappingAlgorithm: 'SM2PKE'
    }
)

/**
 * Length of a data key: AES_256 unless said.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GenerateDataKey
 */
export type DataKeySpec = 'AES_256' | 'AES_128'

/** What Encrypt is asked. */
export interface EncryptRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Text to encrypt, at most 6 KB; base64 for octets. */
  readonly plaintext: string
  /** What the ciphertext is bound to, at most 8,192 characters. */
  readonly encryptionContext?: EncryptionContext
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What Encrypt answers. */
export interface EncryptResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
}

/** What Decrypt is asked. */
export interface DecryptRequest {
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
  /** What the ciphertext is bound to, at most 8,192 characters. */
  readonly encryptionContext?: EncryptionContext
  /** Attestation document of an enclave. */
  readonly recipient?: string
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What Decrypt answers. */
export interface DecryptResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** What was encrypted: its text, or the data key in base64. */
  readonly plaintext: string
  /** Plaintext for an enclave, in base64. */
  readonly ciphertextForRecipient?: string
}

/** What a symmetric key encrypted is encrypted anew. */
interface ReEncryptSymmetric extends ReEncryptTarget {
  /** What the ciphertext is bound to. */
  readonly sourceEncryptionContext?: EncryptionContext
  readonly sourceKeyId?: never
  readonly sourceKeyVersionId?: never
  readonly sourceEncryptionAlgorithm?: never
}

/** What a public key encrypted is encrypted anew: the ciphertext does not name the key. */
interface ReEncryptAsymmetric extends ReEncryptTarget {
  /** Key pair that the ciphertext is of. */
  readonly sourceKeyId: string
  /** Its version. */
  readonly sourceKeyVersionId: string
  /** How it was encrypted. */
  readonly sourceEncryptionAlgorithm: AsymmetricEncryptionAlgorithm
  readonly sourceEncryptionContext?: never
}

interface ReEncryptTarget {
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
  /** Symmetric key that encrypts from then on. */
  readonly destinationKeyId: string
  /** What the new ciphertext is bound to. */
  readonly destinationEncryptionContext?: EncryptionContext
  /** Whether the call is checked only. */
  readonly dryRun?: KmsFlag
}

/** What ReEncrypt is asked. */
export type ReEncryptRequest = ReEncryptSymmetric | ReEncryptAsymmetric

/** What ReEncrypt answers. */
export interface ReEncryptResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
}

/** What GenerateDataKey is asked. */
export interface GenerateDataKeyRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Length of the data key; 32 octets unless said. */
  readonly keySpec?: DataKeySpec
  /** Length of the data key, 1 to 1,024 octets; counts before `keySpec`. */
  readonly numberOfBytes?: number
  /** What the ciphertext is bound to, at most 8,192 characters. */
  readonly encryptionContext?: EncryptionContext
  /** Attestation document of an enclave. */
  readonly recipient?: string
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What GenerateDataKey answers. */
export interface GenerateDataKeyResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Version that encrypted it; absent from the older operations of an instance. */
  readonly keyVersionId?: string
  /** What was encrypted: its text, or the data key in base64. */
  readonly plaintext: string
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
  /** Plaintext for an enclave, in base64. */
  readonly ciphertextForRecipient?: string
}

/** What GenerateDataKeyWithoutPlaintext is asked. */
export interface GenerateDataKeyWithoutPlaintextRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Length of the data key; 32 octets unless said. */
  readonly keySpec?: DataKeySpec
  /** Length of the data key, 1 to 1,024 octets; counts before `keySpec`. */
  readonly numberOfBytes?: number
  /** What the ciphertext is bound to, at most 8,192 characters. */
  readonly encryptionContext?: EncryptionContext
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What GenerateDataKeyWithoutPlaintext answers. */
export interface GenerateDataKeyWithoutPlaintextResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Version that encrypted it; absent from the older operations of an instance. */
  readonly keyVersionId?: string
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
}

/** What ExportDataKey is asked. */
export type ExportDataKeyRequest = ExportRecipient & {
  /** Data key, encrypted, in base64. */
  readonly ciphertextBlob: string
  /** What it is bound to. */
  readonly encryptionContext?: EncryptionContext
  /** Whether the call is checked only. */
  readonly dryRun?: KmsFlag
}

/** What ExportDataKey answers. */
export interface ExportDataKeyResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** Data key under the public key, in base64. */
  readonly exportedDataKey: string
}

/** What GenerateAndExportDataKey is asked. */
export type GenerateAndExportDataKeyRequest = ExportRecipient &
  GenerateDataKeyWithoutPlaintextRequest

/** What GenerateAndExportDataKey answers. */
export interface GenerateAndExportDataKeyResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
  /** Data key under the public key, in base64. */
  readonly exportedDataKey: string
}

/** What AdvanceEncrypt is asked. */
export interface AdvanceEncryptRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Octets in base64. */
  readonly plaintext: string
  /** Additional data in base64. */
  readonly aad?: string
  /** In base64. */
  readonly iv?: string
  /** Algorithm of the request. */
  readonly algorithm?: string
  /** `PKCS7_PADDING` or `NO_PADDING`. */
  readonly paddingMode?: string
}

/** What AdvanceEncrypt answers. */
export interface AdvanceEncryptResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
  /** In base64. */
  readonly iv: string
  /** Algorithm of the request. */
  readonly algorithm: string
  /** `PKCS7_PADDING` or `NO_PADDING`. */
  readonly paddingMode: string
}

/** Cryptography with symmetric keys, and data keys. */
export interface KmsSymmetricActions {
  /**
   * Encrypts a text of at most 6 KB.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Rejected.Disabled`,
   *   `UnsupportedOperation`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/Encrypt
   */
  encrypt(
    request: EncryptRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<EncryptResponseBody>>
  /**
   * Decrypts what Encrypt or GenerateDataKey made.
   * @throws ClavigerError with code `InvalidParameter`, `Forbidden.KeyNotFound`,
   *   `Rejected.Disabled`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/Decrypt
   */
  decrypt(
    request: DecryptRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DecryptResponseBody>>
  /**
   * Encrypts a ciphertext under another key; at the shared gateway alone.
   * @throws ClavigerError with code `InvalidParameter`, `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ReEncrypt
   */
  reEncrypt(
    request: ReEncryptRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ReEncryptResponseBody>>
  /**
   * Makes a data key, and encrypts it.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Rejected.Disabled`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GenerateDataKey
   */
  generateDataKey(
    request: GenerateDataKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GenerateDataKeyResponseBody>>
  /**
   * Makes a data key, and shows it encrypted alone.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Rejected.Disabled`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GenerateDataKeyWithoutPlaintext
   */
  generateDataKeyWithoutPlaintext(
    request: GenerateDataKeyWithoutPlaintextRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GenerateDataKeyWithoutPlaintextResponseBody>>
  /**
   * Gives a data key to the owner of a public key.
   * @throws ClavigerError with code `InvalidParameter`, `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ExportDataKey
   */
  exportDataKey(
    request: ExportDataKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ExportDataKeyResponseBody>>
  /**
   * Makes a data key for the owner of a public key.
   * @throws ClavigerError with code `InvalidParameter`, `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GenerateAndExportDataKey
   */
  generateAndExportDataKey(
    request: GenerateAndExportDataKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GenerateAndExportDataKeyResponseBody>>
  /**
   * Encrypts as the operation of this name at an instance; older, documented nowhere.
   * @throws ClavigerError with code `UnsupportedOperation`.
   * @see https://github.com/aliyun/alibaba-cloud-sdk-go/tree/master/services/kms
   */
  advanceEncrypt(
    request: AdvanceEncryptRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<AdvanceEncryptResponseBody>>
}
