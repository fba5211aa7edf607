import type { KeyObject } from 'node:crypto'
import { openBytes, RANDOM_BYTES, sealBytes } from './aead.ts'

/**
 * `format(1) | generation(uint32) | random(32) | ciphertext`, with the tag beside it: what a sealed
 * thing looks like at rest. The generation says which generation of the parent key sealed it.
 * The octet and the label differ by kind, so nothing of one kind ever opens as another.
 */
export interface EnvelopeKind {
  readonly format: number
  readonly label: string
}

/** A record of the store, under a data key. */
export const RECORD: EnvelopeKind = { format: 1, label: 'claviger record 1' }
/** A data key, under a root key. */
export const DATA_KEY: EnvelopeKind = { format: 2, label: 'claviger data key 1' }
/** The head of the audit chain, under the system's data key. (Format 3 is the seal record.) */
export const AUDIT_HEAD: EnvelopeKind = { format: 4, label: 'claviger audit head 1' }
/** Bytes that leave the store, such as a backup, under a data key. */
export const BLOB: EnvelopeKind = { format: 5, label: 'claviger blob 1' }

/** Why something sealed does not open. */
export type CorruptReason =
  | 'body missing'
  | 'witness missing'
  | 'format unknown'
  | 'key generation unknown'
  | 'authentication failed'

const GENERATION_AT = 1
const RANDOM_AT = 5
const CIPHERTEXT_AT = RANDOM_AT + RANDOM_BYTES

/** Seals under one generation of a parent key; gives the body and its tag. */
export function sealEnvelope(
  kind: EnvelopeKind,
  parent: { readonly generation: number; readonly key: KeyObject },
  identity: Uint8Array,
  plaintext: Uint8Array,
): { readonly body: Uint8Array; readonly tag: Uint8Array } {
  const parts = sealBytes(parent.key, kind.label, identity, plaintext)
  const body = Buffer.allocUnsafe(CIPHERTEXT_AT + parts.ciphertext.byteLength)
  body.writeUInt8(kind.format, 0)
  body.writeUInt32BE(parent.generation, GENERATION_AT)
  body.set(parts.random, RANDOM_AT)
  body.set(parts.ciphertext, CIPHERTEXT_AT)
  return { body, tag: parts.tag }
}

/** Which generation sealed this body; `undefined` when it is not an envelope of this kind. */
export function envelopeGeneration(kind: EnvelopeKind, body: Uint8Array): number | undefined {
  if (body.byteLength < CIPHERTEXT_AT || body[0] !== kind.format) return undefined
  return new DataView(body.buffer, body.byteOffset).getUint32(GENERATION_AT)
}

/** The plaintext, or why there is none. `parentOf` gives the parent key of a generation. */
export function openEnvelope(
  kind: EnvelopeKind,
  parentOf: (generation: number) => KeyObject | undefined,
  identity: Uint8Array,
  { body, tag }: { readonly body: Uint8Array; readonly tag: Uint8Array },
): Buffer | CorruptReason {
  if (body.byteLength === 0) return 'body missing'
  if (tag.byteLength === 0) return 'witness missing'
  const generation = envelopeGeneration(kind, body)
  if (generation === undefined) return 'format unknown'
  const parent = parentOf(generation)
  if (parent === undefined) return 'key generation unknown'
  const random = body.subarray(RANDOM_AT, CIPHERTEXT_AT)
  const ciphertext = body.subarray(CIPHERTEXT_AT)
  return (
    openBytes(parent, kind.label, identity, { random, ciphertext, tag }) ?? 'authentication failed'
  )
}
