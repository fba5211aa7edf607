import type { Content } from './seal.ts'
import { Secret } from './secret.ts'

// The plaintext of a record: flags(1) | length of the JSON(uint32) | JSON in UTF-8 | secret.
const HAS_SECRET = 1
const META_AT = 5

/**
 * Lays a content out as the octets that are encrypted; the caller erases them.
 * @throws TypeError when `meta` has no JSON form.
 */
export function encodeContent(content: Content): Uint8Array {
  const json: string | undefined = JSON.stringify(content.meta)
  if (json === undefined) throw new TypeError('the meta of a record is a JSON value')
  const metaBytes = Buffer.byteLength(json)
  const frame = Buffer.allocUnsafeSlow(META_AT + metaBytes + (content.secret?.byteLength ?? 0))
  frame.writeUInt8(content.secret === undefined ? 0 : HAS_SECRET, 0)
  frame.writeUInt32BE(metaBytes, 1)
  frame.write(json, META_AT)
  if (content.secret !== undefined) frame.set(content.secret.reveal(), META_AT + metaBytes)
  return frame
}

/** Reads the octets back; `undefined` when they are not such a frame. The secret shares them. */
export function decodeContent(frame: Buffer): Content | undefined {
  if (frame.byteLength < META_AT) return undefined
  const flags = frame.readUInt8(0)
  const secretAt = META_AT + frame.readUInt32BE(1)
  if (flags > HAS_SECRET || secretAt > frame.byteLength) return undefined
  if (flags === 0 && secretAt !== frame.byteLength) return undefined
  try {
    const meta: unknown = JSON.parse(frame.toString('utf8', META_AT, secretAt))
    return flags === HAS_SECRET ? { meta, secret: new Secret(frame.subarray(secretAt)) } : { meta }
  } catch {
    return undefined
  }
}
