import { brokenAccessRuleText, type FaultCode, type FaultDetail } from '@claviger/vault'

/** How a fault looks where a wire has no words of its own: a status, and what to change. */
export interface PlainFault<Detail> {
  readonly status: number
  message(detail: Detail): string
}

/** Every fault there is, in plain words; the code to go with them is the fault's own. */
export const plainFaults: { readonly [Code in FaultCode]: PlainFault<FaultDetail[Code]> } = {
  NameInvalid: {
    status: 400,
    message: (
      { name },
    ) => `${quote(name)} is not a name: use 1 to 127 letters, digits and hyphens.`,
  },
  InvalidInput: {
    status: 400,
    message: ({ property, reason }) => `${property} is not right: ${reason}.`,
  },

  ObjectNotFound: {
    status: 404,
    message: ({ kind, name }) => `There is no ${kind} ${quote(name)} in this vault.`,
  },
  DeletedObjectNotFound: {
    status: 404,
    message: ({ kind, name }) => `There is no deleted ${kind} ${quote(name)} in this vault.`,
  },
  ObjectDisabled: {
    status: 403,
    message: ({ kind, operation }) => `The ${kind} is disabled, so ${operation} is not allowed.`,
  },
  ObjectInDeletedState: {
    status: 409,
    message: (
      { kind, name },
    ) => `The ${kind} ${quote(name)} is deleted; recover or purge it first.`,
  },
  ObjectManaged: {
    status: 403,
    message: ({ kind, operation }) =>
      `The ${kind} belongs to a certificate, so ${operation} is not allowed on it alone.`,
  },
  ObjectExists: {
    status: 409,
    message: ({ kind, name }) => `There is a ${kind} ${quote(name)} already.`,
  },
  AlgorithmUnfit: {
    status: 400,
    message: ({ algorithm, key, reason }) =>
      `The algorithm ${quote(algorithm)} does not fit ${key}: ${reason}.`,
  },
  DigestLengthWrong: {
    status: 400,
    message: ({ algorithm, expectedBytes, actualBytes }) =>
      `${algorithm} takes a digest of ${expectedBytes} octets, not ${actualBytes}.`,
  },
  DecryptionFailed: {
    status: 400,
    message: ({ algorithm }) => `The value cannot be decrypted with ${algorithm}.`,
  },
  KeyInvalid: { status: 400, message: ({ reason }) => `The key cannot be imported: ${reason}.` },
  KeyOperationForbidden: {
    status: 403,
    message: ({ operation }) => `The key does not permit ${operation}; see its key operations.`,
  },
  KeyExportRefused: {
    status: 400,
    message: () => 'Keys cannot be made exportable here.',
  },
  KeyOutsideDates: {
    status: 403,
    message: ({ operation, state }) =>
      `The key is ${state === 'expired' ? 'expired' : 'not yet valid'}, so it does not ${operation}.`,
  },
  KeyProtected: {
    status: 409,
    message: ({ name }) => `The key ${quote(name)} is protected from deletion; take that away first.`,
  },
  SecretStagesExceeded: {
    status: 400,
    message: ({ maximum }) => `A secret has at most ${maximum} stages.`,
  },
  SecretVersionsExceeded: {
    status: 400,
    message: ({ maximum }) => `A secret has at most ${maximum} labelled versions.`,
  },
  SecretStageElsewhere: {
    status: 400,
    message: ({ stage }) => `The stage ${quote(stage)} stands at another version.`,
  },
  SecretKindUnfit: {
    status: 400,
    message: ({ kind = 'any text' }) => `This is not for a secret of the kind ${quote(kind)}.`,
  },
  SecretNotRotatable: {
    status: 400,
    message: ({ name }) => `The account of the secret ${quote(name)} cannot be reached.`,
  },
  KeyAwaitsMaterial: {
    status: 409,
    message: ({ name }) => `The key ${quote(name)} has no material yet; import it first.`,
  },
  KeyNotRotatable: {
    status: 409,
    message: ({ name, reason }) => `The key ${quote(name)} cannot be rotated: ${reason}.`,
  },
  KeyNotExternal: {
    status: 400,
    message: ({ name }) => `The key ${quote(name)} was not made to have its material imported.`,
  },
  ImportTokenInvalid: {
    status: 400,
    message: () => 'The import token is not one of this key, or has expired.',
  },
  AliasExists: {
    status: 409,
    message: ({ alias }) => `There is a key with the alias ${quote(alias)} already.`,
  },
  AliasNotFound: { status: 404, message: ({ alias }) => `No key has the alias ${quote(alias)}.` },
  NameTaken: {
    status: 409,
    message: ({ kind, name }) =>
      kind === 'certificate'
        ? `There is a certificate ${quote(name)} already; name the issuer otherwise, or name its CA.`
        : `There is a ${kind} ${quote(name)} that belongs to no certificate; choose another name.`,
  },
  CertificateUnreadable: {
    status: 400,
    message: ({ reason }) => `The certificate cannot be read: ${reason}.`,
  },
  CertificateUnfit: {
    status: 400,
    message: ({ reason }) => `The certificate cannot be taken: ${reason}.`,
  },
  PendingCertificateNotFound: {
    status: 404,
    message: ({ name }) => `The certificate ${quote(name)} has no pending operation.`,
  },
  PendingCertificateInProgress: {
    status: 409,
    message: ({ name }) => `The certificate ${quote(name)} is being made; complete or delete that first.`,
  },
  PendingCertificateOver: {
    status: 400,
    message: ({ name, status }) =>
      `The pending operation of ${quote(name)} is ${status}; create the certificate again.`,
  },
  MergeForbidden: {
    status: 403,
    message: ({ issuer }) => `The issuer ${quote(issuer)} completes its certificates itself.`,
  },
  CertificateIssuerNotFound: {
    status: 404,
    message: ({ name }) => `There is no certificate issuer ${quote(name)} in this vault.`,
  },
  IssuerRefused: {
    status: 409,
    message: ({ reason }) => `The issuer cannot issue the certificate: ${reason}.`,
  },
  CertificateContactsNotFound: {
    status: 404,
    message: () => 'The vault has no certificate contacts.',
  },
  ProviderUnavailable: { status: 503, message: ({ reason }) => `The keys cannot be used now: ${reason}.` },
  BackupInvalid: {
    status: 400,
    message: (
      { kind, reason },
    ) => `This is not a backup of a ${kind} that can be restored: ${reason}.`,
  },
  PurgeProtected: {
    status: 403,
    message: ({ vault }) =>
      `The vault ${quote(vault)} has purge protection: it goes by itself after its retention.`,
  },

  VaultNotFound: {
    status: 404,
    message: ({ name }) =>
      `There is no vault ${quote(name)} in the state that this needs; vault list shows all.`,
  },
  VaultExists: {
    status: 409,
    message: ({ name }) =>
      `The name ${quote(name)} is taken, perhaps by a deleted vault; take another or purge it.`,
  },
  VaultElsewhere: {
    status: 409,
    message: ({ name, location, resourceGroup, wanted }) =>
      `The vault ${quote(name)} is in ${quote(location)}, in the group ${quote(resourceGroup)}, and ` +
      `cannot be moved to ${quote(wanted)}.`,
  },
  DiagnosticSettingNotFound: {
    status: 404,
    message: ({ name, resource }) =>
      `There is no diagnostic setting ${quote(name)} of ${quote(resource)}.`,
  },
  DiagnosticSinkTaken: {
    status: 409,
    message: ({ sink, setting, category }) =>
      `${quote(sink)} gets ${category} by the diagnostic setting ${quote(setting)} already; name ` +
      'another one, or change that setting.',
  },
  ResourceGroupNotFound: {
    status: 404,
    message: ({ name }) => `There is no resource group ${quote(name)}; make it, or name another.`,
  },
  ResourceGroupElsewhere: {
    status: 409,
    message: ({ name, location, wanted }) =>
      `The resource group ${quote(name)} is in ${quote(location)} and cannot be moved to ` +
      `${quote(wanted)}.`,
  },
  TenantNotFound: {
    status: 404,
    message: ({ tenant }) => `There is no tenant ${quote(tenant)} on this server.`,
  },

  AccessDenied: {
    status: 403,
    message: ({ action, resource }) =>
      `The administrator application is not allowed ${action} on ${resource}; ` +
      'give it a role that has this action.',
  },
  SignInFailed: {
    status: 401,
    message: () => 'The sign-in failed.',
  },
  TokenMissing: {
    status: 401,
    message: () => 'A token is missing.',
  },
  TokenInvalid: {
    status: 401,
    message: ({ reason }) => `The token is not accepted (${reason}).`,
  },
  TooManyRequests: {
    status: 429,
    message: (
      { retryAfterSeconds },
    ) => `Too many requests; try again in ${retryAfterSeconds} seconds.`,
  },
  RequestReplayed: {
    status: 400,
    message: () => 'The request was answered before; send a new one.',
  },

  DirectoryObjectNotFound: {
    status: 404,
    message: ({ type, id }) => `There is no ${type} ${quote(id)} in the tenant.`,
  },
  DirectoryObjectExists: {
    status: 409,
    message: ({ type, id }) => `There is this ${type} already: ${quote(id)}.`,
  },
  AccessRuleBroken: { status: 400, message: brokenAccessRuleText },
  DirectoryObjectInUse: {
    status: 409,
    message: ({ type, id, usedBy }) =>
      `The ${type} ${quote(id)} is in use by ${quote(usedBy)}; delete that first.`,
  },

  Conflict: {
    status: 409,
    message: () => 'Others change the same thing all the time; try again.',
  },
  StoreUnavailable: {
    status: 503,
    message: ({ reason }) => `The store cannot be used: ${reason}. Nothing was changed.`,
  },
  AuditUnavailable: {
    status: 503,
    message: (
      { reason },
    ) => `The audit entry could not be written, so there is no answer: ${reason}.`,
  },
  RecordCorrupt: {
    status: 503,
    message: ({ record, reason }) =>
      `The record ${record} was damaged or tampered with: ${reason}. Restore it from a backup.`,
  },
  UnsealFailed: {
    status: 503,
    message: ({ reason }) => `The server is sealed: ${reason}.`,
  },
}

/**
 * What somebody typed, cut and with control characters escaped, so that it cannot play a terminal.
 */
function quote(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text)
}
