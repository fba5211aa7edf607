import type { SignatureRow } from '../crypto/algorithm-rows.ts'
import { SIGNATURES, type SignatureAlgorithm } from '../crypto/algorithms.ts'
import { derFromJoined, joinedFromAnyDer } from '../crypto/software/ecdsa-signature.ts'

/**
 * How a signature of two numbers is written: side by side, as JOSE does, or in DER. Those of other
 * algorithms have one form.
 */
export type SignatureForm = 'joined' | 'der'

export function signatureInForm(
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
  form: SignatureForm,
): Uint8Array {
  const row: SignatureRow = SIGNATURES[algorithm]
  return form === 'der' && row.keyType === 'EC' ? derFromJoined(signature) : signature
}

/** The signature side by side; no octet, which no signature is, for what is not in the form. */
export function signatureFromForm(
  algorithm: SignatureAlgorithm,
  signature: Uint8Array,
  form: SignatureForm,
): Uint8Array {
  const row: SignatureRow = SIGNATURES[algorithm]
  if (form !== 'der' || row.keyType !== 'EC') return signature
  return joinedFromAnyDer(signature, row.signatureBytes / 2) ?? new Uint8Array()
}
