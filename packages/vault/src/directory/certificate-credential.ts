import { createHash, randomUUID, X509Certificate } from 'node:crypto'
import { Fault } from '../fault.ts'
import type { EpochSeconds } from '../time.ts'
import type { CertificateCredential } from './credential.ts'

const MAXIMUM_BYTES = 16_384
const MINIMUM_RSA_BITS = 2048

/** A certificate whose key signs client assertions. */
export interface NewCertificateCredential {
  readonly displayName: string
  readonly now: EpochSeconds
  /** PEM or DER, of one certificate without its private key. */
  readonly certificate: Uint8Array
}

/**
 * The credential of a certificate: its thumbprints and its own end of life.
 * @throws Fault InvalidInput when it is no certificate, has expired, comes with its private key, or
 *   its key is neither RSA of 2048 bits or more nor P-256.
 */
export function certificateCredential({
  displayName,
  now,
  certificate,
}: NewCertificateCredential): CertificateCredential {
  const parsed = parse(certificate)
  const expiresAt = Math.floor(parsed.validToDate.getTime() / 1000)
  if (Number.isNaN(Date.parse(parsed.validTo))) throw invalid('its time of expiry is unreadable')
  if (expiresAt <= now) throw invalid('it has expired')
  demandUsableKey(parsed)
  return {
    kind: 'certificate',
    id: randomUUID(),
    displayName,
    createdAt: now,
    expiresAt,
    certificate: parsed.raw.toString('base64'),
    x5t: thumbprint('sha1', parsed),
    x5tS256: thumbprint('sha256', parsed),
  }
}

function parse(bytes: Uint8Array): X509Certificate {
  if (bytes.byteLength > MAXIMUM_BYTES) throw invalid(`it may have ${MAXIMUM_BYTES} bytes at most`)
  // Refused rather than ignored: whoever sends it should know that it must not be sent.
  if (Buffer.from(bytes).includes('PRIVATE KEY'))
    throw invalid('give the certificate without its private key')
  try {
    return new X509Certificate(bytes)
  } catch {
    throw invalid('it is not a certificate in PEM or DER')
  }
}

/** The algorithms of client assertions are RS256, PS256 and ES256. */
function demandUsableKey({ publicKey }: X509Certificate): void {
  const { modulusLength = 0, namedCurve } = publicKey.asymmetricKeyDetails ?? {}
  const isRsa = publicKey.asymmetricKeyType === 'rsa' && modulusLength >= MINIMUM_RSA_BITS
  if (isRsa || namedCurve === 'prime256v1') return
  throw invalid(`its key must be RSA of ${MINIMUM_RSA_BITS} bits or more, or EC on P-256`)
}

/** SHA-1 names a certificate here (RFC 7515 §4.1.7) and protects nothing. */
function thumbprint(hash: 'sha1' | 'sha256', { raw }: X509Certificate): string {
  return createHash(hash).update(raw).digest('base64url')
}

function invalid(reason: string): Fault<'InvalidInput'> {
  return new Fault('InvalidInput', { property: 'certificate', reason })
}
