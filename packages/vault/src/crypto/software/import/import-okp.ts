import { createPrivateKey, type KeyObject } from 'node:crypto'
import type { OkpCurve } from '../../key-spec.ts'
import type { NewKey, PrivateNumbers } from '../../provider.ts'
import { newKey } from '../new-key.ts'
import { keyInvalid } from './key-invalid.ts'

const CURVES: readonly OkpCurve[] = ['Ed25519', 'X25519']
const SIZE = 32

/**
 * Takes a key whose public half belongs to its private one.
 * @throws Fault KeyInvalid
 */
export function importOkp(numbers: Extract<PrivateNumbers, { kty: 'OKP' }>): NewKey {
  const curve = CURVES.find((one) => one === numbers.crv)
  if (curve === undefined) throw keyInvalid(`its curve crv must be ${CURVES.join(', ')}`)
  if (numbers.x.byteLength !== SIZE || numbers.d.byteLength !== SIZE) {
    throw keyInvalid(`its x and d must have ${SIZE} octets each`)
  }
  const x = Buffer.from(numbers.x).toString('base64url')
  const d = Buffer.from(numbers.d).toString('base64url')
  const key = parsed({ kty: 'OKP', crv: curve, x, d })
  if (key === undefined) throw keyInvalid('its number d does not belong to x')
  return newKey({ type: 'OKP', curve }, key)
}

/** The key; `undefined` when x is not the public half, which node:crypto looks at. */
function parsed(jwk: { kty: 'OKP'; crv: OkpCurve; x: string; d: string }): KeyObject | undefined {
  try {
    const key = createPrivateKey({ key: jwk, format: 'jwk' })
    // It need not stay that way: every 32 octets are a private key, from which x follows.
    return key.export({ format: 'jwk' }).x === jwk.x ? key : undefined
  } catch {
    return undefined
  }
}
