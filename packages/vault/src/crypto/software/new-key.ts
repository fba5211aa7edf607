import type { KeyObject } from 'node:crypto'
import { Secret } from '../../seal/secret.ts'
import type { KeySpec } from '../key-spec.ts'
import type { NewKey } from '../provider.ts'
import { publicKeyOf } from './public-key-of.ts'

/** A key pair as the port hands it over; its material is PKCS#8 in DER. */
export function newKey(spec: KeySpec, privateKey: KeyObject): NewKey {
  const material = new Secret(privateKey.export({ type: 'pkcs8', format: 'der' }))
  return { spec, publicKey: publicKeyOf(privateKey), material }
}
