import { createPublicKey } from 'node:crypto'
import type { EcCurve } from '../../key-spec.ts'
import type { NewKey, PrivateNumbers } from '../../provider.ts'
import { keyInvalid } from './key-invalid.ts'
import { withoutLeadingZeros } from './octets.ts'
import type { PairChecker } from './pair-checker.ts'

/** Octets of a coordinate and of the private number (RFC 7518 §6.2.1.2, RFC 8812 §3.1). */
const SIZES: Readonly<Record<EcCurve, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
  secp256k1: 32,
}

/**
 * Takes a key whose point is on its curve and belongs to its private number. Numbers may lack
 * leading zeros or have too many, as some clients write them.
 * @throws Fault KeyInvalid
 */
export async function importEc(
  numbers: Extract<PrivateNumbers, { kty: 'EC' }>,
  checker: PairChecker,
): Promise<NewKey> {
  const curve = curveOf(numbers.crv)
  const x = padded(numbers.x, 'x', curve)
  const y = padded(numbers.y, 'y', curve)
  const d = padded(numbers.d, 'd', curve)
  const point = { kty: 'EC', crv: curve, x, y }
  assertOnCurve(point)
  const reason = 'its number d does not belong to the point x, y'
  return checker.checked({ type: 'EC', curve }, { ...point, d }, reason)
}

function curveOf(name: string): EcCurve {
  const curves = Object.keys(SIZES) as EcCurve[] // the keys of the record that the type names
  const curve = curves.find((one) => one === name)
  if (curve === undefined) throw keyInvalid(`its curve crv must be ${curves.join(', ')}`)
  return curve
}

function padded(octets: Uint8Array, name: string, curve: EcCurve): string {
  const size = SIZES[curve]
  const digits = withoutLeadingZeros(octets)
  if (digits.byteLength > size) {
    throw keyInvalid(`its number ${name} is too long for the curve ${curve}`)
  }
  const number = Buffer.alloc(size)
  number.set(digits, size - digits.byteLength)
  return number.toString('base64url')
}

function assertOnCurve(point: { kty: string; crv: EcCurve; x: string; y: string }): void {
  try {
    createPublicKey({ key: point, format: 'jwk' })
  } catch {
    throw keyInvalid(`its point x, y is not on the curve ${point.crv}`)
  }
}
