import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { MESSAGE_FIELDS, type FieldKind, type MessageFields } from './message-fields.ts'
import type { Message, MessageName } from './message.ts'

/**
 * A message as octets. Fields that are absent or have their default are left out; the others come
 * in the order of their numbers, as the vendor's clients write them.
 * @throws Error for a number that is no int32, which is a mistake of the caller.
 */
export function encodeMessage<Name extends MessageName>(
  name: Name,
  message: Partial<Message<Name>>,
): Uint8Array {
  const fields: MessageFields = MESSAGE_FIELDS[name]
  const given: Readonly<Record<string, unknown>> = message
  const writer = new BinaryWriter()
  for (const [field, [number, kind]] of Object.entries(fields)) {
    const value = given[field]
    if (value !== undefined) WRITE[kind](writer, number, value)
  }
  return writer.finish()
}

type Write = (writer: BinaryWriter, number: number, value: unknown) => void

/** The type of a message has promised each value; the checks tell the compiler so. */
const WRITE: Readonly<Record<FieldKind, Write>> = {
  string(writer, number, value) {
    if (typeof value !== 'string' || value === '') return
    writer.tag(number, WireType.LengthDelimited).string(value)
  },
  bytes(writer, number, value) {
    if (!(value instanceof Uint8Array) || value.length === 0) return
    writer.tag(number, WireType.LengthDelimited).bytes(value)
  },
  int32(writer, number, value) {
    if (typeof value !== 'number' || value === 0) return
    writer.tag(number, WireType.Varint).int32(value)
  },
  bool(writer, number, value) {
    if (value !== true) return
    writer.tag(number, WireType.Varint).bool(value)
  },
  strings(writer, number, value) {
    if (!Array.isArray(value)) return
    const items: readonly unknown[] = value
    for (const item of items) {
      // An item is written even when it is empty: it has no default to fall back to.
      if (typeof item === 'string') writer.tag(number, WireType.LengthDelimited).string(item)
    }
  },
}
