import { Secret } from '../../../seal/secret.ts'
import { HMAC_BYTES, OCT_IMPORT_BYTES } from '../../key-limits.ts'
import type { SymmetricSpec } from '../../key-spec.ts'
import type { NewKey, PrivateNumbers } from '../../provider.ts'
import { keyInvalid } from './key-invalid.ts'

const SM4_BYTES = 16

/** Takes a symmetric key. @throws Fault KeyInvalid for one of a length that is not taken. */
export function importOctets(
  numbers: Extract<PrivateNumbers, { readonly k: Uint8Array }>,
): NewKey {
  return { spec: specOf(numbers), material: new Secret(Uint8Array.from(numbers.k)) }
}

function specOf({
  kty: type,
  k: { byteLength },
}: Extract<PrivateNumbers, { readonly k: Uint8Array }>): SymmetricSpec {
  if (type === 'SM4') {
    if (byteLength === SM4_BYTES) return { type, bits: 128 }
    throw keyInvalid(`its k has ${byteLength} octets, it must have ${SM4_BYTES}`)
  }
  const { minimum, maximum } = type === 'oct' ? OCT_IMPORT_BYTES : HMAC_BYTES
  if (byteLength < minimum || byteLength > maximum) {
    throw keyInvalid(`its k has ${byteLength} octets, it must have from ${minimum} to ${maximum}`)
  }
  return { type, bits: byteLength * 8 }
}
