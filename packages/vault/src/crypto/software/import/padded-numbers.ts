import { withoutLeadingZeros } from './octets.ts'
import { keyInvalid } from './key-invalid.ts'
import type { EcCurve } from '../../key-spec.ts'
import type { PrivateNumbers } from '../../provider.ts'

/** The numbers of a key on a curve, each as long as its field. */
export interface PaddedNumbers {
  readonly x: Buffer
  readonly y: Buffer
  readonly d: Buffer
}

/**
 * Brings the numbers to the length that the curve wants: they may lack leading zeros or have too
 * many, as some clients write them.
 * @param size octets of each.
 * @throws Fault KeyInvalid
 */
export function paddedNumbers(
  { x, y, d }: Extract<PrivateNumbers, { kty: 'EC' }>,
  curve: EcCurve,
  size: number,
): PaddedNumbers {
  const padded = (octets: Uint8Array, name: string): Buffer => {
    const digits = withoutLeadingZeros(octets)
    if (digits.byteLength > size) {
      throw keyInvalid(`its number ${name} is too long for the curve ${curve}`)
    }
    const number = Buffer.alloc(size)
    number.set(digits, size - digits.byteLength)
    return number
  }
  return { x: padded(x, 'x'), y: padded(y, 'y'), d: padded(d, 'd') }
}
