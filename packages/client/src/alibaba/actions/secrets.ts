import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type {
  JsonText,
  KmsEmptyBody,
  KmsFilter,
  KmsFlag,
  KmsPage,
  KmsSecretType,
  KmsTag,
  SecretToRead,
} from './shared-types.ts'

/**
 * A tag of a secret.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeSecret
 */
export interface SecretTag {
  /** Name of the tag. */
  readonly tagKey: string
  /** Its value. */
  readonly tagValue: string
}

/**
 * A secret of a list.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListSecrets
 */
export interface ListedSecret {
  /** Name of the secret. */
  readonly secretName: string
  /** `Generic` where it has no other type. */
  readonly secretType?: string
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly createTime: string
  /** When it was last changed, UTC, as `2026-01-31T12:00:00Z`. */
  readonly updateTime: string
  /** When it will be deleted, UTC, as `2026-01-31T12:00:00Z`; empty unless it is to be deleted. */
  readonly plannedDeleteTime?: string
  /** Service that made it. */
  readonly owingService?: string
  /** When asked for. */
  readonly tags?: {
    /** One for each tag. */
    readonly tag: readonly SecretTag[]
  }
}

/**
 * Stages of a version.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetSecretValue
 */
export interface VersionStages {
  /** Stage of the version; `ACSCurrent` unless said. */
  readonly versionStage: readonly string[]
}

/**
 * A version of a secret.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListSecretVersionIds
 */
export interface SecretVersion {
  /** Name of the version, at most 64 characters. */
  readonly versionId: string
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly createTime: string
  /** At most 8; `["ACSCurrent"]` unless said. */
  readonly versionStages: VersionStages
}

/**
 * A value of a secret, and whose it is.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetSecretValue
 */
export interface SecretValue {
  /** Name of the secret. */
  readonly secretName: string
  /** `Generic` where it has no other type. */
  readonly secretType?: string
  /** The value. */
  readonly secretData: string
  /** `text` or `binary`. */
  readonly secretDataType: string
  /** Name of the version, at most 64 characters. */
  readonly versionId: string
  /** At most 8; `["ACSCurrent"]` unless said. */
  readonly versionStages: VersionStages
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly createTime: string
  /** JSON text. */
  readonly extendedConfig?: string
  /** `Enabled`, `Disabled`, `Suspended` or `Invalid`. */
  readonly automaticRotation?: string
  /** Seconds and `s`, as `31536000s`. */
  readonly rotationInterval?: string
  /** When it was last rotated, UTC, as `2026-01-31T12:00:00Z`. */
  readonly lastRotationDate?: string
  /** When it will be rotated next, UTC, as `2026-01-31T12:00:00Z`. */
  readonly nextRotationDate?: string
}

/**
 * Why a secret could not be read.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/BatchGetSecretValue
 */
export interface SecretError {
  /** Name of the secret. */
  readonly secretName: string
  /** Code of the refusal. */
  readonly code: string
  /** HTTP status that it would have alone. */
  readonly httpStatus?: number
  /** Why. */
  readonly message: string
}

/** What CreateSecret is asked. */
export interface CreateSecretRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** Name of the version, at most 64 characters. */
  readonly versionId: string
  /** Value, at most 30,720 octets. */
  readonly secretData: string
  /** What the value is; it is never changed. */
  readonly secretDataType?: 'text' | 'binary'
  /** What the secret belongs to; `Generic` unless said. */
  readonly secretType?: KmsSecretType
  /** Symmetric key that encrypts the value. */
  readonly encryptionKeyId?: string
  /** At most 8,192 characters. */
  readonly description?: string
  /** Whether it is rotated by itself. */
  readonly enableAutomaticRotation?: boolean
  /** A number and `d`, `h`, `m` or `s`, as `365d`. */
  readonly rotationInterval?: string
  /** Settings of a secret that has a type, as JSON text. */
  readonly extendedConfig?: JsonText
  /** Id of the KMS instance, `kst-…`. */
  readonly DKMSInstanceId?: string
  /** Policy document, at most 32,768 octets. */
  readonly policy?: JsonText
  /** At most 20; as a list or its JSON text. */
  readonly tags?: readonly KmsTag[] | string
}

/** What CreateSecret answers. */
export interface CreateSecretResponseBody extends KmsEmptyBody {
  /** ARN of the object. */
  readonly arn: string
  /** Name of the secret. */
  readonly secretName: string
  /** `Generic` where it has no other type. */
  readonly secretType?: string
  /** Name of the version, at most 64 characters. */
  readonly versionId: string
  /** `Enabled`, `Disabled`, `Suspended` or `Invalid`. */
  readonly automaticRotation?: string
  /** Seconds and `s`, as `31536000s`. */
  readonly rotationInterval?: string
  /** When it will be rotated next, UTC, as `2026-01-31T12:00:00Z`. */
  readonly nextRotationDate?: string
  /** JSON text. */
  readonly extendedConfig?: string
  /** Id of the KMS instance, `kst-…`. */
  readonly DKMSInstanceId?: string
}

/** What DeleteSecret is asked. */
export interface DeleteSecretRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** Whether it is gone at once. */
  readonly forceDeleteWithoutRecovery?: KmsFlag
  /** 7 to 30 days; 30 unless said. */
  readonly recoveryWindowInDays?: number
}

/** What DeleteSecret answers. */
export interface DeleteSecretResponseBody extends KmsEmptyBody {
  /** Name of the secret. */
  readonly secretName: string
  /** When it will be deleted, UTC, as `2026-01-31T12:00:00Z`. */
  readonly plannedDeleteTime: string
}

/** What RestoreSecret is asked. */
export interface RestoreSecretRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
}

/** What RestoreSecret answers. */
export interface RestoreSecretResponseBody extends KmsEmptyBody {
  /** Name of the secret. */
  readonly secretName: string
}

/** What UpdateSecret is asked. */
export interface UpdateSecretRequest {
  /** Name of the secret. */
  readonly secretName: string
  /** At most 8,192 characters. */
  readonly description?: string
  /** Data of its owner in the settings of a secret that has a type. */
  readonly extendedConfig?: {
    /** An object in JSON, which the type of the secret leaves to its owner. */
    readonly customData: JsonText
  }
}

/** What UpdateSecret answers. */
export interface UpdateSecretResponseBody extends KmsEmptyBody {
  /** Name of the secret. */
  readonly secretName: string
}

/** What DescribeSecret is asked. */
export interface DescribeSecretRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** Whether tags are answered. */
  readonly fetchTags?: KmsFlag
}

/** What DescribeSecret answers. */
export interface DescribeSecretResponseBody extends KmsEmptyBody {
  /** ARN of the object. */
  readonly arn: string
  /** Name of the secret. */
  readonly secretName: string
  /** `Generic` where it has no other type. */
  readonly secretType?: string
  /** What its maker says of it. */
  readonly description?: string
  /** Symmetric key that encrypts the value. */
  readonly encryptionKeyId?: string
  /** Id of the KMS instance, `kst-…`. */
  readonly DKMSInstanceId?: string
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly createTime: string
  /** When it was last changed, UTC, as `2026-01-31T12:00:00Z`. */
  readonly updateTime: string
  /** When it will be deleted, UTC, as `2026-01-31T12:00:00Z`; empty unless it is to be deleted. */
  readonly plannedDeleteTime?: string
  /** `Enabled`, `Disabled`, `Suspended` or `Invalid`. */
  readonly automaticRotation?: string
  /** Seconds and `s`, as `31536000s`. */
  readonly rotationInterval?: string
  /** When it was last rotated, UTC, as `2026-01-31T12:00:00Z`. */
  readonly lastRotationDate?: string
  /** When it will be rotated next, UTC, as `2026-01-31T12:00:00Z`. */
  readonly nextRotationDate?: string
  /** JSON text. */
  readonly extendedConfig?: string
  /** Service that made it. */
  readonly owingService?: string
  /** When asked for. */
  readonly tags?: {
    /** One for each tag. */
    readonly tag: readonly SecretTag[]
  }
}

/** What ListSecrets is asked. */
export interface ListSecretsRequest {
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
  /** Whether tags are answered. */
  readonly fetchTags?: KmsFlag
  /** At most 10; as a list or its JSON text. */
  readonly filters?: readonly KmsFilter[] | string
}

/** What ListSecrets answers. */
export interface ListSecretsResponseBody extends KmsPage {
  /** The page. */
  readonly secretList: {
    /** One for each secret. */
    readonly secret: readonly ListedSecret[]
  }
}

/** What ListSecretVersionIds is asked. */
export interface ListSecretVersionIdsRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** Whether versions without a stage are listed. */
  readonly includeDeprecated?: KmsFlag
  /** From 1, which is the default. */
  readonly pageNumber?: number
  /** At most 100 items; what counts without it is 10 or 20, by action. */
  readonly pageSize?: number
}

/** What ListSecretVersionIds answers. */
export interface ListSecretVersionIdsResponseBody extends KmsPage {
  /** Name of the secret. */
  readonly secretName: string
  /** The page. */
  readonly versionIds: {
    /** One for each version. */
    readonly versionId: readonly SecretVersion[]
  }
}

/** What GetSecretValue is asked. */
export interface GetSecretValueRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** Name of the version, at most 64 characters. */
  readonly versionId?: string
  /** Stage of the version; `ACSCurrent` unless said. */
  readonly versionStage?: string
  /** Whether ExtendedConfig is answered. */
  readonly fetchExtendedConfig?: boolean
  /** Whether the call is checked only; such a call always ends in an error that says how. */
  readonly dryRun?: KmsFlag
}

/** What GetSecretValue answers. */
export interface GetSecretValueResponseBody extends KmsEmptyBody {
  /** Name of the secret. */
  readonly secretName: string
  /** `Generic` where it has no other type. */
  readonly secretType?: string
  /** The value. */
  readonly secretData: string
  /** `text` or `binary`. */
  readonly secretDataType: string
  /** Name of the version, at most 64 characters. */
  readonly versionId: string
  /** At most 8; `["ACSCurrent"]` unless said. */
  readonly versionStages: VersionStages
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly createTime: string
  /** JSON text. */
  readonly extendedConfig?: string
  /** `Enabled`, `Disabled`, `Suspended` or `Invalid`. */
  readonly automaticRotation?: string
  /** Seconds and `s`, as `31536000s`. */
  readonly rotationInterval?: string
  /** When it was last rotated, UTC, as `2026-01-31T12:00:00Z`. */
  readonly lastRotationDate?: string
  /** When it will be rotated next, UTC, as `2026-01-31T12:00:00Z`. */
  readonly nextRotationDate?: string
}

/** What BatchGetSecretValue is asked. */
export interface BatchGetSecretValueRequest {
  /** At most 20; as a list or its JSON text. */
  readonly secretsList: readonly SecretToRead[] | string
}

/** What BatchGetSecretValue answers. */
export interface BatchGetSecretValueResponseBody extends KmsEmptyBody {
  /** Those that could be read. */
  readonly secretValues: readonly SecretValue[]
  /** Those that could not be read. */
  readonly errors: readonly SecretError[]
}

/** What PutSecretValue is asked. */
export interface PutSecretValueRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** Name of the version, at most 64 characters. */
  readonly versionId: string
  /** Value, at most 30,720 octets. */
  readonly secretData: string
  /** What the value is; it is never changed. */
  readonly secretDataType?: 'text' | 'binary'
  /** At most 8; `["ACSCurrent"]` unless said. */
  readonly versionStages?: readonly string[] | string
}

/** What PutSecretValue answers. */
export interface PutSecretValueResponseBody extends KmsEmptyBody {
  /** Name of the secret. */
  readonly secretName: string
  /** Name of the version, at most 64 characters. */
  readonly versionId: string
  /** At most 8; `["ACSCurrent"]` unless said. */
  readonly versionStages: VersionStages
}

/** What UpdateSecretVersionStage is asked. */
export interface UpdateSecretVersionStageRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** Stage of the version; `ACSCurrent` unless said. */
  readonly versionStage: string
  /** Version that loses the stage. */
  readonly removeFromVersion?: string
  /** Version that gets the stage. */
  readonly moveToVersion?: string
}

/** What UpdateSecretVersionStage answers. */
export interface UpdateSecretVersionStageResponseBody extends KmsEmptyBody {
  /** Name of the secret. */
  readonly secretName: string
}

/** What UpdateSecretRotationPolicy is asked. */
export interface UpdateSecretRotationPolicyRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** Whether it is rotated by itself. */
  readonly enableAutomaticRotation: boolean
  /** A number and `d`, `h`, `m` or `s`, as `365d`. */
  readonly rotationInterval?: string
}

/** What UpdateSecretRotationPolicy answers. */
export interface UpdateSecretRotationPolicyResponseBody extends KmsEmptyBody {
  /** Name of the secret. */
  readonly secretName: string
}

/** What RotateSecret is asked. */
export interface RotateSecretRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** Name of the version, at most 64 characters. */
  readonly versionId: string
}

/** What RotateSecret answers. */
export interface RotateSecretResponseBody extends KmsEmptyBody {
  /** ARN of the object. */
  readonly arn: string
  /** Name of the secret. */
  readonly secretName: string
  /** Name of the version, at most 64 characters. */
  readonly versionId: string
}

/** What GetRandomPassword is asked. */
export interface GetRandomPasswordRequest {
  /** 8 to 128 characters; 32 unless said. */
  readonly passwordLength?: number | string
  /** Characters that must not be in it. */
  readonly excludeCharacters?: string
  /** Without lower-case letters. */
  readonly excludeLowercase?: KmsFlag
  /** Without upper-case letters. */
  readonly excludeUppercase?: KmsFlag
  /** Without digits. */
  readonly excludeNumbers?: KmsFlag
  /** Without punctuation. */
  readonly excludePunctuation?: KmsFlag
  /** Whether each kind that is not excluded occurs; true unless said. */
  readonly requireEachIncludedType?: KmsFlag
}

/** What GetRandomPassword answers. */
export interface GetRandomPasswordResponseBody extends KmsEmptyBody {
  /** The password. */
  readonly randomPassword: string
}

/** What SetSecretPolicy is asked. */
export interface SetSecretPolicyRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** Policy document, at most 32,768 octets. */
  readonly policy: JsonText
  /** `default`, the only name there is. */
  readonly policyName?: string
}

/** What GetSecretPolicy is asked. */
export interface GetSecretPolicyRequest {
  /** Name of the secret, at most 192 characters; an ARN where the action takes one. */
  readonly secretName: string
  /** `default`, the only name there is. */
  readonly policyName?: string
}

/** What GetSecretPolicy answers. */
export interface GetSecretPolicyResponseBody extends KmsEmptyBody {
  /** Policy document, JSON text. */
  readonly policy: string
}

/** Actions on secrets. */
export interface KmsSecretActions {
  /**
   * Creates a secret with its first version.
   * @throws ClavigerError with code `Rejected.ResourceExist`, `Rejected.ResourceInDeleteWindow`,
   *   `Rejected.LimitExceeded`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreateSecret
   */
  createSecret(
    request: CreateSecretRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CreateSecretResponseBody>>
  /**
   * Deletes a secret: after some days, or at once.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`,
   *   `Rejected.ResourceInDeleteWindow`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DeleteSecret
   */
  deleteSecret(
    request: DeleteSecretRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DeleteSecretResponseBody>>
  /**
   * Keeps a secret that was to be deleted.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`, `Rejected.ResourceInUse`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/RestoreSecret
   */
  restoreSecret(
    request: RestoreSecretRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<RestoreSecretResponseBody>>
  /**
   * Changes what is said about a secret.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`,
   *   `Rejected.ResourceInDeleteWindow`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdateSecret
   */
  updateSecret(
    request: UpdateSecretRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<UpdateSecretResponseBody>>
  /**
   * Tells what there is to know of a secret, but not its value.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/DescribeSecret
   */
  describeSecret(
    request: DescribeSecretRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeSecretResponseBody>>
  /**
   * Lists secrets, a page at a time.
   * @throws ClavigerError with code `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListSecrets
   */
  listSecrets(
    request?: ListSecretsRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListSecretsResponseBody>>
  /**
   * Lists the versions of a secret, a page at a time.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListSecretVersionIds
   */
  listSecretVersionIds(
    request: ListSecretVersionIdsRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<ListSecretVersionIdsResponseBody>>
  /**
   * Gets a value of a secret.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`,
   *   `Rejected.ResourceInDeleteWindow`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetSecretValue
   */
  getSecretValue(
    request: GetSecretValueRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetSecretValueResponseBody>>
  /**
   * Gets the values of at most 20 secrets; one that cannot be read fails alone.
   * @throws ClavigerError with code `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/BatchGetSecretValue
   */
  batchGetSecretValue(
    request: BatchGetSecretValueRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<BatchGetSecretValueResponseBody>>
  /**
   * Adds a version to a generic secret.
   * @throws ClavigerError with code `Rejected.ResourceExist`, `Rejected.LimitExceeded`,
   *   `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/PutSecretValue
   */
  putSecretValue(
    request: PutSecretValueRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<PutSecretValueResponseBody>>
  /**
   * Moves a stage from one version to another.
   * @throws ClavigerError with code `Rejected.InvalidRequest`, `Rejected.UnsupportedOperation`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdateSecretVersionStage
   */
  updateSecretVersionStage(
    request: UpdateSecretVersionStageRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<UpdateSecretVersionStageResponseBody>>
  /**
   * Says whether and how often a secret that has a type is rotated.
   * @throws ClavigerError with code `UnsupportedOperation`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdateSecretRotationPolicy
   */
  updateSecretRotationPolicy(
    request: UpdateSecretRotationPolicyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<UpdateSecretRotationPolicyResponseBody>>
  /**
   * Rotates a secret that has a type; at most 50 times an hour.
   * @throws ClavigerError with code `UnsupportedOperation`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/RotateSecret
   */
  rotateSecret(
    request: RotateSecretRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<RotateSecretResponseBody>>
  /**
   * Makes a random password.
   * @throws ClavigerError with code `InvalidParameter`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetRandomPassword
   */
  getRandomPassword(
    request?: GetRandomPasswordRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetRandomPasswordResponseBody>>
  /**
   * Sets the policy of a secret in an instance.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/SetSecretPolicy
   */
  setSecretPolicy(
    request: SetSecretPolicyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Gets the policy of a secret.
   * @throws ClavigerError with code `Forbidden.ResourceNotFound`.
   * @see https://api.alibabacloud.com/document/Kms/2016-01-20/GetSecretPolicy
   */
  getSecretPolicy(
    request: GetSecretPolicyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetSecretPolicyResponseBody>>
}
