import { Fault, type FaultCode, type FaultDetail } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { signInCode } from './sign-in-code.ts'

const { KmsRefusal } = alibaba.shared

interface Words {
  readonly code: alibaba.shared.ErrorCode
  readonly message?: string
  readonly recommend?: string
}

type Row<Detail> = alibaba.shared.ErrorCode | ((detail: Detail) => Words)

/**
 * What would allow it. A key that nobody has is asked for in another way than one that there is, so
 * what was missing for a key tells a stranger whether its alias exists: that is in the audit alone.
 */
function missingGrant({ action, resource, explicit, model }: FaultDetail['AccessDenied']): string {
  if (model === 'firewall' || model === 'publicAccess') {
    return 'The vault does not let the address in from which the request came.'
  }
  if (explicit === true) return 'The policy of the key or secret denies it.'
  return resource.includes('/keys/')
    ? 'Give the caller a role that allows it; the audit names the action that is missing.'
    : `Give the caller a role with the action ${action}.`
}

const invalid = (property: string, reason: string): Words => ({
  code: 'InvalidParameter',
  message: `The specified parameter ${property} is not valid.`,
  recommend: `${property}: ${reason}.`,
})

/** Every fault as the shared gateway shows it. */
export const FAULTS: { readonly [Code in FaultCode]: Row<FaultDetail[Code]> } = {
  NameInvalid: 'InvalidParameter',
  InvalidInput: ({ property, reason }) => invalid(property, reason),

  ObjectNotFound: ({ kind, version, deleted }) => {
    if (kind === 'certificate') return { code: 'Certificate.NotFound' }
    if (kind === 'secret') {
      return { code: deleted === true ? 'Rejected.ResourceInDeleteWindow' : 'Forbidden.ResourceNotFound' }
    }
    if (deleted === true) return { code: 'Rejected.PendingDeletion' }
    return { code: version === undefined ? 'Forbidden.KeyNotFound' : 'Forbidden.KeyVersionNotFound' }
  },
  DeletedObjectNotFound: ({ kind, live }) => {
    if (kind === 'key') return { code: 'Forbidden.KeyNotFound' }
    return { code: live === true ? 'Rejected.ResourceInUse' : 'Forbidden.ResourceNotFound' }
  },
  ObjectDisabled: ({ kind }) =>
    kind === 'key'
      ? { code: 'Rejected.Disabled' }
      : {
          code: 'Rejected.Disabled',
          message: 'The request was rejected because the secret version is disabled.',
        },
  ObjectInDeletedState: ({ kind }) =>
    kind === 'key'
      ? { code: 'Rejected.PendingDeletion' }
      : { code: 'Rejected.ResourceInDeleteWindow' },
  ObjectManaged: ({ kind }) => ({
    code: 'Rejected.UnsupportedOperation',
    recommend: `This ${kind} belongs to a certificate, which rules its life.`,
  }),
  ObjectExists: 'Rejected.ResourceExist',
  BackupInvalid: 'InvalidParameter',
  PurgeProtected: ({ vault }) => ({
    code: 'Rejected.UnsupportedOperation',
    recommend: `The vault ${vault} is protected from purging.`,
  }),

  AlgorithmUnfit: ({ reason }) => ({ code: 'UnsupportedOperation', recommend: `${reason}.` }),
  DigestLengthWrong: ({ expectedBytes }) =>
    invalid('Digest', `it must have ${expectedBytes} octets`),
  // One for all that a ciphertext or its context can have wrong: no oracle.
  DecryptionFailed: 'InvalidParameter',
  KeyInvalid: ({ reason }) => ({ code: 'InvalidKeyMaterial', recommend: `${reason}.` }),
  KeyOperationForbidden: 'UnsupportedOperation',
  KeyExportRefused: 'UnsupportedOperation',
  KeyOutsideDates: ({ state }) => ({
    code: 'Rejected.Disabled',
    recommend: state === 'expired' ? 'The key has expired.' : 'The key is not valid yet.',
  }),
  ProviderUnavailable: 'ServiceUnavailableTemporary',
  KeyAwaitsMaterial: 'Rejected.PendingImport',
  KeyNotRotatable: ({ reason }) => ({
    code: 'Rejected.UnsupportedOperation',
    recommend: `The key cannot be rotated: ${reason}.`,
  }),
  KeyNotExternal: 'Unsupported.Origin',
  ImportTokenInvalid: ({ reason }) => ({
    code: reason === 'expired' ? 'ExpiredImportToken' : 'InvalidImportToken',
  }),
  KeyProtected: () => ({
    code: 'Rejected.UnsupportedOperation',
    recommend: 'The key is protected from deletion; take the protection away with SetDeletionProtection.',
  }),
  SecretStagesExceeded: ({ maximum }) => ({
    code: 'Rejected.LimitExceeded',
    recommend: `A secret has at most ${maximum} stages.`,
  }),
  SecretVersionsExceeded: ({ maximum }) => ({
    code: 'Rejected.LimitExceeded',
    recommend: `A secret keeps at most ${maximum} versions, and each of these has a stage.`,
  }),
  SecretStageElsewhere: 'Rejected.InvalidRequest',
  SecretNotRotatable: () => ({
    code: 'Rejected.UnsupportedOperation',
    recommend: 'The server reaches no account in the cloud; change it there, then make the secret anew.',
  }),
  SecretKindUnfit: ({ kind }) => ({
    code: 'Rejected.UnsupportedOperation',
    recommend:
      kind === undefined
        ? 'Secrets of the type Generic are changed by who owns them, with PutSecretValue.'
        : `Secrets of the type ${kind} have the versions of their account; make a Generic one.`,
  }),
  AliasExists: 'AliasAlreadyExists',
  AliasNotFound: 'Forbidden.AliasNotFound',

  NameTaken: 'Rejected.ResourceExist',
  CertificateUnreadable: ({ reason }) => invalid('Certificate', reason),
  CertificateUnfit: ({ reason }) => invalid('Certificate', reason),
  PendingCertificateNotFound: 'Certificate.NotFound',
  PendingCertificateInProgress: 'Rejected.ResourceExist',
  PendingCertificateOver: 'Rejected.UnsupportedOperation',
  MergeForbidden: 'Rejected.UnsupportedOperation',
  CertificateIssuerNotFound: 'Forbidden.ResourceNotFound',
  CertificateContactsNotFound: 'Forbidden.ResourceNotFound',
  IssuerRefused: 'Rejected.UnsupportedOperation',

  VaultNotFound: 'Forbidden.DKMSInstanceNotFound',
  VaultExists: 'Rejected.ResourceExist',
  VaultElsewhere: 'Rejected.ResourceExist',
  DiagnosticSettingNotFound: 'Forbidden.ResourceNotFound',
  DiagnosticSinkTaken: 'Rejected.ResourceExist',
  ResourceGroupNotFound: 'Forbidden.ResourceNotFound',
  ResourceGroupElsewhere: 'Rejected.ResourceExist',
  TenantNotFound: 'InternalFailure',

  AccessDenied: (denial) => ({ code: 'Forbidden.NoPermission', recommend: missingGrant(denial) }),
  SignInFailed: ({ reason }) => ({ code: signInCode(reason) }),
  TokenMissing: 'MissingAccessKeyId',
  TokenInvalid: 'InvalidAccessKeyId.NotFound',
  TooManyRequests: 'Throttling.User',
  RequestReplayed: 'SignatureNonceUsed',

  DirectoryObjectNotFound: 'Forbidden.ResourceNotFound',
  DirectoryObjectExists: 'Rejected.ResourceExist',
  AccessRuleBroken: 'InvalidParameter',
  DirectoryObjectInUse: ({ usedBy }) => ({
    code: 'Rejected.UnsupportedOperation',
    recommend: `${usedBy} still refers to it.`,
  }),

  Conflict: 'ServiceUnavailableTemporary',
  StoreUnavailable: 'ServiceUnavailableTemporary',
  AuditUnavailable: 'ServiceUnavailableTemporary',
  RecordCorrupt: 'InternalFailure',
  UnsealFailed: 'InternalFailure',
}

/** A fault in this wire's words; what is no fault is an internal failure. */
export function refusalOf(thrown: unknown): alibaba.shared.KmsRefusal {
  if (thrown instanceof KmsRefusal) return thrown
  return thrown instanceof Fault ? refusalOfFault(thrown) : new KmsRefusal('InternalFailure')
}

function refusalOfFault<Code extends FaultCode>(fault: Fault<Code>): alibaba.shared.KmsRefusal {
  const row: Row<FaultDetail[Code]> = FAULTS[fault.code]
  if (typeof row === 'string') return new KmsRefusal(row)
  const { code, ...words } = row(fault.detail)
  return new KmsRefusal(code, words)
}
