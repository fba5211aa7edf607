import { createHash } from 'node:crypto'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import type { SignatureAlgorithm } from '../../crypto/algorithms.ts'
import type { JoseCurve, KeySpec } from '../../crypto/key-spec.ts'
import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import { derFromJoined } from '../../crypto/software/ecdsa-signature.ts'

interface Scheme {
  readonly algorithm: SignatureAlgorithm
  readonly hash: string
  readonly identifier: AlgorithmIdentifier
}

// RFC 8017 §A.2.4: with a NULL; RFC 5758 §3.2: without parameters.
const RSA: Scheme = scheme('RS256', 'sha256', '1.2.840.113549.1.1.11', new Uint8Array([5, 0]))
const EC: Readonly<Record<JoseCurve, Scheme>> = {
  'P-256': scheme('ES256', 'sha256', '1.2.840.10045.4.3.2'),
  'P-384': scheme('ES384', 'sha384', '1.2.840.10045.4.3.3'),
  'P-521': scheme('ES512', 'sha512', '1.2.840.10045.4.3.4'),
  secp256k1: scheme('ES256K', 'sha256', '1.2.840.10045.4.3.2'),
}

function scheme(
  algorithm: SignatureAlgorithm,
  hash: string,
  id: string,
  parameters?: Uint8Array<ArrayBuffer>,
): Scheme {
  const given = parameters === undefined ? {} : { parameters: parameters.buffer }
  return { algorithm, hash, identifier: new AlgorithmIdentifier({ algorithm: id, ...given }) }
}

/** How a key of this kind signs certificates. @throws TypeError for a kind that signs none. */
function schemeOf(spec: KeySpec): Scheme {
  if (spec.type === 'RSA') return RSA
  if (spec.type === 'EC' && spec.curve !== 'SM2') return EC[spec.curve]
  throw new TypeError('a key of this kind signs no certificates')
}

/** The algorithm that stands in what a key of this kind signs. */
export function signatureIdentifier(spec: KeySpec): AlgorithmIdentifier {
  return schemeOf(spec).identifier
}

/** Lets the provider sign DER; the key itself is not needed here. */
export async function signDer(
  provider: Pick<Provider, 'sign'>,
  key: KeyHandle,
  der: Uint8Array,
): Promise<ArrayBuffer> {
  const { algorithm, hash } = schemeOf(key.spec)
  const digest = createHash(hash).update(der).digest()
  const signature = await provider.sign(key, algorithm, digest)
  return Uint8Array.from(key.spec.type === 'EC' ? derFromJoined(signature) : signature).buffer
}
