import type { EcSignatureRow } from '../algorithm-rows.ts'
import { derFromJoined, joinedFromDer, maximumDerBytes } from './ecdsa-signature.ts'
import type { EvpKey } from './evp-key.ts'

// One for all: a signature is made on this thread and copied out in the same step.
const der = Buffer.alloc(maximumDerBytes(66))

/** Signs a digest on this thread, which is quicker for curves than a way to the pool and back. */
export function ecdsaSign(key: EvpKey, row: EcSignatureRow, digest: Uint8Array): Uint8Array {
  const written = key.transform('sign', row, digest, der)
  return joinedFromDer(der.subarray(0, written), row.signatureBytes / 2)
}

/** Tells whether the signature is right; one of another length is not. */
export function ecdsaVerify(
  key: EvpKey,
  row: EcSignatureRow,
  digest: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (signature.byteLength !== row.signatureBytes) return false
  return key.verify(row, digest, derFromJoined(signature))
}
