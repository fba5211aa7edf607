import { Fault, type FaultCode, type FaultDetail, type SignInFailure } from '@claviger/vault'
import { alibaba } from '@claviger/wire'

const { Refusal } = alibaba.instance

/** What a request has said of itself, where an error repeats it. */
export interface Said {
  readonly accessKeyId: string
  /** The key or secret that it names, else the operation. */
  readonly named: string
}

type Row<Of> = Bare | ((detail: Of, said: Said) => alibaba.instance.Refusal)

type Reason = alibaba.instance.RefusalReason
type Detail = alibaba.instance.RefusalDetail

/** Reasons that need no more words. */
type Bare = { readonly [One in Reason]: object extends Detail[One] ? One : never }[Reason]

const noPermission = (resource: string): alibaba.instance.Refusal =>
  new Refusal('NoPermission', { resource })

/** Every fault as the instance gateway shows it. */
export const FAULTS: { readonly [Code in FaultCode]: Row<FaultDetail[Code]> } = {
  NameInvalid: 'ParameterInvalid',
  InvalidInput: 'ParameterInvalid',

  ObjectNotFound: ({ kind, deleted }) => {
    if (kind !== 'key') {
      return deleted === true
        ? new Refusal('SecretPendingDeletion', {})
        : new Refusal('SecretUnknown', {})
    }
    return deleted === true ? new Refusal('KeyPendingDeletion', {}) : new Refusal('KeyUnknown', {})
  },
  DeletedObjectNotFound: 'KeyUnknown',
  ObjectDisabled: 'KeyDisabled',
  ObjectInDeletedState: ({ kind }) =>
    kind === 'key'
      ? new Refusal('KeyPendingDeletion', {})
      : new Refusal('SecretPendingDeletion', {}),
  ObjectManaged: 'OperationUnsupported',
  ObjectExists: 'OperationUnsupported',
  BackupInvalid: 'ParameterInvalid',
  PurgeProtected: 'OperationUnsupported',

  AlgorithmUnfit: 'OperationUnsupported',
  DigestLengthWrong: 'ParameterInvalid',
  // One for all that a ciphertext or what it is bound to can have wrong: no oracle.
  DecryptionFailed: 'ParameterInvalid',
  KeyInvalid: 'ParameterInvalid',
  KeyOperationForbidden: 'OperationUnsupported',
  KeyExportRefused: 'OperationUnsupported',
  KeyOutsideDates: 'KeyDisabled',
  ProviderUnavailable: 'Unavailable',
  KeyAwaitsMaterial: 'KeyPendingImport',
  KeyNotExternal: 'OperationUnsupported',
  KeyNotRotatable: 'OperationUnsupported',
  ImportTokenInvalid: 'ParameterInvalid',
  KeyProtected: 'OperationUnsupported',
  SecretKindUnfit: 'OperationUnsupported',
  SecretNotRotatable: 'OperationUnsupported',
  SecretStagesExceeded: 'ParameterInvalid',
  SecretVersionsExceeded: 'ParameterInvalid',
  SecretStageElsewhere: 'ParameterInvalid',
  AliasExists: 'ParameterInvalid',
  AliasNotFound: 'KeyIdOrAliasUnknown',

  NameTaken: 'OperationUnsupported',
  CertificateUnreadable: 'ParameterInvalid',
  CertificateUnfit: 'ParameterInvalid',
  PendingCertificateNotFound: 'OperationUnsupported',
  PendingCertificateInProgress: 'OperationUnsupported',
  PendingCertificateOver: 'OperationUnsupported',
  MergeForbidden: 'OperationUnsupported',
  CertificateIssuerNotFound: 'OperationUnsupported',
  CertificateContactsNotFound: 'OperationUnsupported',
  IssuerRefused: 'OperationUnsupported',

  VaultNotFound: ({ name }) =>
    new Refusal('KeyNotInKeyStore', { keyStore: alibaba.shared.formatInstanceId(name) }),
  VaultExists: 'OperationUnsupported',
  VaultElsewhere: 'OperationUnsupported',
  DiagnosticSettingNotFound: 'OperationUnsupported',
  DiagnosticSinkTaken: 'OperationUnsupported',
  ResourceGroupNotFound: 'OperationUnsupported',
  ResourceGroupElsewhere: 'OperationUnsupported',
  TenantNotFound: 'InternalFailure',

  AccessDenied: (_denial, { named }) => noPermission(named),
  SignInFailed: ({ reason }, { accessKeyId }) => signInRefusal(reason, accessKeyId),
  TokenMissing: (_detail, { accessKeyId }) => new Refusal('AccessKeyUnknown', { accessKeyId }),
  TokenInvalid: (_detail, { accessKeyId }) => new Refusal('AccessKeyUnknown', { accessKeyId }),
  TooManyRequests: 'Throttled',
  RequestReplayed: 'SignatureNotMatched',

  DirectoryObjectNotFound: 'OperationUnsupported',
  DirectoryObjectExists: 'OperationUnsupported',
  AccessRuleBroken: 'OperationUnsupported',
  DirectoryObjectInUse: 'OperationUnsupported',

  Conflict: 'Unavailable',
  StoreUnavailable: 'Unavailable',
  AuditUnavailable: 'Unavailable',
  RecordCorrupt: 'InternalFailure',
  UnsealFailed: 'InternalFailure',
}

/** A fault in this wire's words; what is no fault is an internal failure. */
export function refusalOf(thrown: unknown, said: Said): alibaba.instance.Refusal {
  if (thrown instanceof Refusal) return thrown
  return thrown instanceof Fault
    ? refusalOfFault(thrown, said)
    : new Refusal('InternalFailure', {})
}

function refusalOfFault<Code extends FaultCode>(
  fault: Fault<Code>,
  said: Said,
): alibaba.instance.Refusal {
  const row: Row<FaultDetail[Code]> = FAULTS[fault.code]
  return typeof row === 'string' ? new Refusal(row, {}) : row(fault.detail, said)
}

/** Why a key is not accepted, so far as there is a code for it. */
function signInRefusal(reason: SignInFailure, accessKeyId: string): alibaba.instance.Refusal {
  if (reason === 'RequestSignatureWrong') return new Refusal('SignatureNotMatched', {})
  if (reason === 'ClientAddressNotAllowed' || reason === 'PrincipalDisabled') {
    return noPermission(accessKeyId)
  }
  return new Refusal('AccessKeyUnknown', { accessKeyId })
}
