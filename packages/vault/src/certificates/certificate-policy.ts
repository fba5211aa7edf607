import type { AlternativeNames } from './alternative-names.ts'
import type { EcCurve } from '../crypto/key-spec.ts'
import type { KeyUsageName } from './key-usage.ts'
import type { EpochSeconds } from '../time.ts'

/** In which form the secret of a certificate holds it. */
export type CertificateContentType = 'application/x-pkcs12' | 'application/x-pem-file'

/** What a certificate says, once it is issued. */
export interface X509Properties {
  /** An X.500 name as it was given; `''` for none. */
  readonly subject: string
  readonly alternativeNames: AlternativeNames
  /** Object ids of the extended key usages. */
  readonly ekus: readonly string[]
  readonly keyUsage: readonly KeyUsageName[]
  readonly validityMonths: number
  /** Present when it is the certificate of an authority. */
  readonly ca?: AuthorityConstraint
}

/** What an authority may do (RFC 5280 §4.2.1.9). */
export interface AuthorityConstraint {
  /** How many authorities there may be below it, one under the other; no limit where absent. */
  readonly pathLength?: number
}

/** How the key of the next version is made. */
export type PolicyKey = { readonly hsm: boolean } & (
  | { readonly type: 'RSA'; readonly bits: number }
  | { readonly type: 'EC'; readonly curve: EcCurve }
)

/** What is done with a certificate towards its end; one of the two times is given. */
export interface LifetimeAction {
  readonly action: 'AutoRenew' | 'EmailContacts'
  /** Part of the validity that is over, 1 to 99. */
  readonly lifetimePercentage?: number
  readonly daysBeforeExpiry?: number
}

export interface PolicyIssuer {
  /** `Self`, `Unknown`, or an issuer of the vault. */
  readonly name: string
  /** What the issuer is asked for, such as `OV-SSL`. */
  readonly certificateType?: string
  readonly transparency?: boolean
}

/** How the versions of a certificate are made and renewed. */
export interface CertificatePolicy {
  readonly key: PolicyKey
  /** The private key may leave, as the certificate's secret. */
  readonly exportable: boolean
  /** A renewal keeps the key pair. */
  readonly reuseKey: boolean
  readonly contentType: CertificateContentType
  readonly x509: X509Properties
  readonly lifetimeActions: readonly LifetimeAction[]
  readonly issuer: PolicyIssuer
  readonly enabled: boolean
  readonly created: EpochSeconds
  readonly updated: EpochSeconds
}

export const SELF = 'Self'
export const UNKNOWN = 'Unknown'
