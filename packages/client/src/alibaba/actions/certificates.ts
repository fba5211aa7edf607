import type { KmsResponse } from '../kms-response.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { AsymmetricEncryptionAlgorithm, SignatureAlgorithm } from './asymmetric.ts'
import type { KmsEmptyBody } from './shared-types.ts'

/** What CreateCertificate is asked. */
export interface CreateCertificateRequest {
  /** Distinguished name (RFC 2253); CN, C, O and OU must be there. */
  readonly subject: string
  /** Kind of the key pair. */
  readonly keySpec: 'RSA_2048' | 'EC_P256' | 'EC_SM2'
  /** At most 10 domains; as a list or its JSON text. */
  readonly subjectAlternativeNames?: readonly string[] | string
  /** True unless said. */
  readonly exportablePrivateKey?: boolean
}

/** What CreateCertificate answers. */
export interface CreateCertificateResponseBody extends KmsEmptyBody {
  /** Id of the certificate. */
  readonly certificateId: string
  /** ARN of the object. */
  readonly arn: string
  /** Request (PKCS #10) in PEM. */
  readonly csr: string
}

/** What UploadCertificate is asked. */
export interface UploadCertificateRequest {
  /** Id of the certificate. */
  readonly certificateId: string
  /** PEM. */
  readonly certificate: string
  /** PEM. */
  readonly certificateChain?: string
}

/** What GetCertificate is asked. */
export interface GetCertificateRequest {
  /** Id of the certificate. */
  readonly certificateId: string
}

/** What GetCertificate answers. */
export interface GetCertificateResponseBody extends KmsEmptyBody {
  /** Id of the certificate. */
  readonly certificateId: string
  /** PEM. */
  readonly certificate?: string
  /** PEM. */
  readonly certificateChain?: string
  /** PEM. */
  readonly csr?: string
}

/** What DescribeCertificate is asked. */
export interface DescribeCertificateRequest {
  /** Id of the certificate. */
  readonly certificateId: string
}

/** What DescribeCertificate answers. */
export interface DescribeCertificateResponseBody extends KmsEmptyBody {
  /** Id of the certificate. */
  readonly certificateId: string
  /** ARN of the object. */
  readonly arn: string
  /** `PENDING`, `ACTIVE`, `INACTIVE` or `REVOKED`. */
  readonly status: string
  /** What kind of key it is. */
  readonly keySpec: string
  /** Distinguished name (RFC 2253); CN, C, O and OU must be there. */
  readonly subject: string
  /** Distinguished name of the issuer. */
  readonly issuer?: string
  /** Serial number. */
  readonly serial?: string
  /** Such as `RSA2048-SHA256`. */
  readonly signatureAlgorithm?: string
  /** PEM. */
  readonly subjectPublicKey?: string
  /** Hex. */
  readonly subjectKeyIdentifier?: string
  /** Domains. */
  readonly subjectAlternativeNames?: readonly string[]
  /** When it begins, UTC, as `2026-01-31T12:00:00Z`. */
  readonly notBefore?: string
  /** When it ends, UTC, as `2026-01-31T12:00:00Z`. */
  readonly notAfter?: string
  /** When it was made, UTC, as `2026-01-31T12:00:00Z`. */
  readonly createdAt?: string
  /** When it was last changed, UTC, as `2026-01-31T12:00:00Z`. */
  readonly updatedAt?: string
  /** True unless said. */
  readonly exportablePrivateKey?: boolean
  /** Names and values. */
  readonly tags?: Readonly<Record<string, string>>
}

/** What UpdateCertificateStatus is asked. */
export interface UpdateCertificateStatusRequest {
  /** Id of the certificate. */
  readonly certificateId: string
  /** State that the certificate gets. */
  readonly status: 'ACTIVE' | 'INACTIVE' | 'REVOKED'
}

/** What DeleteCertificate is asked. */
export interface DeleteCertificateRequest {
  /** Id of the certificate. */
  readonly certificateId: string
}

/** What CertificatePrivateKeySign is asked. */
export interface CertificatePrivateKeySignRequest {
  /** Id of the certificate. */
  readonly certificateId: string
  /** Must fit the key. */
  readonly algorithm: SignatureAlgorithm
  /** `RAW` unless said: at most 4 KB, hashed by the service. */
  readonly messageType?: 'RAW' | 'DIGEST'
  /** In base64. */
  readonly message: string
}

/** What CertificatePrivateKeySign answers. */
export interface CertificatePrivateKeySignResponseBody extends KmsEmptyBody {
  /** Id of the certificate. */
  readonly certificateId: string
  /** Signature in base64. */
  readonly signatureValue: string
}

/** What CertificatePublicKeyVerify is asked. */
export interface CertificatePublicKeyVerifyRequest {
  /** Id of the certificate. */
  readonly certificateId: string
  /** Must fit the key. */
  readonly algorithm: SignatureAlgorithm
  /** `RAW` unless said: at most 4 KB, hashed by the service. */
  readonly messageType?: 'RAW' | 'DIGEST'
  /** In base64. */
  readonly message: string
  /** Signature in base64. */
  readonly signatureValue: string
}

/** What CertificatePublicKeyVerify answers. */
export interface CertificatePublicKeyVerifyResponseBody extends KmsEmptyBody {
  /** Id of the certificate. */
  readonly certificateId: string
  /** Whether the signature is good. */
  readonly signatureValid: boolean
}

/** What CertificatePublicKeyEncrypt is asked. */
export interface CertificatePublicKeyEncryptRequest {
  /** Id of the certificate. */
  readonly certificateId: string
  /** Must fit the key. */
  readonly algorithm: Exclude<AsymmetricEncryptionAlgorithm, 'ECIES_DH_SHA_1_XOR_HMAC'>
  /** Octets in base64. */
  readonly plaintext: string
}

/** What CertificatePublicKeyEncrypt answers. */
export interface CertificatePublicKeyEncryptResponseBody extends KmsEmptyBody {
  /** Id of the certificate. */
  readonly certificateId: string
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
}

/** What CertificatePrivateKeyDecrypt is asked. */
export interface CertificatePrivateKeyDecryptRequest {
  /** Id of the certificate. */
  readonly certificateId: string
  /** Must fit the key. */
  readonly algorithm: Exclude<AsymmetricEncryptionAlgorithm, 'ECIES_DH_SHA_1_XOR_HMAC'>
  /** Ciphertext in base64. */
  readonly ciphertextBlob: string
}

/** What CertificatePrivateKeyDecrypt answers. */
export interface CertificatePrivateKeyDecryptResponseBody extends KmsEmptyBody {
  /** Id of the certificate. */
  readonly certificateId: string
  /** Octets in base64. */
  readonly plaintext: string
}

/** Actions on certificates; the service offers them no more, Claviger does. */
export interface KmsCertificateActions {
  /**
   * Makes a key pair and a request for its certificate.
   * @throws ClavigerError with code `InvalidParameter`.
   * @see https://help.aliyun.com/document_detail/601465.html
   */
  createCertificate(
    request: CreateCertificateRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CreateCertificateResponseBody>>
  /**
   * Brings the certificate that an authority has issued.
   * @throws ClavigerError with code `Certificate.NotFound`, `InvalidParameter`.
   * @see https://help.aliyun.com/document_detail/601465.html
   */
  uploadCertificate(
    request: UploadCertificateRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Gets a certificate.
   * @throws ClavigerError with code `Certificate.NotFound`.
   * @see https://help.aliyun.com/document_detail/601465.html
   */
  getCertificate(
    request: GetCertificateRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<GetCertificateResponseBody>>
  /**
   * Tells what there is to know of a certificate.
   * @throws ClavigerError with code `Certificate.NotFound`.
   * @see https://help.aliyun.com/document_detail/601465.html
   */
  describeCertificate(
    request: DescribeCertificateRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<DescribeCertificateResponseBody>>
  /**
   * Changes the state of a certificate.
   * @throws ClavigerError with code `Certificate.NotFound`.
   * @see https://help.aliyun.com/document_detail/601465.html
   */
  updateCertificateStatus(
    request: UpdateCertificateStatusRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Deletes a certificate.
   * @throws ClavigerError with code `Certificate.NotFound`.
   * @see https://help.aliyun.com/document_detail/601465.html
   */
  deleteCertificate(
    request: DeleteCertificateRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<KmsEmptyBody>>
  /**
   * Signs with the private key of a certificate.
   * @throws ClavigerError with code `Certificate.NotFound`, `UnsupportedOperation`.
   * @see https://help.aliyun.com/document_detail/601465.html
   */
  certificatePrivateKeySign(
    request: CertificatePrivateKeySignRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CertificatePrivateKeySignResponseBody>>
  /**
   * Verifies with the public key of a certificate; a bad signature is no error.
   * @throws ClavigerError with code `Certificate.NotFound`, `UnsupportedOperation`.
   * @see https://help.aliyun.com/document_detail/601465.html
   */
  certificatePublicKeyVerify(
    request: CertificatePublicKeyVerifyRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CertificatePublicKeyVerifyResponseBody>>
  /**
   * Encrypts with the public key of a certificate.
   * @throws ClavigerError with code `Certificate.NotFound`, `UnsupportedOperation`.
   * @see https://help.aliyun.com/document_detail/601465.html
   */
  certificatePublicKeyEncrypt(
    request: CertificatePublicKeyEncryptRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CertificatePublicKeyEncryptResponseBody>>
  /**
   * Decrypts with the private key of a certificate.
   * @throws ClavigerError with code `Certificate.NotFound`, `UnsupportedOperation`.
   * @see https://help.aliyun.com/document_detail/601465.html
   */
  certificatePrivateKeyDecrypt(
    request: CertificatePrivateKeyDecryptRequest,
    runtime?: KmsRuntimeOptions,
  ): Promise<KmsResponse<CertificatePrivateKeyDecryptResponseBody>>
}
