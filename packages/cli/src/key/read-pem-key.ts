import { createPrivateKey } from 'node:crypto'
import type { JsonWebKey } from '@claviger/client/azure'

/** Curves under the names that the service has for them. */
const CURVES: Readonly<Record<string, 'P-256' | 'P-384' | 'P-521' | 'P-256K'>> = {
  'P-256': 'P-256',
  'P-384': 'P-384',
  'P-521': 'P-521',
  secp256k1: 'P-256K',
}

/** The private key of a PEM file. @throws Error when it has none, or the password is wrong. */
export function readPemKey(pem: Uint8Array, passphrase: string | undefined): JsonWebKey {
  const options = { key: Buffer.from(pem), ...(passphrase === undefined ? {} : { passphrase }) }
  const jwk = createPrivateKey(options).export({ format: 'jwk' })
  const octets = Object.fromEntries(
    (['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi', 'x', 'y'] as const).flatMap((name) => {
      const value = jwk[name]
      return typeof value === 'string' ? [[name, Buffer.from(value, 'base64url')]] : []
    }),
  )
  if (jwk.kty === 'RSA') return { kty: 'RSA', ...octets }
  const curve = CURVES[String(jwk.crv)]
  if (jwk.kty !== 'EC' || curve === undefined) throw new TypeError('a key of another kind')
  return { kty: 'EC', crv: curve, ...octets }
}
