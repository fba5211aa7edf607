import { Fault, type EcCurve, type OkpCurve } from '@claviger/vault'

// The names of Azure's wires for curves that the domain names as JOSE does.

const CURVES = {
  'P-256': 'P-256',
  'P-384': 'P-384',
  'P-521': 'P-521',
  secp256k1: 'P-256K',
  Ed25519: 'Ed25519',
  X25519: 'X25519',
  // Shown where another door has made such a key; neither made nor imported at this one.
  SM2: 'SM2',
} as const satisfies Record<EcCurve | OkpCurve, string>

/**
 * The domain's name of a curve; what these wires have no name for is the domain's to refuse.
 * @throws Fault InvalidInput for one that the domain has, but these wires do not.
 */
export function curveOf(name: string): string {
  if (name === CURVES.SM2) {
    const reason = 'it must be P-256, P-384, P-521 or P-256K for a key of type EC'
    throw new Fault('InvalidInput', { property: 'crv', reason })
  }
  return name === CURVES.secp256k1 ? 'secp256k1' : name
}

/** The name of a curve on these wires. */
export function curveName(curve: EcCurve | OkpCurve): string {
  return CURVES[curve]
}
