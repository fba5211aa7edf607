import type { KmsCredentialProvider } from './kms-credential.ts'

/** How parameters of the shared gateway are signed: as the current SDKs do, or the older ones. */
export type SharedSignature = 'ACS3-HMAC-SHA256' | 'HMAC-SHA256' | 'HMAC-SHA1'

/** The shared gateway, and who asks it. */
export interface OpenApiConfig {
  /** With `accessKeySecret`; without both the environment's counts. */
  readonly accessKeyId?: string
  /** Signs requests; never sent. */
  readonly accessKeySecret?: string
  /** Of a session (STS). */
  readonly securityToken?: string
  /** Asked before each request, instead of a fixed access key. */
  readonly credential?: KmsCredentialProvider
  /** Such as `cn-hangzhou`; names the host where `endpoint` does not. */
  readonly regionId?: string
  /** Host, and port if it is not the protocol's own. */
  readonly endpoint?: string
  /** `https` unless said. */
  readonly protocol?: 'https' | 'http'
  /** `ACS3-HMAC-SHA256` unless said. */
  readonly signatureAlgorithm?: SharedSignature
  /** Certificates in PEM that sign the server's, or the path of their file; needs a platform. */
  readonly ca?: string
  /** Trusts any server; for trials alone. Needs a platform. */
  readonly ignoreSsl?: boolean
  /** Milliseconds to reach the server; 5,000 unless said. */
  readonly connectTimeout?: number
  /** Milliseconds to wait for an answer; 10,000 unless said. */
  readonly readTimeout?: number
  /** Sent before this library's own. */
  readonly userAgent?: string
}
