import { pemOf } from '@claviger/vault'

/** A PKCS #8 key in PEM; the text is as secret as the bytes. */
export function privateKeyPem(privateKeyPkcs8: Uint8Array): string {
  return pemOf('PRIVATE KEY', privateKeyPkcs8)
}
