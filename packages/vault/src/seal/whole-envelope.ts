import type { KeyObject } from 'node:crypto'
import { TAG_BYTES } from './aead.ts'
import {
  openEnvelope,
  sealEnvelope,
  type CorruptReason,
  type EnvelopeKind,
} from './envelope.ts'

/** Seals into one piece, `envelope | tag(16)`, what has no store to keep its tag apart. */
export function sealWhole(
  kind: EnvelopeKind,
  parent: { readonly generation: number; readonly key: KeyObject },
  identity: Uint8Array,
  plaintext: Uint8Array,
): Uint8Array {
  const { body, tag } = sealEnvelope(kind, parent, identity, plaintext)
  return Buffer.concat([body, tag])
}

/** The plaintext, or why there is none. */
export function openWhole(
  kind: EnvelopeKind,
  parentOf: (generation: number) => KeyObject | undefined,
  identity: Uint8Array,
  sealed: Uint8Array,
): Buffer | CorruptReason {
  const body = sealed.subarray(0, -TAG_BYTES)
  return openEnvelope(kind, parentOf, identity, { body, tag: sealed.subarray(-TAG_BYTES) })
}
