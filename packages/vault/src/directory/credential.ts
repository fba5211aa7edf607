import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'

interface CredentialBase {
  /** GUID; a credential's `keyId`. */
  readonly id: string
  readonly displayName: string
  readonly createdAt: number
  /** Seconds; `undefined` never expires. */
  readonly expiresAt?: number
}

/**
 * A secret that the server made (256 random bits or more), kept as HMAC-SHA-256 under the tenant's
 * sealed credential key: fast to check, useless without the seal. The first characters stand beside
 * it, so that a person can tell secrets apart.
 */
export interface SecretCredential extends CredentialBase {
  readonly kind: 'secret'
  /** HMAC-SHA-256, base64url. */
  readonly hash: string
  readonly hint: string
}

/** A certificate whose key signs client assertions (RFC 7523). */
export interface CertificateCredential extends CredentialBase {
  readonly kind: 'certificate'
  /** DER, base64. */
  readonly certificate: string
  /** SHA-1 and SHA-256 thumbprints, base64url, as `x5t` and `x5t#S256` name them. */
  readonly x5t: string
  readonly x5tS256: string
}

/** Trusts assertions of another issuer for one subject (workload identity federation). */
export interface FederatedCredential extends CredentialBase {
  readonly kind: 'federated'
  readonly issuer: string
  readonly subject: string
  readonly audiences: readonly string[]
  readonly description?: string
  /** The issuer's keys as a JWK set in JSON, for issuers that cannot be reached; else its JWKS is fetched. */
  readonly jwks?: string
}

/**
 * Signs requests by HMAC, so its secret cannot be kept as a hash: it is the record's secret, sealed.
 */
export interface AccessKeyCredential extends CredentialBase {
  readonly kind: 'accessKey'
  /** `LTAI` and 20 letters and digits; unique on the server, compared with regard to case. */
  readonly accessKeyId: string
  readonly enabled: boolean
}

/** The public half of a key pair that an access point's requests are signed with; RSA-2048. */
export interface ClientKeyCredential extends CredentialBase {
  readonly kind: 'clientKey'
  /** `KAAP.` and the credential's id. */
  readonly clientKeyId: string
  /** DER, base64, signed by the key itself. */
  readonly certificate: string
  /** Seconds. */
  readonly notBefore: number
  readonly expiresAt: number
  readonly enabled: boolean
}

/** A user's password: its Argon2id hash in PHC form is the record's secret, sealed. */
export interface PasswordCredential extends CredentialBase {
  readonly kind: 'password'
}

/** A user's passkey (WebAuthn): the public half of a key pair that stays with its authenticator. */
export interface PasskeyCredential extends CredentialBase {
  readonly kind: 'passkey'
  /** As the authenticator has chosen it, base64url. */
  readonly passkeyId: string
  /** COSE, base64url. */
  readonly publicKey: string
  /** Signatures so far, as the authenticator counts them; 0 for ever where it does not. */
  readonly counter: number
  /** How browsers reach the authenticator, such as `internal` or `usb`. */
  readonly transports: readonly string[]
}

/** Says that a user of an external OpenID Connect provider is this user. */
export interface ExternalCredential extends CredentialBase {
  readonly kind: 'external'
  readonly issuer: string
  readonly subject: string
}

export type Credential =
  | SecretCredential
  | CertificateCredential
  | FederatedCredential
  | AccessKeyCredential
  | ClientKeyCredential
  | PasswordCredential
  | PasskeyCredential
  | ExternalCredential

export function credentialKey(tenant: string, principal: string, id: string): RecordKey {
  return recordKeyOf(tenant, 'credential', principal.toLowerCase(), id.toLowerCase())
}

export function credentialPrefix(tenant: string, principal: string): RecordKey {
  return prefixOf(tenant, 'credential', principal.toLowerCase())
}

/** Where the tenant keeps the 32-byte key under which its secret credentials are hashed. */
export function credentialHashKey(tenant: string): RecordKey {
  return recordKeyOf(tenant, 'credential-hash-key')
}
