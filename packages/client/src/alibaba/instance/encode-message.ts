import { utf8 } from '../digest.ts'
import {
  MESSAGE_FIELDS,
  type FieldKind,
  type Message,
  type MessageFields,
  type MessageName,
} from './message-fields.ts'

const VARINT = 0
const LENGTH_DELIMITED = 2

/** A message in protobuf. What is absent or has its default is left out (proto3). */
export function encodeMessage<Name extends MessageName>(
  name: Name,
  message: Partial<Message<Name>>,
): Uint8Array<ArrayBuffer> {
  const fields: MessageFields = MESSAGE_FIELDS[name]
  const given: Readonly<Record<string, unknown>> = message
  const parts = Object.entries(fields).flatMap(([field, [number, kind]]) =>
    encodeField(number, kind, given[field]),
  )
  return Uint8Array.from(parts)
}

function encodeField(number: number, kind: FieldKind, value: unknown): readonly number[] {
  if (kind === 'int32' || kind === 'bool') {
    const whole = Number(value ?? 0)
    return whole === 0 ? [] : [...varint((number << 3) | VARINT), ...varint(whole)]
  }
  const octets = typeof value === 'string' ? utf8(value) : value
  if (!(octets instanceof Uint8Array) || octets.length === 0) return []
  return [...varint((number << 3) | LENGTH_DELIMITED), ...varint(octets.length), ...octets]
}

/** Of a whole number from 0 to 2^31: all that lengths, tags and counts are. */
function varint(whole: number): readonly number[] {
  return whole < 0x80 ? [whole] : [(whole & 0x7f) | 0x80, ...varint(whole >>> 7)]
}
