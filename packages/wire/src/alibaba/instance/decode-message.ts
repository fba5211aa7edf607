import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { MalformedMessage } from './malformed-message.ts'
import { MESSAGE_FIELDS, type FieldKind, type MessageFields } from './message-fields.ts'
import type { FieldValue, Message, MessageName } from './message.ts'

/** Above the 3 MiB that a request may have, so that the answer to the largest one fits as well. */
const MESSAGE_MAX_BYTES = 4 * 1024 * 1024

/**
 * Reads a message. Unknown fields are ignored; of a field that occurs twice the last one counts
 * (proto3). Octets are views into those given and live as long as they do.
 *
 * A known field of another wire type is refused where proto3 would count it as unknown: data
 * encrypted without the Aad that was sent would be worse than an error.
 * @throws MalformedMessage and nothing else, whatever the octets are.
 */
export function decodeMessage<Name extends MessageName>(
  name: Name,
  octets: Uint8Array,
): Message<Name> {
  if (octets.length > MESSAGE_MAX_BYTES) throw new MalformedMessage(name, 'it is too long')
  try {
    // `readFields` gives a value of its kind to every field of the message, and to no other.
    return readFields(name, new BinaryReader(octets)) as Message<Name>
  } catch (cause) {
    if (cause instanceof MalformedMessage) throw cause
    throw new MalformedMessage(name, 'it is no protobuf', { cause })
  }
}

function readFields(name: MessageName, reader: BinaryReader): Record<string, FieldValue> {
  const fields = FIELDS_BY_NUMBER[name]
  const message = defaults(name)
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag()
    const field = fields.get(number)
    if (field === undefined) {
      reader.skip(wireType, number)
      continue
    }
    const { wireType: expected, read } = READ[field.kind]
    if (wireType !== expected) {
      throw new MalformedMessage(name, `${field.name} has another wire type`)
    }
    message[field.name] = read(reader, message[field.name])
  }
  return message
}

function defaults(name: MessageName): Record<string, FieldValue> {
  const fields: MessageFields = MESSAGE_FIELDS[name]
  const message: Record<string, FieldValue> = {}
  for (const [field, [, kind]] of Object.entries(fields)) message[field] = READ[kind].absent()
  return message
}

interface Read {
  readonly wireType: WireType
  readonly absent: () => FieldValue
  readonly read: (reader: BinaryReader, before: FieldValue | undefined) => FieldValue
}

const NO_OCTETS = new Uint8Array(0)

const READ: Readonly<Record<FieldKind, Read>> = {
  string: {
    wireType: WireType.LengthDelimited,
    absent: () => '',
    read: (reader) => reader.string(true),
  },
  bytes: {
    wireType: WireType.LengthDelimited,
    absent: () => NO_OCTETS,
    read: (reader) => reader.bytes(),
  },
  int32: { wireType: WireType.Varint, absent: () => 0, read: (reader) => reader.int32() },
  bool: { wireType: WireType.Varint, absent: () => false, read: (reader) => reader.bool() },
  strings: {
    wireType: WireType.LengthDelimited,
    absent: () => [],
    read: (reader, before) => {
      const items = Array.isArray(before) ? before : []
      items.push(reader.string(true))
      return items
    },
  },
}

interface NamedField {
  readonly name: string
  readonly kind: FieldKind
}

function byNumber(fields: MessageFields): ReadonlyMap<number, NamedField> {
  return new Map(Object.entries(fields).map(([name, [number, kind]]) => [number, { name, kind }]))
}

const FIELDS_BY_NUMBER = Object.fromEntries(
  Object.entries(MESSAGE_FIELDS).map(([name, fields]) => [name, byNumber(fields)]),
) as Readonly<Record<MessageName, ReadonlyMap<number, NamedField>>> // one for each name, as mapped
