import type { FieldKind, MESSAGE_FIELDS } from './message-fields.ts'

/** The name of a message, as `EncryptRequest`. */
export type MessageName = keyof typeof MESSAGE_FIELDS

interface FieldValues {
  readonly string: string
  readonly bytes: Uint8Array
  readonly int32: number
  readonly bool: boolean
  readonly strings: readonly string[]
}

export type FieldValue = FieldValues[FieldKind]

type ValueOf<Entry> = Entry extends readonly [number, infer Kind extends FieldKind]
  ? FieldValues[Kind]
  : never

/**
 * A message as it was read. proto3 does not tell an absent field from one with its default (`''`,
 * no octets, 0, false, no items), so every field is there.
 */
export type Message<Name extends MessageName> = {
  readonly [Field in keyof (typeof MESSAGE_FIELDS)[Name]]: ValueOf<
    (typeof MESSAGE_FIELDS)[Name][Field]
  >
}
