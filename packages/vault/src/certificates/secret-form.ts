import { pemOf } from '../crypto/pem-of.ts'
import { Fault } from '../fault.ts'
import type { OperationContext } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import { mayLeave, pairHandle, type CertificateKeyPair } from './certificate-material.ts'
import type { CertificatePolicy } from './certificate-policy.ts'
import { loadX509 } from './load-x509.ts'

/** 32 certificates of the usual size have half of it; what is larger would burden every backup. */
const MAXIMUM_BYTES = 256 * 1024

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
 * @throws Fault CertificateUnfit when it would be too large.
 */
export async function secretForm(
  context: Pick<OperationContext, 'provider' | 'vault'>,
  input: SecretFormInput,
): Promise<Secret> {
  const value = await inFormOfPolicy(context, input)
  if (value.byteLength <= MAXIMUM_BYTES) return value
  value.wipe()
  const reason =
    `its secret, which has all certificates of the chain, would have ${value.byteLength} octets, ` +
    `and at most ${MAXIMUM_BYTES} fit; send a shorter chain`
  throw new Fault('CertificateUnfit', { reason })
}

async function inFormOfPolicy(
  { provider, vault }: Pick<OperationContext, 'provider' | 'vault'>,
  { policy, pair, leaf, chain }: SecretFormInput,
): Promise<Secret> {
  const { writePkcs12 } = await loadX509()
  const exported = mayLeave(policy, pair.key)
    ? await provider.exportPrivateKey(pairHandle(vault(), pair))
    : undefined
  const privateKey = exported?.reveal()
  try {
    if (policy.contentType === 'application/x-pem-file') {
      const key = privateKey === undefined ? '' : pemOf('PRIVATE KEY', privateKey)
      return Secret.fromText(key + chain.map((der) => pemOf('CERTIFICATE', der)).join(''))
    }
    const others = chain.filter((der) => der !== leaf)
    const content = { leaf, others, ...(privateKey === undefined ? {} : { privateKey }) }
    const file = await writePkcs12(content)
    const value = Secret.fromText(file.toBase64())
    file.fill(0) // the empty password protects nothing
    return value
  } finally {
    exported?.wipe()
  }
}
