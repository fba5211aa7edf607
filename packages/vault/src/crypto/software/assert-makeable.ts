import { invalidInput } from '../../invalid-input.ts'
import type { KeySpec, SymmetricSpec } from '../key-spec.ts'
import { HMAC_BYTES, OCT_IMPORT_BYTES, RSA_BITS, RSA_EXPONENTS } from '../key-limits.ts'

/** @throws Fault InvalidInput for a size or an exponent of which no key is made. */
export function assertMakeable(spec: KeySpec): void {
  if (spec.type === 'oct') return assertBits(spec, OCT_IMPORT_BYTES)
  if (spec.type === 'HMAC') return assertBits(spec, HMAC_BYTES)
  if (spec.type !== 'RSA') return
  if (!RSA_BITS.includes(spec.bits)) {
    throw invalidInput('key_size', `it must be ${RSA_BITS.join(', ')} for a key of type RSA`)
  }
  const { minimum, maximum } = RSA_EXPONENTS
  const { publicExponent } = spec
  if (publicExponent % 2 !== 1 || publicExponent < minimum || publicExponent > maximum) {
    throw invalidInput('public_exponent', `it must be an odd number from ${minimum} to ${maximum}`)
  }
}

/** Every length that can be imported: a key that came from elsewhere is rotated to one like it. */
function assertBits(
  { type, bits }: SymmetricSpec,
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
): void {
  if (bits % 8 === 0 && bits >= minimum * 8 && bits <= maximum * 8) return
  const range = `from ${minimum * 8} to ${maximum * 8}`
  throw invalidInput('key_size', `it must be a multiple of 8 ${range} for a key of type ${type}`)
}
