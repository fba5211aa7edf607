import type { KeySpec } from '../crypto/key-spec.ts'
import { defaultKeyOperations, type KeyOperation, type KeyUse } from '../keys/key-operations.ts'

const USES = {
  digitalSignature: ['sign', 'verify'],
  nonRepudiation: ['sign', 'verify'],
  keyEncipherment: ['wrapKey', 'unwrapKey'],
  dataEncipherment: ['encrypt', 'decrypt'],
  keyAgreement: [],
  keyCertSign: ['sign', 'verify'],
  cRLSign: ['sign', 'verify'],
  encipherOnly: ['encrypt'],
  decipherOnly: ['decrypt'],
} as const satisfies Record<string, readonly KeyUse[]>

/** The key usages of X.509 (RFC 5280 §4.2.1.3), by the service's names. */
export type KeyUsageName = keyof typeof USES

export const KEY_USAGES = Object.keys(USES) as readonly KeyUsageName[] // the keys of that record

/** What the key of a certificate may be used for: what its usages mean and its type can. */
export function operationsOfUsage(
  usages: readonly KeyUsageName[],
  spec: KeySpec,
): readonly KeyOperation[] {
  const meant = new Set<KeyOperation>(usages.flatMap((usage) => USES[usage]))
  return defaultKeyOperations(spec).filter((use) => meant.has(use))
}
