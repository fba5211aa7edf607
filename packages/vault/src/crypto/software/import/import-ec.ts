import { createPublicKey } from 'node:crypto'
import type { JoseCurve } from '../../key-spec.ts'
import type { NewKey, PrivateNumbers } from '../../provider.ts'
import { importSm2 } from './import-sm2.ts'
import { keyInvalid } from './key-invalid.ts'
import { paddedNumbers } from './padded-numbers.ts'
import type { PairChecker } from './pair-checker.ts'

/** Octets of a coordinate and of the private number (RFC 7518 §6.2.1.2, RFC 8812 §3.1). */
const SIZES: Readonly<Record<JoseCurve, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
  secp256k1: 32,
}

/**
 * Takes a key whose point is on its curve and belongs to its private number.
 * @throws Fault KeyInvalid
 */
export async function importEc(
  numbers: Extract<PrivateNumbers, { kty: 'EC' }>,
  checker: PairChecker,
): Promise<NewKey> {
  if (numbers.crv === 'SM2') return importSm2(numbers, checker)
  const curve = curveOf(numbers.crv)
  const padded = paddedNumbers(numbers, curve, SIZES[curve])
  const x = padded.x.toString('base64url')
  const y = padded.y.toString('base64url')
  const d = padded.d.toString('base64url')
  const point = { kty: 'EC', crv: curve, x, y }
  assertOnCurve(point)
  const reason = 'its number d does not belong to the point x, y'
  return checker.checked({ type: 'EC', curve }, { key: { ...point, d }, format: 'jwk' }, reason)
}

function curveOf(name: string): JoseCurve {
  const curves = Object.keys(SIZES) as JoseCurve[] // the keys of the record that the type names
  const curve = curves.find((one) => one === name)
  if (curve === undefined) throw keyInvalid(`its curve crv must be ${curves.join(', ')}`)
  return curve
}

function assertOnCurve(point: { kty: string; crv: JoseCurve; x: string; y: string }): void {
  try {
    createPublicKey({ key: point, format: 'jwk' })
  } catch {
    throw keyInvalid(`its point x, y is not on the curve ${point.crv}`)
  }
}
