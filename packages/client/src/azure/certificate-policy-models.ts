import type { KeyCurveName } from './algorithms.ts'
import type { KeyType } from './key-models.ts'

/**
 * What the certificate's secret is: a PKCS#12 file without password, or PEM text.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
 */
export type CertificateContentType = 'application/x-pem-file' | 'application/x-pkcs12'

/**
 * Issuers that are always there: the vault itself, and somebody outside of it.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
 */
export const WellKnownIssuerNames = {
  /** The vault signs it with its own key. */
  Self: 'Self',
  /** Somebody else signs it, and `mergeCertificate` brings it. */
  Unknown: 'Unknown',
} as const

/** What the certified key may be used for (RFC 5280 §4.2.1.3). */
export type KeyUsageType =
  | 'digitalSignature'
  | 'nonRepudiation'
  | 'keyEncipherment'
  | 'dataEncipherment'
  | 'keyAgreement'
  | 'keyCertSign'
  | 'cRLSign'
  | 'encipherOnly'
  | 'decipherOnly'

/** Names beside the subject's (RFC 5280 §4.2.1.6). */
export interface SubjectAlternativeNames {
  /** Addresses of electronic mail (RFC 5321). */
  readonly emails?: readonly string[]
  /** Host names; the first label may be `*`. */
  readonly dnsNames?: readonly string[]
  /** User principal names of a directory, such as `somebody@example.com`. */
  readonly userPrincipalNames?: readonly string[]
  /** Absolute URIs. */
  readonly uniformResourceIdentifiers?: readonly string[]
  /** Addresses of IPv4 or IPv6, as text. */
  readonly ipAddresses?: readonly string[]
}

/**
 * What happens to a certificate by itself. One of the two times is given.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
 */
export interface LifetimeAction {
  /** A letter to the contacts, or a new version. */
  readonly action?: 'EmailContacts' | 'AutoRenew'
  /** 1 to 99. */
  readonly lifetimePercentage?: number
  /** Days before the end: 1 to 27 times `validityInMonths`. */
  readonly daysBeforeExpiry?: number
}

/**
 * How a certificate is made and renewed, but for whom. What is not given, the service chooses.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
 */
export interface CertificatePolicyProperties {
  /** `Self`, `Unknown`, or an issuer that `createIssuer` has set. */
  readonly issuerName?: string
  /** What the issuer calls such certificates, such as `OV-SSL`. */
  readonly certificateType?: string
  /** Whether the issuer publishes it in logs (RFC 6962). */
  readonly certificateTransparency?: boolean
  /** What the certificate's secret is; a PKCS#12 file unless said. */
  readonly contentType?: CertificateContentType
  /** Whether what is made may be used. */
  readonly enabled?: boolean
  /** Whether the secret has the private key. */
  readonly exportable?: boolean
  /** Object identifiers. */
  readonly enhancedKeyUsage?: readonly string[]
  /** The curve of the key, of elliptic-curve keys. */
  readonly keyCurveName?: KeyCurveName
  /** Bits of the key, of RSA keys; 2048 unless said. */
  readonly keySize?: 2048 | 3072 | 4096
  /** The key's type; those with `-HSM` are kept in hardware. */
  readonly keyType?: Exclude<KeyType, 'oct' | 'oct-HSM'>
  /** What the certified key may be used for. */
  readonly keyUsage?: readonly KeyUsageType[]
  /** What happens to it by itself. */
  readonly lifetimeActions?: readonly LifetimeAction[]
  /** Whether a renewal keeps the key. */
  readonly reuseKey?: boolean
  /** Months from the making to the end; 12 unless said. */
  readonly validityInMonths?: number
}

/**
 * A policy with a subject, other names or both.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
 */
export type CertificatePolicy = CertificatePolicyProperties &
  (
    | {
        /** A distinguished name, such as `CN=example.com` (RFC 4514). */
        readonly subject: string
        /** Names beside it. */
        readonly subjectAlternativeNames?: SubjectAlternativeNames
      }
    | {
        /** A distinguished name, such as `CN=example.com` (RFC 4514). */
        readonly subject?: string
        /** Names beside it, or in its place. */
        readonly subjectAlternativeNames: SubjectAlternativeNames
      }
  )

/**
 * A policy for what is imported: its names are the certificate's own.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/import-certificate
 */
export type ImportCertificatePolicy = CertificatePolicyProperties & {
  /** A distinguished name, such as `CN=example.com` (RFC 4514); the next version has it. */
  readonly subject?: string
  /** Names beside it, which the next version has. */
  readonly subjectAlternativeNames?: SubjectAlternativeNames
}

/**
 * A certificate that the vault signs itself; the service chooses the rest.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
 */
export const DefaultCertificatePolicy: {
  /** The vault signs it with its own key. */
  readonly issuerName: 'Self'
  /** A name to be replaced by one of one's own. */
  readonly subject: string
} = {
  issuerName: 'Self',
  subject: 'cn=MyCert',
}
