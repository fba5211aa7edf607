import { UnexpectedAnswerError } from '../../core/index.ts'
import {
  MESSAGE_FIELDS,
  type FieldKind,
  type Message,
  type MessageFields,
  type MessageName,
} from './message-fields.ts'

/**
 * Reads a message in protobuf. Unknown fields are ignored; of one that occurs twice the last
 * counts.
 * @throws UnexpectedAnswerError for octets that are none.
 */
export function decodeMessage<Name extends MessageName>(
  name: Name,
  octets: Uint8Array,
): Message<Name> {
  const fields: MessageFields = MESSAGE_FIELDS[name]
  const known = new Map(
    Object.entries(fields).map(([field, [number, kind]]) => [number, { field, kind }]),
  )
  const message: Record<string, unknown> = Object.fromEntries(
    Object.entries(fields).map(([field, [, kind]]) => [field, defaultOf(kind)]),
  )
  const reader = new Reader(octets)
  while (!reader.isAtEnd()) {
    const tag = reader.varint()
    const wireType = tag & 7
    const found = known.get(tag >>> 3)
    const value = reader.value(wireType)
    if (found === undefined) continue
    const { field, kind } = found
    message[field] = valueOf(kind, value, message[field])
  }
  // Each field has its default or a value of its kind, as `valueOf` makes it.
  return message as Message<Name>
}

function defaultOf(kind: FieldKind): unknown {
  const defaults = { string: '', bytes: new Uint8Array(), int32: 0, bool: false, strings: [] }
  return defaults[kind]
}

function valueOf(kind: FieldKind, value: number | Uint8Array, before: unknown): unknown {
  if (kind === 'int32' || kind === 'bool') {
    if (typeof value !== 'number') throw malformed()
    return kind === 'bool' ? value !== 0 : value
  }
  if (typeof value === 'number') throw malformed()
  // A copy: a view would keep the whole answer, and change with it.
  if (kind === 'bytes') return value.slice()
  const text = new TextDecoder().decode(value)
  return kind === 'strings' && Array.isArray(before) ? [...(before as unknown[]), text] : text
}

class Reader {
  readonly #octets: Uint8Array
  #at = 0

  constructor(octets: Uint8Array) {
    this.#octets = octets
  }

  isAtEnd(): boolean {
    return this.#at >= this.#octets.length
  }

  /** @throws UnexpectedAnswerError */
  value(wireType: number): number | Uint8Array {
    if (wireType === 0) return this.varint()
    if (wireType === 1) return this.#take(8)
    if (wireType === 2) return this.#take(this.varint())
    if (wireType === 5) return this.#take(4)
    throw malformed()
  }

  /** The low 32 bits, which is all that an int32 or a length has. @throws UnexpectedAnswerError */
  varint(): number {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const octet = this.#octets[this.#at]
      if (octet === undefined) break
      this.#at += 1
      if (shift < 32) value |= (octet & 0x7f) << shift
      if (octet < 0x80) return value
    }
    throw malformed()
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length
    if (length < 0 || end > this.#octets.length) throw malformed()
    const taken = this.#octets.subarray(this.#at, end)
    this.#at = end
    return taken
  }
}

function malformed(): UnexpectedAnswerError {
  const message = 'The instance answered with something else than its protobuf message.'
  return new UnexpectedAnswerError({ code: 'UnexpectedAnswer', message })
}
