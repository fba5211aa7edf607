import { brokenAccessRuleText, type FaultCode, type FaultDetail } from '@claviger/vault'
import { denialCode, denialMessage } from './denial-message.ts'
import { PAGE_MEMBERS } from './paging.ts'
import { shorten } from '../../rest/shorten.ts'
import { tokenMessage } from './token-message.ts'

/** How a fault looks on this wire. */
export interface AzureFault<Detail> {
  readonly status: number
  readonly code: string | ((detail: Detail) => string)
  readonly innerCode?: (detail: Detail) => string | undefined
  readonly message: (detail: Detail) => string
  readonly retryAfterSeconds?: (detail: Detail) => number
}

const LONGEST_NAME = 1024

const bad = { status: 400, code: 'BadParameter' } as const
const forbidden = { status: 403, code: 'Forbidden' } as const
const conflict = { status: 409, code: 'Conflict' } as const
const unavailable = { status: 503, code: 'ServiceUnavailable', retryAfterSeconds: () => 1 } as const

/**
 * Every fault as this wire shows it. Messages are the service's own, letter by letter as recorded,
 * but for those marked "ours": there the service has none, or one that is not known.
 */
export const faults: { readonly [Code in FaultCode]: AzureFault<FaultDetail[Code]> } = {
  NameInvalid: {
    ...bad,
    message: ({ name }) => `The request URI contains an invalid name: ${shown(name)}`,
  },
  InvalidInput: {
    ...bad,
    // The first line is the service's, the second ours.
    message: ({ property, reason }) =>
      `Property ${PAGE_MEMBERS[property] ?? property} has invalid value\r\n${capital(reason)}.`,
  },

  ObjectNotFound: {
    status: 404,
    code: ({ kind }) => `${capital(kind)}NotFound`,
    message: ({ kind, name, version }) =>
      `A ${kind} with (name/id) ${version === undefined ? name : `${name}/${shown(version)}`} ` +
      `was not found in this key vault. If you recently deleted this ${kind} you may be able to ` +
      'recover it using the correct recovery command. For help resolving this issue, please see ' +
      'https://go.microsoft.com/fwlink/?linkid=2125182',
  },
  DeletedObjectNotFound: {
    status: 404,
    code: ({ kind }) => `${capital(kind)}NotFound`,
    message: ({ kind, name }) => `Deleted ${capital(kind)} not found: ${name}`,
  },
  ObjectDisabled: {
    ...forbidden,
    innerCode: ({ kind }) => `${capital(kind)}Disabled`,
    message: ({ kind, operation }) =>
      `Operation ${operation} is not allowed on a disabled ${kind}.`,
  },
  ObjectInDeletedState: {
    ...conflict,
    innerCode: () => 'ObjectIsDeletedButRecoverable',
    message: ({ kind, name }) =>
      `${capital(kind)} ${name} is currently in a deleted but recoverable state, and its name ` +
      `cannot be reused; in this state, the ${kind} can only be recovered or purged.`,
  },
  ObjectManaged: {
    ...forbidden,
    innerCode: ({ kind }) => `${capital(kind)}ManagedByKeyVault`,
    message: ({ operation }) =>
      `Operation "${operation}" is not allowed as this object's lifetime is managed by Key Vault.`,
  },
  ObjectExists: {
    ...conflict,
    // Ours.
    message: ({ kind, name }) =>
      `${capital(kind)} ${name} already exists in this key vault. Restore the backup into ` +
      `another vault, or delete and purge this ${kind} first.`,
  },
  BackupInvalid: {
    ...bad,
    // Ours.
    message: ({ kind, reason }) =>
      `The backup of the ${kind} cannot be restored: ${reason}. ` +
      'Send the value of a backup made by this server as it was given.',
  },
  PurgeProtected: {
    ...forbidden,
    message: ({ vault, location }) =>
      'Operation "purge" is not allowed because purge protection is enabled for this vault. ' +
      'Key Vault service will automatically purge it after the retention period has passed.\r\n' +
      `Vault: ${vault};location=${location}`,
  },

  AlgorithmUnfit: {
    ...bad,
    // Ours, but for the beginning, which is the service's.
    message: ({ algorithm, key, reason }) =>
      `Key and algorithm are incompatible. ${capital(key)} and algorithm '${shown(algorithm)}': ${reason}.`,
  },
  DigestLengthWrong: {
    ...bad,
    // Ours.
    message: ({ property, algorithm, expectedBytes, actualBytes }) =>
      `Property ${property} has invalid value\r\nAlgorithm ${algorithm} takes a digest of ` +
      `${expectedBytes} octets, not ${actualBytes}; send the digest of the message, not the message.`,
  },
  DecryptionFailed: {
    ...bad,
    // Ours.
    message: ({ algorithm }) =>
      `The value cannot be decrypted or unwrapped with algorithm ${algorithm}. Send it, and the iv, ` +
      'tag and aad where there are any, as they were given, to the version of the key that made it.',
  },
  KeyInvalid: {
    ...bad,
    // Ours.
    message: ({ reason }) => `The key cannot be imported: ${reason}.`,
  },
  KeyOperationForbidden: {
    ...forbidden,
    innerCode: () => 'KeyOperationForbidden',
    message: ({ operation }) => `Operation ${operation} is not permitted on this key.`,
  },
  KeyExportRefused: { ...bad, message: ({ reason }) => EXPORT_REFUSALS[reason] },
  KeyOutsideDates: {
    ...forbidden,
    innerCode: ({ state }) => (state === 'expired' ? 'KeyExpired' : 'KeyNotYetValid'),
    // Ours.
    message: ({ operation, state }) =>
      state === 'expired'
        ? `Operation ${operation} is not allowed on an expired key. Rotate the key, or update its exp.`
        : `Operation ${operation} is not allowed on a key that is not yet valid. Wait, or update its nbf.`,
  },
  ProviderUnavailable: {
    ...unavailable,
    // Ours.
    message: ({ reason }) => `The keys cannot be used now: ${reason}. Try again later.`,
  },

  KeyProtected: {
    ...forbidden,
    // Ours: the protection is set over another wire.
    message: ({ name }) => `The key ${name} is protected from deletion. Take its protection away first.`,
  },
  // Of another wire; this one has no stages.
  SecretStagesExceeded: {
    ...bad,
    message: ({ maximum }) => `A secret has at most ${maximum} stages.`,
  },
  SecretVersionsExceeded: {
    ...bad,
    message: ({ maximum }) => `A secret has at most ${maximum} labelled versions.`,
  },
  SecretStageElsewhere: {
    ...bad,
    message: ({ stage }) => `The stage ${stage} stands at another version.`,
  },
  SecretKindUnfit: {
    ...bad,
    message: ({ kind = 'any text' }) => `This is not for a secret of the kind ${kind}.`,
  },
  SecretNotRotatable: {
    ...bad,
    message: ({ name }) => `The account of the secret ${name} cannot be reached.`,
  },
  KeyAwaitsMaterial: {
    ...forbidden,
    innerCode: () => 'KeyDisabled',
    // Ours: keys without material are made over another wire.
    message: ({ name }) => `The key ${name} has no material yet. Import it first.`,
  },
  KeyNotRotatable: {
    ...forbidden,
    innerCode: () => 'KeyOperationForbidden',
    message: ({ name, reason }) => `The key ${name} cannot be rotated: ${reason}.`,
  },
  KeyNotExternal: {
    ...bad,
    message: ({ name }) => `The key ${name} was not made to have its material imported.`,
  },
  ImportTokenInvalid: {
    ...bad,
    message: () => 'The import token is not one of this key, or has expired.',
  },
  AliasExists: {
    status: 409,
    code: 'Conflict',
    message: ({ alias }) => `There is a key with the alias ${alias} already.`,
  },
  AliasNotFound: {
    status: 404,
    code: 'KeyNotFound',
    message: ({ alias }) => `No key has the alias ${alias}.`,
  },
  NameTaken: {
    ...conflict,
    // Ours.
    message: ({ kind, name }) =>
      kind === 'certificate'
        ? `There is a certificate ${name} already, and an authority made here needs that name. Name ` +
          'the certificate that shall issue in credentials.account_id, or choose another issuer-name.'
        : `There is a ${kind} ${name} that belongs to no certificate, and a certificate needs that ` +
          `name for a ${kind} of its own. Choose another name, or delete and purge this ${kind} first.`,
  },
  CertificateUnreadable: {
    ...bad,
    // The first line is the service's, the second ours.
    message: ({ format, reason }) => `${UNREADABLE[format]}\r\n${capital(reason)}.`,
  },
  CertificateUnfit: {
    ...bad,
    // Ours.
    message: ({ reason }) => `The certificate cannot be taken: ${reason}.`,
  },
  PendingCertificateNotFound: {
    status: 404,
    code: 'PendingCertificateNotFound',
    message: ({ name }) => `Pending certificate not found: ${name}`,
  },
  PendingCertificateInProgress: {
    status: 409,
    code: 'Forbidden',
    message: () =>
      'A new key vault certificate can not be created or imported while a pending key vault ' +
      "certificate's status is inProgress.",
  },
  PendingCertificateOver: {
    ...bad,
    // Ours.
    message: ({ name, status }) =>
      `The pending certificate ${name} is ${status}, not inProgress, so nothing more can be done ` +
      'with it. Create the certificate again.',
  },
  MergeForbidden: {
    ...forbidden,
    message: ({ issuer }) =>
      `Merge is forbidden on pending object created with issuer : ${issuer} while it is in progess.`,
  },
  CertificateIssuerNotFound: {
    status: 404,
    code: 'CertificateIssuerNotFound',
    message: () => 'Issuer not found',
  },
  IssuerRefused: {
    ...bad,
    // Ours: where the service asks an issuer at once, it is in the pending operation.
    message: ({ reason }) => `The issuer cannot issue the certificate: ${reason}.`,
  },
  CertificateContactsNotFound: {
    status: 404,
    code: 'ContactsNotFound',
    message: () => 'Contacts not found',
  },

  VaultNotFound: {
    status: 404,
    code: 'VaultNotFound',
    // Ours. In the cloud the name of an unknown vault does not resolve.
    message: ({ name }) =>
      `Vault not found: ${name}. Correct the vault name in the host of the URL.`,
  },
  VaultExists: {
    status: 409,
    code: 'VaultAlreadyExists',
    // Ours.
    message: ({ name }) => `The vault name '${name}' is already in use. Choose another name.`,
  },
  // The three that follow concern the resource manager; its door says them in full.
  VaultElsewhere: {
    status: 409,
    code: 'Conflict',
    message: ({ name, location }) => `The vault '${name}' is in '${location}' and stays there.`,
  },
  DiagnosticSettingNotFound: {
    status: 404,
    code: 'ResourceNotFound',
    message: ({ name, resource }) =>
      `The diagnostic setting '${name}' of '${resource}' was not found.`,
  },
  DiagnosticSinkTaken: {
    status: 409,
    code: 'Conflict',
    message: ({ sink, setting, category }) =>
      `Data sink '${sink}' is already used in diagnostic setting '${setting}' for '${category}'.`,
  },
  ResourceGroupNotFound: {
    status: 404,
    code: 'ResourceGroupNotFound',
    message: ({ name }) => `Resource group '${name}' could not be found.`,
  },
  ResourceGroupElsewhere: {
    status: 409,
    code: 'Conflict',
    message: ({ name, location }) =>
      `The resource group '${name}' is in '${location}' and stays there.`,
  },
  TenantNotFound: {
    status: 404,
    code: 'TenantNotFound',
    // Ours.
    message: ({ tenant }) => `Tenant not found: ${tenant}. Correct the tenant's id.`,
  },

  AccessDenied: { ...forbidden, innerCode: denialCode, message: denialMessage },
  SignInFailed: {
    status: 401,
    code: 'Unauthorized',
    // Ours. The exact reason is the audit's alone.
    message: () => 'The sign-in failed. Correct the credential and sign in again.',
  },
  TokenMissing: {
    status: 401,
    code: 'Unauthorized',
    message: () => 'AKV10000: Request is missing a Bearer or PoP token.',
  },
  TokenInvalid: { status: 401, code: 'Unauthorized', message: tokenMessage },
  TooManyRequests: {
    status: 429,
    code: 'Throttled',
    message: () =>
      'Request was not processed because too many requests were received. ' +
      'Reason: VaultRequestTypeLimitReached',
    retryAfterSeconds: ({ retryAfterSeconds }) => retryAfterSeconds,
  },
  RequestReplayed: {
    ...bad,
    // Ours. No request of this wire carries anything that can be used once alone.
    message: () => 'The request was answered before. Sign it anew and send it again.',
  },

  DirectoryObjectNotFound: {
    status: 404,
    code: 'ResourceNotFound',
    // Ours.
    message: ({ type, id }) => `There is no ${type} ${id} in the directory. Correct the id.`,
  },
  DirectoryObjectExists: {
    ...conflict,
    // Ours.
    message: ({ type, id }) =>
      `There is already a ${type} ${id} in the directory. Choose another id.`,
  },
  // Of the control plane.
  AccessRuleBroken: { ...bad, message: brokenAccessRuleText },
  DirectoryObjectInUse: {
    ...conflict,
    // Ours.
    message: ({ type, id, usedBy }) =>
      `The ${type} ${id} is in use by ${usedBy}. Delete that first, or let it go without.`,
  },

  Conflict: {
    ...conflict,
    // Ours.
    message: () =>
      'Other requests changed the same object at the same time. Send the request again.',
  },
  StoreUnavailable: {
    ...unavailable,
    // Ours. What is wrong with a store is the operator's to know: log and health say it.
    message: () => 'The vault cannot reach its store at the moment. Send the request again later.',
  },
  AuditUnavailable: {
    ...unavailable,
    // Ours.
    message: () =>
      'The request was not answered because its audit entry could not be written. ' +
      'Send the request again later.',
  },
  RecordCorrupt: {
    status: 503,
    code: 'RecordCorrupt',
    // Ours.
    message: ({ record }) =>
      `What is stored of ${objectOfRecord(record)} is damaged and is not served. ` +
      'Ask the operator to restore it from a backup.',
  },
  UnsealFailed: {
    ...unavailable,
    // Ours.
    message: () => 'The vault is sealed. Send the request again when its operator has unsealed it.',
  },
}

const EXPORT_REFUSALS: Readonly<Record<FaultDetail['KeyExportRefused']['reason'], string>> = {
  policyMissing: 'AKV.SKR.1004: Exportable keys must have release policy.',
  notExportable: 'AKV.SKR.1005: Non-exportable keys must not have release policy.',
  notOffered:
    'AKV.SKR.1001: The exportable attribute is only supported with premium vaults and ' +
    "API version >= '7.3-preview'.",
  // Ours.
  unchangeable:
    'AKV.SKR.1003: The exportable attribute of an existing key cannot be changed. Leave it out.',
}

const UNREADABLE: Readonly<Record<FaultDetail['CertificateUnreadable']['format'], string>> = {
  pem:
    'The specified PEM X.509 certificate content is in an unexpected format. ' +
    'Please check if certificate is in valid PEM format.',
  pkcs12:
    'The specified PKCS#12 X.509 certificate content can not be read. ' +
    'Please check if certificate is in valid PKCS#12 format.',
  x5c: 'Property x5c has invalid value.',
}

/** `secret-version/name/version` of `tenant/v/vault/…`: ids of tenants and vaults stay inside. */
function objectOfRecord(record: string): string {
  return /^[^/]+\/v\/[^/]+\/(.+)$/.exec(record)?.[1] ?? 'the vault or its directory'
}

function shown(name: string): string {
  return shorten(name, LONGEST_NAME)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
