import { recordKeyOf } from '../store/record-key.ts'
import type { Put, StoredRecord } from '../store/store.ts'
import { openBytes, RANDOM_BYTES, sealBytes } from './aead.ts'
import { mintSealed } from './mint-sealed.ts'
import { identityOf, recordCorrupt } from './open-stored.ts'
import { recordIdentity } from './record-identity.ts'
import { decodeRootKeys, encodeRootKeys, type RootSet } from './root-set.ts'
import { parseSealHeader, type SealHeader } from './seal-header.ts'
import type { SealKey } from './seal-key.ts'

// `format(1) | header length(uint32) | header | random(32) | ciphertext`. The header is part of the
// identity, so nothing in it can be changed and the root keys still open.
const FORMAT = 3
const LABEL = 'claviger seal 1'
const HEADER_AT = 5
const HEADER_LIMIT = 4096

/** Where the wrapped root keys stand. */
export const SEAL_RECORD = recordKeyOf('system', 'seal')

/** The seal record to write: the root keys, wrapped by the seal key. */
export function encodeSealRecord(
  version: number,
  { key, header }: SealKey,
  roots: Pick<RootSet, 'current' | 'keys'>,
): Put {
  const clear = Buffer.from(JSON.stringify(header))
  const front = Buffer.alloc(HEADER_AT)
  front.writeUInt8(FORMAT, 0)
  front.writeUInt32BE(clear.byteLength, 1)
  const plaintext = encodeRootKeys(roots)
  const identity = Buffer.concat([recordIdentity(SEAL_RECORD, version), front, clear])
  const { random, ciphertext, tag } = sealBytes(key, LABEL, identity, plaintext)
  plaintext.fill(0)
  const body = mintSealed(Buffer.concat([front, clear, random, ciphertext]))
  return { key: SEAL_RECORD, version, body, witness: tag }
}

/**
 * What the seal record says in clear, not yet authenticated.
 * @throws Fault RecordCorrupt when it is not a seal record.
 */
export function readSealHeader(record: StoredRecord): SealHeader {
  if (record.body.byteLength === 0) throw recordCorrupt(SEAL_RECORD, 'body missing')
  const end = headerEnd(record)
  const header = end && parseSealHeader(bodyOf(record).toString('utf8', HEADER_AT, end))
  if (!header) throw recordCorrupt(SEAL_RECORD, 'format unknown')
  return header
}

/**
 * The root keys, unwrapped by the seal key that the header asks for.
 * @throws Fault RecordCorrupt when the record was changed.
 */
export function openSealRecord(record: StoredRecord, { key }: SealKey): RootSet {
  const body = bodyOf(record)
  const end = headerEnd(record)
  if (end === undefined) throw recordCorrupt(SEAL_RECORD, 'format unknown')
  if (record.witness.byteLength === 0) throw recordCorrupt(SEAL_RECORD, 'witness missing')
  const name = identityOf(record)
  const identity = name && Buffer.concat([name, body.subarray(0, end)])
  const plaintext =
    identity &&
    openBytes(key, LABEL, identity, {
      random: body.subarray(end, end + RANDOM_BYTES),
      ciphertext: body.subarray(end + RANDOM_BYTES),
      tag: record.witness,
    })
  if (plaintext === undefined) throw recordCorrupt(SEAL_RECORD, 'authentication failed')
  const roots = decodeRootKeys(plaintext)
  plaintext.fill(0)
  if (roots === undefined) throw recordCorrupt(SEAL_RECORD, 'format unknown')
  return { ...roots, sealVersion: record.version }
}

function headerEnd(record: StoredRecord): number | undefined {
  const body = bodyOf(record)
  if (body.byteLength < HEADER_AT || body.readUInt8(0) !== FORMAT) return undefined
  const length = body.readUInt32BE(1)
  const end = HEADER_AT + length
  return length <= HEADER_LIMIT && end + RANDOM_BYTES <= body.byteLength ? end : undefined
}

function bodyOf({ body }: StoredRecord): Buffer {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength)
}
