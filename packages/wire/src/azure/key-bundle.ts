import type { Deletion } from './secret-bundle.ts'

// The answers of the operations on keys, member for member as the published description has them
// (2026-04-01). Times are whole seconds since 1970, binary members base64url.

export interface KeyAttributes {
  readonly enabled: boolean
  readonly nbf?: number
  readonly exp?: number
  readonly created: number
  readonly updated: number
  readonly recoveryLevel: string
  readonly recoverableDays: number
  readonly exportable: boolean
  /** `0` for software, `1` and `2` for FIPS 140-2 and 140-3 level 3 hardware. */
  readonly hsmPlatform: string
  /** Bits of an `oct` key, from 2026-01-01-preview on. */
  readonly key_size?: number
}

/** The public half: RSA has `n` and `e`, EC `crv`, `x` and `y`, OKP `crv` and `x`, oct nothing. */
export interface JsonWebKey {
  /** The id of the version. */
  readonly kid: string
  readonly kty: string
  readonly key_ops: readonly string[]
  readonly n?: string
  readonly e?: string
  readonly crv?: string
  readonly x?: string
  readonly y?: string
}

/** A key in a list; its `kid` has a version in the list of versions alone. */
export interface KeyItem {
  readonly kid: string
  readonly attributes: KeyAttributes
  readonly tags?: Readonly<Record<string, string>>
  readonly managed?: true
}

/** One version of a key. */
export interface KeyBundle extends Omit<KeyItem, 'kid'> {
  readonly key: JsonWebKey
}

export type DeletedKeyItem = Deletion & KeyItem

export type DeletedKeyBundle = Deletion & KeyBundle

/** What a use of a key gives; `iv`, `tag` and `aad` with the algorithms that have them. */
export interface KeyOperationResult {
  /** The id of the version that was used, also when none was named. */
  readonly kid: string
  readonly value: string
  readonly iv?: string
  readonly tag?: string
  readonly aad?: string
}

export interface KeyVerifyResult {
  readonly value: boolean
}

export interface RandomBytesResult {
  readonly value: string
}
