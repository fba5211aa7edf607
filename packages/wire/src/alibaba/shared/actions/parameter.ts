import type { EncryptionContext } from '../../encryption-context.ts'

/** What the reader makes of a parameter of each kind. */
export interface ParameterValues {
  readonly text: string
  readonly integer: number
  /** `true` or `false`, in any case: Python clients send `True`. */
  readonly boolean: boolean
  readonly base64: Uint8Array
  /** Seconds since 1970, from `yyyy-MM-ddTHH:mm:ssZ`. */
  readonly time: number
  /** A JSON text, parsed. */
  readonly json: unknown
  /** A JSON object, or its members one by one as `Name.member`. */
  readonly object: Readonly<Record<string, unknown>>
  /** A JSON object of strings, or its members one by one. */
  readonly context: EncryptionContext
  /** A JSON array of strings. */
  readonly strings: readonly string[]
  /** A JSON array of strings, or a list with commas. */
  readonly names: readonly string[]
  /** `[{"TagKey":"…","TagValue":"…"}]` */
  readonly tags: readonly Tag[]
  /** `[{"Key":"…","Values":["…"]}]` */
  readonly filters: readonly Filter[]
  /** `Name.1`, `Name.2` … */
  readonly repeated: readonly string[]
  /** `Name.1.Key`, `Name.1.Value`, `Name.2.Key` … */
  readonly repeatedTags: readonly Tag[]
}

export interface Tag {
  readonly key: string
  readonly value: string
}

export interface Filter {
  readonly key: string
  readonly values: readonly string[]
}

export type ParameterKind = keyof ParameterValues

/** Beyond which a value is refused. */
export interface ParameterLimits {
  /** Characters of the text. */
  readonly longest?: number
  /** Octets of the text, in UTF-8. */
  readonly longestOctets?: number
  /** The smallest and the largest whole number. */
  readonly within?: readonly [smallest: number, largest: number]
  /** The most members of a list. */
  readonly most?: number
  /** The value may be empty; else an empty one counts as absent. */
  readonly mayBeEmpty?: true
  /** The value is confidential: no message may show it. */
  readonly confidential?: true
}

export type Presence = 'required' | 'optional' | 'defaulted'

/** One parameter of an action. */
export interface Parameter<
  Kind extends ParameterKind = ParameterKind,
  Where extends Presence = Presence,
> extends ParameterLimits {
  readonly kind: Kind
  readonly presence: Where
  /** Of a `defaulted` one. */
  readonly otherwise?: ParameterValues[Kind]
}

export function required<Kind extends ParameterKind>(
  kind: Kind,
  limits: ParameterLimits = {},
): Parameter<Kind, 'required'> {
  return { kind, presence: 'required', ...limits }
}

export function optional<Kind extends ParameterKind>(
  kind: Kind,
  limits: ParameterLimits = {},
): Parameter<Kind, 'optional'> {
  return { kind, presence: 'optional', ...limits }
}

/** @param otherwise the value when the parameter is absent. */
export function defaulted<Kind extends ParameterKind>(
  kind: Kind,
  otherwise: ParameterValues[Kind],
  limits: ParameterLimits = {},
): Parameter<Kind, 'defaulted'> {
  return { kind, presence: 'defaulted', otherwise, ...limits }
}
