import { invalidInput } from '../../invalid-input.ts'
import type { KeySpec } from '../key-spec.ts'
import { OCT_BITS, RSA_BITS, RSA_EXPONENTS } from '../key-limits.ts'

/** @throws Fault InvalidInput for a size or an exponent of which no key is made. */
export function assertMakeable(spec: KeySpec): void {
  if (spec.type === 'oct' && !OCT_BITS.includes(spec.bits)) {
    throw invalidInput('key_size', `it must be ${OCT_BITS.join(', ')} for a key of type oct`)
  }
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
