import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { JsonText, KmsEmptyBody, KmsFilter, KmsPage, KmsTag } from './shared-types.ts'

/**
 * What there is to know of a key.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeKey
 */
export interface KeyMetadata {
  /** Id of the key. */
  readonly keyId: string
  /** ARN of the object. */
  readonly arn: string
  /** Account that made it, a decimal number. */
  readonly creator: string
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly creationDate: string
  /** What its maker says of it. */
  readonly description: string
  /** `Enabled`, `Disabled`, `PendingDeletion` or `PendingImport`. */
  readonly keyState: string
  /** What it is for. */
  readonly keyUsage: string
  /** What kind of key it is. */
  readonly keySpec: string
  /** `Aliyun_KMS` or `EXTERNAL`. */
  readonly origin: string
  /** `SOFTWARE` or `HSM`. */
  readonly protectionLevel: string
  /** Version that encrypts; empty for an asymmetric key. */
  readonly primaryKeyVersion?: string
  /** When it was last rotated, UTC, as `2026-01-31T12:00:00Z`. */
  readonly lastRotationDate?: string
  /** When it will be rotated next, UTC, as `2026-01-31T12:00:00Z`. */
  readonly nextRotationDate?: string
  /** Seconds and `s`, as `31536000s`. */
  readonly rotationInterval?: string
  /** `Enabled`, `Disabled` or `Suspended`. */
  readonly automaticRotation?: string
  /** When its material ends, UTC, as `2026-01-31T12:00:00Z`; empty is never. */
  readonly materialExpireTime?: string
  /** When it will be deleted, UTC, as `2026-01-31T12:00:00Z`; empty unless it is to be deleted. */
  readonly deleteDate?: string
  /** Id of the KMS instance, `kst-…`. */
  readonly DKMSInstanceId?: string
  /** `Enabled` or `Disabled`. */
  readonly deletionProtection?: string
  /** Why it is protected. */
  readonly deletionProtectionDescription?: string
}

/**
 * A version of a key.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeKeyVersion
 */
export interface KeyVersion {
  /** Id of the key. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly creationDate: string
}

/**
 * A key of a list.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListKeys
 */
export interface ListedKey {
  /** Id of the key. */
  readonly keyId: string
  /** ARN of the key. */
  readonly keyArn: string
}

interface CreateKeyOptions {
  /** Where the key material comes from; `EXTERNAL` waits for an import. */
  readonly origin?: 'Aliyun_KMS' | 'EXTERNAL'
  /** Ignored when an instance is named. */
  readonly protectionLevel?: 'SOFTWARE' | 'HSM'
  /** At most 8,192 characters. */
  readonly description?: string
  /** Id of the KMS instance, `kst-…`. */
  readonly DKMSInstanceId?: string
  /** Where a hardware instance keeps the key. */
  readonly keyStorageMechanism?: 'HsmInternal' | 'HsmEncryptedDatabase'
  /** Policy document, at most 32,768 octets. */
  readonly policy?: JsonText
  /** At most 20; as a list or its JSON text. */
  readonly tags?: readonly KmsTag[] | string
}

/** A key that encrypts and decrypts with one secret. */
interface CreateSymmetricKey extends CreateKeyOptions {
  /** `Aliyun_AES_256` unless said. */
  readonly keySpec?: 'Aliyun_AES_256' | 'Aliyun_AES_192' | 'Aliyun_AES_128' | 'Aliyun_SM4'
  /** The only use. */
  readonly keyUsage?: 'ENCRYPT/DECRYPT'
  /** Whether it is rotated by itself. */
  readonly enableAutomaticRotation?: boolean
  /** A number and `d`, `h`, `m` or `s`, as `365d`. */
  readonly rotationInterval?: string
}

/** A key pair; it is never rotated by itself. */
interface CreateKeyPair extends CreateKeyOptions {
  /** Kind of the key pair. */
  readonly keySpec: 'RSA_2048' | 'RSA_3072' | 'RSA_4096' | 'EC_P256' | 'EC_P256K' | 'EC_SM2'
  /** `SIGN/VERIFY` unless said. */
  readonly keyUsage?: 'ENCRYPT/DECRYPT' | 'SIGN/VERIFY'
  /** Never. */
  readonly enableAutomaticRotation?: false
}

/** A key for message authentication codes. */
interface CreateMacKey extends CreateKeyOptions {
  /** By the bits of its hash. */
  readonly keySpec: 'HMAC_224' | 'HMAC_256' | 'HMAC_384' | 'HMAC_512'
  /** The only use. */
  readonly keyUsage?: 'GENERATE_VERIFY_MAC'
  /** Never. */
  readonly enableAutomaticRotation?: false
}

/**
 * What CreateKey is asked: only kinds of key and uses that fit each other.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreateKey
 */
export type CreateKeyRequest = CreateSymmetricKey | CreateKeyPair | CreateMacKey

/** What CreateKey answers. */
export interface CreateKeyResponseBody extends KmsEmptyBody {
  /** The key. */
  readonly keyMetadata: KeyMetadata
}

/** What DescribeKey is asked. */
export interface DescribeKeyRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
}

/** What DescribeKey answers. */
export interface DescribeKeyResponseBody extends KmsEmptyBody {
  /** The key. */
  readonly keyMetadata: KeyMetadata
}

/** What ListKeys is asked. */
export interface ListKeysRequest {
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
  /** At most 10; as a list or its JSON text. */
  readonly filters?: readonly KmsFilter[] | string
}

/** What ListKeys answers. */
export interface ListKeysResponseBody extends KmsPage {
  /** The page. */
  readonly keys: {
    /** One for each key. */
    readonly key: readonly ListedKey[]
  }
}

/** What UpdateKeyDescription is asked. */
export interface UpdateKeyDescriptionRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** At most 8,192 characters. */
  readonly description: string
}

/** What EnableKey is asked. */
export interface EnableKeyRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
}

/** What DisableKey is asked. */
export interface DisableKeyRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
}

/** What ScheduleKeyDeletion is asked. */
export interface ScheduleKeyDeletionRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** 7 to 366 days. */
  readonly pendingWindowInDays: number
}

/** What CancelKeyDeletion is asked. */
export interface CancelKeyDeletionRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
}

/** What SetDeletionProtection is asked. */
export interface SetDeletionProtectionRequest {
  /** Whether the key is protected from deletion. */
  readonly enableDeletionProtection: boolean
  /** ARN of the key. */
  readonly protectedResourceArn?: string
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId?: string
  /** Id of the instance, `kst-…`. */
  readonly kmsInstanceId?: string
  /** Why it is protected. */
  readonly deletionProtectionDescription?: string
}

/** What CreateKeyVersion is asked. */
export interface CreateKeyVersionRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
}

/** What CreateKeyVersion answers. */
export interface CreateKeyVersionResponseBody extends KmsEmptyBody {
  /** The version. */
  readonly keyVersion: KeyVersion
}

/** What DescribeKeyVersion is asked. */
export interface DescribeKeyVersionRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Id of the version of the key, 36 characters. */
  readonly keyVersionId: string
}

/** What DescribeKeyVersion answers. */
export interface DescribeKeyVersionResponseBody extends KmsEmptyBody {
  /** The version. */
  readonly keyVersion: KeyVersion
}

/** What ListKeyVersions is asked. */
export interface ListKeyVersionsRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
}

/** What ListKeyVersions answers. */
export interface ListKeyVersionsResponseBody extends KmsPage {
  /** The page. */
  readonly keyVersions: {
    /** One for each version. */
    readonly keyVersion: readonly KeyVersion[]
  }
}

/** What UpdateRotationPolicy is asked. */
export interface UpdateRotationPolicyRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Whether it is rotated by itself. */
  readonly enableAutomaticRotation: boolean
  /** A number and `d`, `h`, `m` or `s`, as `365d`. */
  readonly rotationInterval?: string
}

/** What GetParametersForImport is asked. */
export type GetParametersForImportRequest = {
  /** Id of the key. */
  readonly keyId: string
} & (
  | {
      /** What the public key will be: RSA of 2,048 bits. */
      readonly wrappingKeySpec: 'RSA_2048'
      /** How the material will be wrapped with it. */
      readonly wrappingAlgorithm:
        | 'RSAES_PKCS1_V1_5'
        | 'RSAES_OAEP_SHA_1'
        | 'RSAES_OAEP_SHA_256'
    }
  | {
      /** What the public key will be: SM2 of 256 bits. */
      readonly wrappingKeySpec: 'EC_SM2'
      /** How the material will be wrapped with it. */
      readonly wrappingAlgorithm: 'SM2PKE'
    }
)

/** What GetParametersForImport answers. */
export interface GetParametersForImportResponseBody extends KmsEmptyBody {
  /** Id of the key. */
  readonly keyId: string
  /** In base64; good for 24 hours. */
  readonly importToken: string
  /** SubjectPublicKeyInfo (DER) in base64. */
  readonly publicKey: string
  /** When the token ends, UTC, as `2026-01-31T12:00:00Z`. */
  readonly tokenExpireTime: string
}

/** What ImportKeyMaterial is asked. */
export interface ImportKeyMaterialRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Key material under the public key of the import, in base64. */
  readonly encryptedKeyMaterial: string
  /** Token of GetParametersForImport, in base64; good for 24 hours. */
  readonly importToken: string
  /** Seconds since 1970 at which the material expires; 0 is never. */
  readonly keyMaterialExpireUnix: number
}

/** What DeleteKeyMaterial is asked. */
export interface DeleteKeyMaterialRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
}

/** What SetKeyPolicy is asked. */
export interface SetKeyPolicyRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** Policy document, at most 32,768 octets. */
  readonly policy: JsonText
  /** `default`, the only name there is. */
  readonly policyName?: string
}

/** What GetKeyPolicy is asked. */
export interface GetKeyPolicyRequest {
  /** Id of the key; an alias or ARN where the action takes one. */
  readonly keyId: string
  /** `default`, the only name there is. */
  readonly policyName?: string
}

/** What GetKeyPolicy answers. */
export interface GetKeyPolicyResponseBody extends KmsEmptyBody {
  /** Policy document, JSON text. */
  readonly policy: string
}

/** Actions on keys. */
export interface KmsKeyActions {
  /**
   * Creates a key.
   * @throws ClavigerError with code `Rejected.LimitExceeded`, `UnsupportedOperation`,
   *   `Forbidden.DKMSInstanceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreateKey
   */
  createKey(
    request?: CreateKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CreateKeyResponseBody>>
  /**
   * Tells what there is to know of a key.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Forbidden.AliasNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeKey
   */
  describeKey(
    request: DescribeKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeKeyResponseBody>>
  /**
   * Lists keys, a page at a time.
   * @throws ClavigerError with code `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListKeys
   */
  listKeys(
    request?: ListKeysRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListKeysResponseBody>>
  /**
   * Changes the description of a key.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Rejected.PendingDeletion`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdateKeyDescription
   */
  updateKeyDescription(
    request: UpdateKeyDescriptionRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Lets a key be used again.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Rejected.StateModifiedFailed`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/EnableKey
   */
  enableKey(
    request: EnableKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Keeps a key from being used.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Rejected.StateModifiedFailed`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DisableKey
   */
  disableKey(
    request: DisableKeyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Has a key deleted after some days.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Rejected.StateModifiedFailed`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ScheduleKeyDeletion
   */
  scheduleKeyDeletion(
    request: ScheduleKeyDeletionRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Keeps a key that was to be deleted.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Rejected.StateModifiedFailed`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CancelKeyDeletion
   */
  cancelKeyDeletion(
    request: CancelKeyDeletionRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Protects a key from deletion, or no more.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/SetDeletionProtection
   */
  setDeletionProtection(
    request: SetDeletionProtectionRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Makes a new version of a key; of a symmetric one it encrypts from then on.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Rejected.UnsupportedOperation`,
   *   `Rejected.Disabled`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreateKeyVersion
   */
  createKeyVersion(
    request: CreateKeyVersionRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CreateKeyVersionResponseBody>>
  /**
   * Tells of one version of a key.
   * @throws ClavigerError with code `Forbidden.KeyVersionNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeKeyVersion
   */
  describeKeyVersion(
    request: DescribeKeyVersionRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeKeyVersionResponseBody>>
  /**
   * Lists the versions of a key, a page at a time.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListKeyVersions
   */
  listKeyVersions(
    request: ListKeyVersionsRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListKeyVersionsResponseBody>>
  /**
   * Says whether and how often a symmetric key is rotated, every 7 to 730 days.
   * @throws ClavigerError with code `Forbidden.KeyNotFound`, `Rejected.UnsupportedOperation`,
   *   `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdateRotationPolicy
   */
  updateRotationPolicy(
    request: UpdateRotationPolicyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Gets a public key and a token with which key material is imported.
   * @throws ClavigerError with code `Unsupported.Origin`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetParametersForImport
   */
  getParametersForImport(
    request: GetParametersForImportRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetParametersForImportResponseBody>>
  /**
   * Imports the material of a key whose origin is EXTERNAL.
   * @throws ClavigerError with code `InvalidKeyMaterial`, `InvalidImportToken`,
   *   `ExpiredImportToken`, `Unsupported.Origin`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ImportKeyMaterial
   */
  importKeyMaterial(
    request: ImportKeyMaterialRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Deletes material that was imported.
   * @throws ClavigerError with code `Unsupported.Origin`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DeleteKeyMaterial
   */
  deleteKeyMaterial(
    request: DeleteKeyMaterialRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Sets the policy of a key in an instance.
   * @throws ClavigerError with code `Forbidden.KeyPolicyUnSupported`, `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/SetKeyPolicy
   */
  setKeyPolicy(
    request: SetKeyPolicyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Gets the policy of a key.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`, `Forbidden.KeyNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetKeyPolicy
   */
  getKeyPolicy(
    request: GetKeyPolicyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetKeyPolicyResponseBody>>
}
