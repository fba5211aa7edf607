import { createPrivateKey } from 'node:crypto'
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
  const privateKey = createPrivateKey({ key: { kty: 'OKP', crv: curve, x, d }, format: 'jwk' })
  // Every 32 octets are a private key; the public one follows from them, whatever x was given.
  const key = newKey({ type: 'OKP', curve }, privateKey)
  if (key.publicKey?.kty === 'OKP' && key.publicKey.x === x) return key
  key.material.wipe()
  throw keyInvalid('its number d does not belong to x')
}
