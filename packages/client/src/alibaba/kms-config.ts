import type { KmsInstanceAction } from './route.ts'

/** A KMS instance, and the client key that asks it. */
export interface KmsConfig {
  /** Host of the instance, and port if it is not the protocol's own. */
  readonly endpoint: string
  /** `https` unless said. */
  readonly protocol?: 'https' | 'http'
  /** What the file of a client key contains; counts before `clientKeyFile`. Needs a platform. */
  readonly clientKeyContent?: string
  /** Path of the file of a client key; counts before `clientKeyId`. Needs a platform. */
  readonly clientKeyFile?: string
  /** Of the client key's file. */
  readonly password?: string
  /** `KAAP.` and a UUID; with `privateKey`. */
  readonly clientKeyId?: string
  /** PKCS #8 in base64, with or without the lines of PEM around it. */
  readonly privateKey?: string
  /** Actions that go to the shared gateway. */
  readonly defaultKmsApiNames?: readonly KmsInstanceAction[]
  /** Of a plaintext; `utf-8` unless said, as `TextDecoder` names them. */
  readonly encoding?: string
  /**
   * Uses Encrypt, Decrypt and GenerateDataKey of the instance in place of the operations that
   * rotation needs: hardware instances have no others.
   */
  readonly forceLowVersionCryptoTransfer?: boolean
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
