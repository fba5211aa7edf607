import { OCT_BITS, RSA_BITS, RSA_EXPONENTS } from '../crypto/key-limits.ts'
import type { JoseCurve, KeySpec, OkpCurve } from '../crypto/key-spec.ts'
import { invalidInput } from '../invalid-input.ts'

/**
 * What a caller says of the key that is to be made, in JOSE's words; which members go together is
 * checked here. Kinds that JOSE does not know are asked for by their spec.
 */
export interface WantedKey {
  /** `RSA`, `EC`, `oct` or `OKP`. */
  readonly type: string
  readonly bits?: number
  /** By its JOSE name. */
  readonly curve?: string
  readonly publicExponent?: number
}

/** Curves with the length of their field, which some clients send as the size of the key. */
const EC_BITS: Readonly<Record<JoseCurve, number>> = {
  'P-256': 256,
  'P-384': 384,
  'P-521': 521,
  secp256k1: 256,
}
const OKP_BITS: Readonly<Record<OkpCurve, number>> = { Ed25519: 256, X25519: 256 }

/**
 * The spec of a key that is to be made, defaults filled in.
 * @throws Fault InvalidInput
 */
export function newKeySpec(wanted: WantedKey): KeySpec {
  if (wanted.type !== 'RSA' && wanted.publicExponent !== undefined) {
    throw invalidInput('public_exponent', 'only keys of type RSA have one')
  }
  switch (wanted.type) {
    case 'RSA':
      return rsaSpec(wanted)
    case 'oct':
      demandNoCurve(wanted)
      return { type: 'oct', bits: sizeAmong(OCT_BITS, wanted.bits ?? 256) }
    case 'EC':
      return { type: 'EC', curve: curveAmong(EC_BITS, wanted, 'P-256') }
    case 'OKP':
      return { type: 'OKP', curve: curveAmong(OKP_BITS, wanted, 'Ed25519') }
    default:
      throw invalidInput('kty', 'it must be RSA, RSA-HSM, EC, EC-HSM, oct, oct-HSM or OKP')
  }
}

function rsaSpec(wanted: WantedKey): KeySpec {
  const { minimum, maximum } = RSA_EXPONENTS
  const { bits = 2048, publicExponent = minimum } = wanted
  demandNoCurve(wanted)
  if (publicExponent < minimum || publicExponent > maximum || publicExponent % 2 === 0) {
    throw invalidInput('public_exponent', `it must be an odd number from ${minimum} to ${maximum}`)
  }
  return { type: 'RSA', bits: sizeAmong(RSA_BITS, bits), publicExponent }
}

function sizeAmong(sizes: readonly number[], bits: number): number {
  if (sizes.includes(bits)) return bits
  throw invalidInput('key_size', `it must be ${sizes.join(', ')} for a key of this type`)
}

function curveAmong<Curve extends string>(
  curves: Readonly<Record<Curve, number>>,
  { curve: wanted, bits }: WantedKey,
  standard: Curve,
): Curve {
  const names = Object.keys(curves) as Curve[] // the keys of the record that the type names
  const curve = wanted === undefined ? standard : names.find((name) => name === wanted)
  if (curve === undefined) {
    throw invalidInput('crv', `it must be ${names.join(', ')} for a key of this type`)
  }
  if (bits !== undefined && bits !== curves[curve]) {
    throw invalidInput('key_size', 'leave it out: the curve says the size of a key of this type')
  }
  return curve
}

function demandNoCurve({ curve, type }: WantedKey): void {
  if (curve !== undefined) throw invalidInput('crv', `keys of type ${type} have no curve`)
}
