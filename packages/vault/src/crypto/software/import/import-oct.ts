import { Secret } from '../../../seal/secret.ts'
import { OCT_IMPORT_BYTES } from '../../key-limits.ts'
import type { NewKey, PrivateNumbers } from '../../provider.ts'
import { keyInvalid } from './key-invalid.ts'

/** Takes a symmetric key. @throws Fault KeyInvalid for one of a length that is not taken. */
export function importOct({ k }: Extract<PrivateNumbers, { kty: 'oct' }>): NewKey {
  const { minimum, maximum } = OCT_IMPORT_BYTES
  if (k.byteLength < minimum || k.byteLength > maximum) {
    throw keyInvalid(`its k has ${k.byteLength} octets, it must have from ${minimum} to ${maximum}`)
  }
  return { spec: { type: 'oct', bits: k.byteLength * 8 }, material: new Secret(Uint8Array.from(k)) }
}
