import type { OperationOptions } from '../core/pipeline.ts'
import type { PollerOptions, PollOperationState } from '../core/poller.ts'
import type { KeyCurveName } from './algorithms.ts'
import type { KeyType } from './key-models.ts'
import type {
  DeletionProperties,
  ObjectProperties,
  SettableAttributes,
  Tags,
} from './object-properties.ts'

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

/**
 * What a certificate has beside its octets.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificates
 */
export interface CertificateProperties extends ObjectProperties {
  /** SHA-1 of the certificate. */
  readonly x509Thumbprint?: Uint8Array
  /** The same in hexadecimal. */
  readonly x509ThumbprintString?: string
  /** Whether the secret keeps the order of the chain as it was imported. */
  readonly preserveCertificateOrder?: boolean
}

/**
 * A version of a certificate.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate
 */
export interface KeyVaultCertificate {
  /** 1 to 127 letters, digits and hyphens. */
  readonly name: string
  /** The certificate's URL with its version. */
  readonly id?: string
  /** DER; absent while it is being made. */
  readonly cer?: Uint8Array
  /** The URL of its key, which has the same name and version. */
  readonly keyId?: string
  /** The URL of its secret, which has the certificate and, if exportable, the private key. */
  readonly secretId?: string
  /** What it has beside its octets. */
  readonly properties: CertificateProperties
}

/**
 * The newest version of a certificate with its policy.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate
 */
export interface KeyVaultCertificateWithPolicy extends KeyVaultCertificate {
  /** How it is made and renewed. */
  readonly policy?: ImportCertificatePolicy
}

/**
 * A certificate that is deleted and not yet purged.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-deleted-certificate
 */
export interface DeletedCertificate extends KeyVaultCertificateWithPolicy, DeletionProperties {}

/**
 * Why a certificate could not be made.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-operation
 */
export interface CertificateOperationError {
  /** The issuer's code, or the service's. */
  readonly code?: string
  /** What they say to people. */
  readonly message?: string
  /** What it comes of. */
  readonly innerError?: CertificateOperationError
}

/**
 * The making of a certificate.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-operation
 */
export interface CertificateOperation {
  /** The operation's URL. */
  readonly id?: string
  /** The certificate's name. */
  readonly name: string
  /** The vault's URL, without a slash at its end. */
  readonly vaultUrl?: string
  /** Who certifies it. */
  readonly issuerName?: string
  /** What the issuer calls such certificates. */
  readonly certificateType?: string
  /** Whether the issuer publishes it in logs (RFC 6962). */
  readonly certificateTransparency?: boolean
  /** PKCS#10, DER: what is to be signed where the issuer is `Unknown`. */
  readonly csr?: Uint8Array
  /** Whether somebody has asked to give it up. */
  readonly cancellationRequested?: boolean
  /** `inProgress`, `completed`, `cancelled` or `failed`. */
  readonly status?: string
  /** What the service says about the status to people. */
  readonly statusDetails?: string
  /** Why it ended without a certificate. */
  readonly error?: CertificateOperationError
  /** The certificate's id, once it is made. */
  readonly target?: string
  /** The service's id of the order, at the issuer. */
  readonly requestId?: string
}

/**
 * How far a certificate is.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-operation
 */
export interface CertificateOperationState
  extends PollOperationState<KeyVaultCertificateWithPolicy> {
  /** The certificate's name. */
  readonly certificateName: string
  /** What the service said at the last look. */
  readonly certificateOperation?: CertificateOperation
}

interface CertificateOptions extends OperationOptions {
  /** Whether the version may be used; true unless said. */
  readonly enabled?: boolean
  /** Free text by name; 15 at most. */
  readonly tags?: Tags
  /** Whether the secret keeps the order of the chain as it is given; false unless said. */
  readonly preserveCertificateOrder?: boolean
}

/**
 * What a certificate is made with, and how its making is followed.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/create-certificate
 */
export interface BeginCreateCertificateOptions extends CertificateOptions, PollerOptions {}

/**
 * What a certificate is imported with.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/import-certificate
 */
export interface ImportCertificateOptions extends CertificateOptions {
  /** That of the PKCS#12 file. */
  readonly password?: string
  /** What is kept of it; the rest is read from the certificate. */
  readonly policy?: ImportCertificatePolicy
}

/**
 * What may change about a version of a certificate; `tags`, when given, replaces all.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/update-certificate
 */
export interface UpdateCertificatePropertiesOptions extends OperationOptions, SettableAttributes {
  /** In place of all it has; 15 at most. */
  readonly tags?: Tags
}

/**
 * Whether certificates that are being made are listed too.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificates
 */
export interface ListCertificatesOptions extends OperationOptions {
  /** Whether those are listed that are not made yet; false unless said. */
  readonly includePending?: boolean
}

/**
 * Somebody at the issuer's.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/set-certificate-issuer
 */
export interface AdministratorContact {
  /** Given name. */
  readonly firstName?: string
  /** Family name. */
  readonly lastName?: string
  /** Address of electronic mail. */
  readonly email?: string
  /** Telephone number. */
  readonly phone?: string
}

/**
 * Who is told of what happens to certificates.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-contacts
 */
export interface CertificateContact {
  /** Address of electronic mail, which is told. */
  readonly email?: string
  /** What a letter calls them. */
  readonly name?: string
  /** Telephone number. */
  readonly phone?: string
}

/**
 * An issuer in a listing.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-issuers
 */
export interface IssuerProperties {
  /** The issuer's URL. */
  readonly id?: string
  /** The issuer's name in this vault. */
  readonly name: string
  /** Who it is, such as `DigiCert` or `GlobalSign`. */
  readonly provider?: string
}

/**
 * An issuer.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/get-certificate-issuer
 */
export interface CertificateIssuer extends IssuerProperties {
  /** Whether it may be used. */
  readonly enabled?: boolean
  /** When it was first set; whole seconds. */
  readonly createdOn?: Date
  /** When it was last changed; whole seconds. */
  readonly updatedOn?: Date
  /** The account at the issuer's. */
  readonly accountId?: string
  /** The organization at the issuer's. */
  readonly organizationId?: string
  /** Whom the issuer asks. */
  readonly administratorContacts?: readonly AdministratorContact[]
}

/**
 * What an issuer is made with.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/set-certificate-issuer
 */
export interface CreateIssuerOptions extends OperationOptions {
  /** The account at the issuer's. */
  readonly accountId?: string
  /** The service never gives it back. */
  readonly password?: string
  /** The organization at the issuer's. */
  readonly organizationId?: string
  /** Whom the issuer asks. */
  readonly administratorContacts?: readonly AdministratorContact[]
  /** Whether it may be used; true unless said. */
  readonly enabled?: boolean
}

/**
 * What may change about an issuer.
 * @see https://learn.microsoft.com/rest/api/keyvault/certificates/update-certificate-issuer
 */
export interface UpdateIssuerOptions extends CreateIssuerOptions {
  /** Who it is, in place of who it was. */
  readonly provider?: string
}
