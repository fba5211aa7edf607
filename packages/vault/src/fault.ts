import type { DenyingModel } from './access/decide.ts'

import type { BrokenAccessRule } from './access/access-rule.ts'

/** The kinds of named object a vault keeps. */
export type ObjectKind = 'secret' | 'key' | 'certificate'

/**
 * Every fault and what it carries: names and numbers, never values, because all of it is public.
 * A code that a door does not render does not compile.
 */
export interface FaultDetail {
  // Input
  readonly NameInvalid: { readonly name: string }
  readonly InvalidInput: {
    readonly property: string
    readonly reason: string
    /** It was settled when the thing was made. */
    readonly immutable?: true
  }

  // Objects
  readonly ObjectNotFound: {
    readonly kind: ObjectKind
    readonly name: string
    readonly version?: string
    /** It is deleted and can still be recovered; said of keys and secrets. */
    readonly deleted?: true
  }
  readonly DeletedObjectNotFound: {
    readonly kind: ObjectKind
    readonly name: string
    /** It is not deleted; said of secrets alone. */
    readonly live?: true
  }
  readonly ObjectDisabled: { readonly kind: ObjectKind; readonly operation: string }
  readonly ObjectInDeletedState: { readonly kind: ObjectKind; readonly name: string }
  readonly ObjectManaged: { readonly kind: ObjectKind; readonly operation: string }
  readonly ObjectExists: { readonly kind: ObjectKind; readonly name: string }
  readonly BackupInvalid: { readonly kind: ObjectKind; readonly reason: string }
  readonly PurgeProtected: { readonly vault: string; readonly location: string }

  // Keys
  /** The algorithm does not go with this key, or not with what was asked of it. */
  readonly AlgorithmUnfit: { readonly algorithm: string; readonly key: string; readonly reason: string }
  readonly DigestLengthWrong: {
    /** The name of the member that holds the digest. */
    readonly property: string
    readonly algorithm: string
    readonly expectedBytes: number
    readonly actualBytes: number
  }
  /** A ciphertext, tag or wrapped key that does not open: one fault for all of it, no oracle. */
  readonly DecryptionFailed: { readonly algorithm: string }
  /** The numbers of a key that was to be imported. */
  readonly KeyInvalid: { readonly reason: string }
  readonly KeyOperationForbidden: { readonly operation: string }
  /** A key cannot be made to leave the server. */
  readonly KeyExportRefused: {
    readonly reason: 'policyMissing' | 'notExportable' | 'notOffered' | 'unchangeable'
  }
  readonly KeyOutsideDates: { readonly operation: string; readonly state: 'notYetValid' | 'expired' }
  readonly ProviderUnavailable: { readonly reason: string }
  /** The key was made without material, and there is none now. */
  readonly KeyAwaitsMaterial: { readonly name: string }
  /** Material is imported for keys alone that were made without it. */
  readonly KeyNotExternal: { readonly name: string }
  readonly ImportTokenInvalid: { readonly reason: 'foreign' | 'otherKey' | 'expired' }
  /** The key keeps the version it has, now or for ever; the reason completes a sentence. */
  readonly KeyNotRotatable: { readonly name: string; readonly reason: string }
  /** The key is protected from deletion. */
  readonly KeyProtected: { readonly name: string; readonly reason: string }
  /** More names of versions, or versions with names, than a secret can have. */
  readonly SecretStagesExceeded: { readonly maximum: number }
  readonly SecretVersionsExceeded: { readonly maximum: number }
  /** The stage does not stand at the version that it is to be taken from. */
  readonly SecretStageElsewhere: { readonly stage: string }
  /** Not for secrets of this kind; without one, for those alone that have a kind. */
  readonly SecretKindUnfit: { readonly kind?: string }
  /** The account that it is of lies outside the server. */
  readonly SecretNotRotatable: { readonly name: string }
  readonly AliasExists: { readonly alias: string }
  readonly AliasNotFound: { readonly alias: string }

  // Certificates
  /** The name of a certificate is in use by a key or secret that belongs to none. */
  readonly NameTaken: { readonly kind: ObjectKind; readonly name: string }
  /** What was to be imported or merged cannot be read. */
  readonly CertificateUnreadable: { readonly format: 'pkcs12' | 'pem' | 'x5c'; readonly reason: string }
  /** It can be read, and is not one that can be kept. */
  readonly CertificateUnfit: { readonly reason: string }
  readonly PendingCertificateNotFound: { readonly name: string }
  readonly PendingCertificateInProgress: { readonly name: string }
  readonly PendingCertificateOver: { readonly name: string; readonly status: string }
  readonly MergeForbidden: { readonly issuer: string }
  readonly CertificateIssuerNotFound: { readonly name: string }
  /** An authority of the vault cannot issue now, or not this. */
  readonly IssuerRefused: { readonly reason: string }
  readonly CertificateContactsNotFound: Readonly<Record<string, never>>

  // Vaults and tenants
  readonly VaultNotFound: { readonly name: string }
  readonly VaultExists: {
    readonly name: string
    /** It is the tenant's own, and deleted. */
    readonly deleted?: true
  }
  readonly ResourceGroupNotFound: { readonly name: string }
  /** A group stays where it was made. */
  readonly ResourceGroupElsewhere: {
    readonly name: string
    readonly location: string
    readonly wanted: string
  }
  /** A vault stays where it was made. */
  readonly VaultElsewhere: {
    readonly name: string
    readonly resourceGroup: string
    readonly location: string
    readonly wanted: string
  }
  readonly DiagnosticSettingNotFound: { readonly name: string; readonly resource: string }
  /** Of one vault, what is of one category goes to a sink once. */
  readonly DiagnosticSinkTaken: {
    readonly sink: string
    readonly setting: string
    readonly category: string
  }
  readonly TenantNotFound: { readonly tenant: string }

  // Access
  readonly AccessDenied: AccessDenial
  readonly AccessRuleBroken: BrokenAccessRule
  readonly SignInFailed: { readonly reason: SignInFailure }
  readonly TokenMissing: Readonly<Record<string, never>>
  readonly TokenInvalid: {
    readonly reason: TokenFailure
    readonly found?: string
    readonly expected?: string
  }
  readonly TooManyRequests: { readonly retryAfterSeconds: number }
  /** The same signed request was answered before. */
  readonly RequestReplayed: Readonly<Record<string, never>>

  // Directory
  readonly DirectoryObjectNotFound: { readonly type: DirectoryType; readonly id: string }
  readonly DirectoryObjectExists: { readonly type: DirectoryType; readonly id: string }
  /** It cannot be deleted before what refers to it. */
  readonly DirectoryObjectInUse: {
    readonly type: DirectoryType
    readonly id: string
    /** Name of one that refers to it. */
    readonly usedBy: string
  }

  // The server's own
  readonly Conflict: Readonly<Record<string, never>>
  readonly StoreUnavailable: { readonly reason: string }
  readonly AuditUnavailable: { readonly reason: string }
  readonly RecordCorrupt: { readonly record: string; readonly reason: string }
  readonly UnsealFailed: { readonly reason: string }
}

export type FaultCode = keyof FaultDetail

/** What kinds of thing a directory holds, for faults about them. */
export type DirectoryType =
  | 'principal'
  | 'application'
  | 'credential'
  | 'roleDefinition'
  | 'roleAssignment'
  | 'groupMember'
  | 'accessPoint'
  | 'accessPointPolicy'
  | 'clientKey'
  | 'networkRule'
  | 'userPrincipalName'
  | 'identifierUri'
  | 'owner'
  | 'clientId'

/** Why a request was not allowed, and by what. */
export interface AccessDenial {
  readonly model: DenyingModel
  /** The policy of the key or secret denies it, whatever else may be granted. */
  readonly explicit?: true
  /** It would have changed by what the vault decides: access policies or roles. */
  readonly changesModel?: true
  /** The full action that was missing: `Microsoft.KeyVault/vaults/secrets/getSecret/action`. */
  readonly action: string
  /** The access-policy permission that was missing, such as `secrets get`. */
  readonly permission: string
  readonly resource: string
  readonly vault: string
  readonly location: string
  readonly clientAddress: string
  readonly caller: {
    readonly appId?: string
    readonly principal: string
    readonly tenant: string
    /** How many groups the caller's token names. */
    readonly groups: number
  }
}

/**
 * The exact reason of a failed sign-in, for the audit; outside it shows only at doors whose wire has
 * a code for it.
 */
export type SignInFailure =
  | 'UnknownTenant'
  | 'UnknownApplication'
  | 'ApplicationDisabled'
  | 'SecretWrong'
  | 'SecretExpired'
  | 'AssertionMalformed'
  | 'AssertionSignatureWrong'
  | 'AssertionExpired'
  | 'AssertionAudienceWrong'
  | 'AssertionReplayed'
  | 'NoMatchingCredential'
  | 'IdentityHeaderWrong'
  | 'IdentityUnknown'
  | 'CertificateExpired'
  | 'AssertionKeyUnknown'
  | 'AssertionNotYetValid'
  | 'AssertionLifetimeTooLong'
  | 'AccessKeyUnknown'
  | 'AccessKeyDisabled'
  | 'ClientKeyUnknown'
  | 'ClientKeyDisabled'
  | 'ClientKeyNotYetValid'
  | 'ClientKeyExpired'
  | 'ClientAddressNotAllowed'
  | 'PrincipalDisabled'
  | 'RequestSignatureWrong'
  | 'SecurityTokenMalformed'
  | 'SecurityTokenOfAnotherKey'
  | 'SecurityTokenExpired'
  | 'SessionRevoked'
  | UserSignInFailure

/** The same of people, and of what their sign-in earns: codes, refresh tokens, device codes. */
export type UserSignInFailure =
  | 'UserUnknown'
  | 'UserDisabled'
  | 'PasswordWrong'
  | 'PasskeyWrong'
  | 'ExternalIdentityUnknown'
  | 'SessionUnknown'
  | 'SessionExpired'
  | 'ChallengeWrong'
  | 'CodeUnknown'
  | 'CodeExpired'
  | 'CodeRedeemed'
  | 'CodeOfAnotherClient'
  | 'CodeForAnotherRedirect'
  | 'CodeVerifierWrong'
  | 'RefreshTokenUnknown'
  | 'RefreshTokenExpired'
  | 'RefreshTokenReused'
  | 'RefreshTokenRevoked'
  | 'RefreshTokenOfAnotherClient'
  | 'DeviceCodeUnknown'
  | 'DeviceCodeExpired'
  | 'DeviceCodeRedeemed'
  | 'DeviceCodeDeclined'
  | 'UserCodeWrong'

/** Why an access token was refused. */
export type TokenFailure =
  | 'Malformed'
  | 'AlgorithmNotAllowed'
  | 'KeyUnknown'
  | 'SignatureWrong'
  | 'IssuerWrong'
  | 'AudienceWrong'
  | 'TenantWrong'
  | 'Expired'
  | 'NotYetValid'
  | 'Revoked'
  | 'PrincipalUnknown'

/** A typed refusal. Anything else that is thrown is a bug. */
export class Fault<Code extends FaultCode = FaultCode> extends Error {
  readonly code: Code
  readonly detail: FaultDetail[Code]

  constructor(code: Code, detail: FaultDetail[Code], options?: { readonly cause?: unknown }) {
    super(code, options)
    this.name = 'Fault'
    this.code = code
    this.detail = detail
  }
}

/** Tells whether something thrown is this fault. */
export function isFault<Code extends FaultCode>(
  thrown: unknown,
  code: Code,
): thrown is Fault<Code> {
  return thrown instanceof Fault && thrown.code === code
}
