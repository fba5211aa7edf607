import type { KeySpec } from '../key-spec.ts'

/** Octets of the modulus of an RSA key, which are those of its blocks; 0 for any other key. */
export function modulusBytes(spec: KeySpec): number {
  return spec.type === 'RSA' ? spec.bits / 8 : 0
}
