import type { KeySpec, SymmetricSpec } from './key-spec.ts'

/** Tells whether a key of this kind is octets alone, without a public half. */
export function isSymmetric(spec: KeySpec): spec is SymmetricSpec {
  return spec.type === 'oct' || spec.type === 'SM4' || spec.type === 'HMAC'
}
