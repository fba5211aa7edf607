import type { OperationContext } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import type { CertificateKeyPair } from './certificate-material.ts'
import { pairHandle } from './certificate-material.ts'
import type { CertificatePolicy } from './certificate-policy.ts'
import { loadX509 } from './load-x509.ts'

export interface SecretFormInput {
  readonly policy: CertificatePolicy
  readonly pair: CertificateKeyPair
  /** The certificate of the key; DER. */
  readonly leaf: Uint8Array
  /** All certificates in the order in which the secret has them, the leaf among them; DER. */
  readonly chain: readonly Uint8Array[]
}

/**
 * The value of a certificate's secret: PKCS #12 in base64, or PEM. It is made when the version is,
 * and sealed like any other value, so that reading it costs what any secret costs and gives the same
 * octets each time.
 */
export async function secretForm(
  { provider, vault }: Pick<OperationContext, 'provider' | 'vault'>,
  { policy, pair, leaf, chain }: SecretFormInput,
): Promise<Secret> {
  const { writePem, writePkcs12 } = await loadX509()
  const exported = policy.exportable
    ? (await provider.exportPrivateKey(pairHandle(vault(), pair)))
    : undefined
  const privateKey = exported?.reveal()
  try {
    if (policy.contentType === 'application/x-pem-file') {
      const key = privateKey === undefined ? '' : writePem('PRIVATE KEY', privateKey)
      return Secret.fromText(key + chain.map((der) => writePem('CERTIFICATE', der)).join(''))
    }
    const others = chain.filter((der) => der !== leaf)
    const content = { leaf, others, ...(privateKey === undefined ? {} : { privateKey }) }
    const file = await writePkcs12(content)
    return Secret.fromText(file.toBase64())
  } finally {
    exported?.wipe()
  }
}
