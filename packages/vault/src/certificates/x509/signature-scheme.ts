import { createHash } from 'node:crypto'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import type { SignatureAlgorithm } from '../../crypto/algorithms.ts'
import type { JoseCurve, KeySpec, PublicKey } from '../../crypto/key-spec.ts'
import type { KeyHandle, Provider } from '../../crypto/provider.ts'
import { sm2Digest } from '../../crypto/sm2-digest.ts'
import { derFromJoined } from '../../crypto/software/ecdsa-signature.ts'

interface Scheme {
  readonly algorithm: SignatureAlgorithm
  /** What is signed of DER. @param key of who signs. */
  readonly digest: (der: Uint8Array, key: PublicKey | undefined) => Uint8Array
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

// RFC 8998 §3.2.1 names the algorithm; who signs is the default of GB/T 35276 §10, as in all tools.
const SM2: Scheme = {
  algorithm: 'SM2-SM3',
  digest(der, key) {
    if (key?.kty === 'EC' && key.crv === 'SM2') return sm2Digest(key, der)
    throw new TypeError('a key on SM2 signs together with its public half')
  },
  identifier: new AlgorithmIdentifier({ algorithm: '1.2.156.10197.1.501' }),
}

function scheme(
  algorithm: SignatureAlgorithm,
  hash: string,
  id: string,
  parameters?: Uint8Array<ArrayBuffer>,
): Scheme {
  const given = parameters === undefined ? {} : { parameters: parameters.buffer }
  return {
    algorithm,
    digest: (der) => createHash(hash).update(der).digest(),
    identifier: new AlgorithmIdentifier({ algorithm: id, ...given }),
  }
}

/** How a key of this kind signs certificates. @throws TypeError for a kind that signs none. */
function schemeOf(spec: KeySpec): Scheme {
  if (spec.type === 'RSA') return RSA
  if (spec.type === 'EC') return spec.curve === 'SM2' ? SM2 : EC[spec.curve]
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
  const { algorithm, digest } = schemeOf(key.spec)
  const signature = await provider.sign(key, algorithm, digest(der, key.publicKey))
  return Uint8Array.from(key.spec.type === 'EC' ? derFromJoined(signature) : signature).buffer
}
