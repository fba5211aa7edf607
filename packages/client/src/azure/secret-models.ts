import type { OperationOptions } from '../core/pipeline.ts'
import type {
  DeletionProperties,
  ObjectProperties,
  SettableAttributes,
  Tags,
} from './object-properties.ts'

/**
 * What a secret has beside its value.
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/get-secrets
 */
export interface SecretProperties extends ObjectProperties {
  /** What the value is, such as `text/plain`; up to 255 characters. */
  readonly contentType?: string
  /** For the secret of a certificate: the id of its key. */
  readonly certificateKeyId?: string
  /** Whether it belongs to a certificate, and ends with it. */
  readonly managed?: boolean
  /** For the secret of a certificate: the version before this one. */
  readonly previousVersion?: string
}

/**
 * A secret with its value.
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret
 */
export interface KeyVaultSecret {
  /** 1 to 127 letters, digits and hyphens. */
  readonly name: string
  /** Up to 25,600 octets of UTF-8. Absent where the service does not give it. */
  readonly value?: string
  /** What it has beside its value. */
  readonly properties: SecretProperties
}

/**
 * A secret that is deleted and not yet purged. It comes without its value.
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/get-deleted-secret
 */
export interface DeletedSecret extends KeyVaultSecret, DeletionProperties {
  /** What it has beside its value, and when it was deleted. */
  readonly properties: SecretProperties & DeletionProperties
}

/**
 * What a secret is set with.
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/set-secret
 */
export interface SetSecretOptions extends OperationOptions, SettableAttributes {
  /** What the value is, such as `text/plain`; up to 255 characters. */
  readonly contentType?: string
  /** Free text by name; 15 at most. */
  readonly tags?: Tags
}

/**
 * What may change about a version of a secret; `tags`, when given, replaces all.
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/update-secret
 */
export interface UpdateSecretPropertiesOptions extends SetSecretOptions {}

/**
 * Which version of a secret is read, and how.
 * @see https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret
 */
export interface GetSecretOptions extends OperationOptions {
  /** The newest unless said. */
  readonly version?: string
  /** For the secret of a certificate: its PEM text instead of the PKCS#12 file. */
  readonly outContentType?: 'application/x-pkcs12' | 'application/x-pem-file'
}
