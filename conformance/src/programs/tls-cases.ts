/** A certificate that a TLS server runs on, by the policy that its owner has given it. */
export interface TlsCase {
  readonly name: string
  readonly issuer: 'Self' | 'corp'
  /** The form of its secret. */
  readonly contentType: 'application/x-pem-file' | 'application/x-pkcs12'
  /** Whether its renewal keeps the key. */
  readonly reuseKey: boolean
}

const PEM = 'application/x-pem-file'
const PKCS12 = 'application/x-pkcs12'

/** Both forms, both ways to renew; by its own key and by the private CA. */
export const TLS_CASES: readonly TlsCase[] = [
  { name: 'self-pem-new-key', issuer: 'Self', contentType: PEM, reuseKey: false },
  { name: 'self-pem-same-key', issuer: 'Self', contentType: PEM, reuseKey: true },
  { name: 'self-pkcs12-new-key', issuer: 'Self', contentType: PKCS12, reuseKey: false },
  { name: 'self-pkcs12-same-key', issuer: 'Self', contentType: PKCS12, reuseKey: true },
  { name: 'corp-pem-new-key', issuer: 'corp', contentType: PEM, reuseKey: false },
  { name: 'corp-pem-same-key', issuer: 'corp', contentType: PEM, reuseKey: true },
  { name: 'corp-pkcs12-new-key', issuer: 'corp', contentType: PKCS12, reuseKey: false },
  { name: 'corp-pkcs12-same-key', issuer: 'corp', contentType: PKCS12, reuseKey: true },
]

/** Days of its month of validity after which each is renewed, at the latest. */
export const RENEWED_AFTER_DAYS = 26
/** Days after which what has not been renewed has expired. */
export const EXPIRED_AFTER_DAYS = 40
