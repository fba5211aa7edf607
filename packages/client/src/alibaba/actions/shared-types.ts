/** A JSON document: its text, or what it says. */
export type JsonText = string | Readonly<Record<string, unknown>>

/** Names and values that a ciphertext is bound to; as an object or its JSON text. */
export type EncryptionContext = string | Readonly<Record<string, string>>

/** A switch that the service takes as text. */
export type KmsFlag = boolean | 'true' | 'false'

/** A tag of a key, secret or certificate; name and value have at most 128 characters. */
export interface KmsTag {
  readonly tagKey: string
  readonly tagValue: string
}

/** A tag, as TagResources spells it. */
export interface KmsResourceTag {
  readonly key: string
  readonly value: string
}

/** What a list is limited to: any of the values, at most 10. */
export interface KmsFilter {
  readonly key: string
  readonly values: readonly string[]
}

/** What a secret belongs to. */
export type KmsSecretType = 'Generic' | 'Rds' | 'Redis' | 'RAMCredentials' | 'ECS' | 'PolarDB'

/** A secret of BatchGetSecretValue. */
export interface SecretToRead {
  readonly secretName: string
  readonly versionId?: string
  readonly versionStage?: string
  readonly fetchExtendedConfig?: boolean
}

/** Network rules, by name, of which a caller must match one. */
export interface AccessControlRules {
  readonly networkRules: readonly string[]
}

/** A VPC that reaches an instance. */
export interface BindVpc {
  readonly vpcId: string
  readonly vSwitchId: string
  readonly regionId: string
  readonly vpcOwnerId?: string
}

/** A request without parameters. */
export interface NoParameters {
  readonly [name: string]: never
}

/** What every action answers. */
export interface KmsEmptyBody {
  /** Names the request in the records of the service. */
  readonly requestId: string
}

/** Of a list with pages. */
export interface KmsPage extends KmsEmptyBody {
  /** Page that was asked for, from 1. */
  readonly pageNumber: number
  /** Most items of a page. */
  readonly pageSize: number
  /** How many there are on all pages. */
  readonly totalCount: number
}
