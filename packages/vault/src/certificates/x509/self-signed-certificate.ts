import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import type { EpochSeconds } from '../../time.ts'
import type { X509Properties } from '../certificate-policy.ts'
import { keyIdentifier, publicKeyInfo } from './public-key-info.ts'
import { signedCertificate } from './signed-certificate.ts'
import { subjectName } from './subject-name.ts'

export interface SelfSignedInput {
  readonly properties: X509Properties
  readonly key: KeyHandle
  readonly notBefore: EpochSeconds
  readonly notAfter: EpochSeconds
}

/**
 * Makes a certificate that the key itself signs, by the provider.
 * @returns DER.
 * @throws Fault InvalidInput for a subject that is no name.
 */
export async function selfSignedCertificate(
  provider: Pick<Provider, 'sign'>,
  { properties, key, notBefore, notAfter }: SelfSignedInput,
): Promise<Uint8Array> {
  const { publicKey } = key
  if (publicKey === undefined) throw new TypeError('a certificate needs a public key')
  const keyId = keyIdentifier(publicKeyInfo(publicKey))
  const signer = { name: subjectName(properties.subject), keyId, key }
  const input = { properties, publicKey, notBefore, notAfter, signer }
  return (await signedCertificate(provider, input)).der
}
