/** A JSON document (RFC 8259): its text, or what it says. */
export type JsonText = string | Readonly<Record<string, unknown>>

/**
 * Names and values that a ciphertext is bound to; as an object or its JSON text.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/Encrypt
 */
export type EncryptionContext = string | Readonly<Record<string, string>>

/**
 * A switch that the service takes as text.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/overview
 */
export type KmsFlag = boolean | 'true' | 'false'

/**
 * A tag of a key, secret or certificate; name and value have at most 128 characters.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/TagResource
 */
export interface KmsTag {
  /** Name of the tag. */
  readonly tagKey: string
  /** Its value. */
  readonly tagValue: string
}

/**
 * A tag, as TagResources spells it.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/TagResources
 */
export interface KmsResourceTag {
  /** Name of the tag. */
  readonly key: string
  /** Its value. */
  readonly value: string
}

/**
 * What a list is limited to: any of the values, at most 10.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListKeys
 */
export interface KmsFilter {
  /** What is looked at, such as `KeyState` or `SecretName`. */
  readonly key: string
  /** What it may be. */
  readonly values: readonly string[]
}

/**
 * What a secret belongs to.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreateSecret
 */
export type KmsSecretType = 'Generic' | 'Rds' | 'Redis' | 'RAMCredentials' | 'ECS' | 'PolarDB'

/**
 * A secret of BatchGetSecretValue.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/BatchGetSecretValue
 */
export interface SecretToRead {
  /** Its name. */
  readonly secretName: string
  /** Name of the version. */
  readonly versionId?: string
  /** Stage of the version; `ACSCurrent` unless said. */
  readonly versionStage?: string
  /** Whether ExtendedConfig is answered. */
  readonly fetchExtendedConfig?: boolean
}

/**
 * Network rules, by name, of which a caller must match one.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/CreatePolicy
 */
export interface AccessControlRules {
  /** Their names. */
  readonly networkRules: readonly string[]
}

/**
 * A VPC that reaches an instance.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/UpdateKmsInstanceBindVpc
 */
export interface BindVpc {
  /** Id of the VPC. */
  readonly vpcId: string
  /** Id of the virtual switch. */
  readonly vSwitchId: string
  /** Region of the VPC. */
  readonly regionId: string
  /** Account that the VPC belongs to. */
  readonly vpcOwnerId?: string
}

/**
 * A request without parameters.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/overview
 */
export interface NoParameters {
  readonly [name: string]: never
}

/**
 * What every action answers.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/overview
 */
export interface KmsEmptyBody {
  /** Names the request in the records of the service. */
  readonly requestId: string
}

/**
 * Of a list with pages.
 * @see https://api.alibabacloud.com/document/Kms/2016-01-20/ListKeys
 */
export interface KmsPage extends KmsEmptyBody {
  /** Page that was asked for, from 1. */
  readonly pageNumber: number
  /** Most items of a page. */
  readonly pageSize: number
  /** How many items there are on all pages. */
  readonly totalCount: number
}
