import type { Jwk } from '../programs/jwk.ts'
import type { JsonObject } from '../server/json.ts'
import type { KeyUse } from '../server/raw-keys.ts'

/** What a vector asks of the vault over the wire, with which key, and what has to come back. */
export interface WireQuestion {
  readonly id: number
  readonly isValid: boolean
  readonly jwk: Jwk
  readonly use: KeyUse
  readonly body: JsonObject
  readonly expected: Expected
}

export type Expected =
  | { readonly what: 'octets'; readonly value: Buffer }
  | { readonly what: 'verdict'; readonly value: boolean }
  /** 400: the vault says nothing of what was wrong. */
  | { readonly what: 'refusal' }
  /** Implicit rejection may answer with octets made up; the message it must not be. */
  | { readonly what: 'nothing of value'; readonly value: Buffer }
