import type { OperationOptions } from '../core/pipeline.ts'
import type { PollerOptions, PollOperationState } from '../core/poller.ts'
import type { ImportCertificatePolicy } from './certificate-policy-models.ts'
import type {
  DeletionProperties,
  ObjectProperties,
  SettableAttributes,
  Tags,
} from './object-properties.ts'

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
