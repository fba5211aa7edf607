import type { FaultCode, FaultDetail } from '@claviger/vault'
import { plainFaults } from '../../plain-faults.ts'
import { shorten } from '../../rest/shorten.ts'
import { AUTHORIZATION_FAULTS } from './authorization-faults.ts'

/** How a fault looks on this wire. */
export interface ArmFault<Detail> {
  readonly status: number | ((detail: Detail) => number)
  readonly code: string | ((detail: Detail) => string)
  readonly message: (detail: Detail) => string
  readonly retryAfterSeconds?: (detail: Detail) => number
}

export type ArmFaults = { readonly [Code in FaultCode]?: ArmFault<FaultDetail[Code]> }

/** Where this wire has words of its own; the rest is said as `plainFaults` says it. */
const OWN: ArmFaults = {
  ...AUTHORIZATION_FAULTS,
  InvalidInput: {
    status: 400,
    code: 'BadRequest',
    message: ({ property, reason, immutable }) =>
      immutable === true
        ? `The property "${property}" has been set already and it can't be modified.`
        : `The property ${property} is not right: ${reason}.`,
  },
  AccessDenied: {
    status: 403,
    code: ({ changesModel }) =>
      changesModel === true ? 'InsufficientPermissions' : 'AuthorizationFailed',
    message: ({ caller, action, resource, changesModel }) =>
      changesModel === true
        ? 'Caller is not allowed to change permission model. For more information on how to change ' +
          'the permissions model follow this link: https://go.microsoft.com/fwlink/?linkid=2155160. ' +
          `Details: oid=${caller.principal}; action=${action}; resource=${resource}; ` +
          'decision=NotAllowed;'
        : `The client '${caller.appId ?? caller.principal}' with object id '${caller.principal}' does ` +
          `not have authorization to perform action '${action}' over scope '${resource}' or the scope ` +
          'is invalid. If access was recently granted, please refresh your credentials.',
  },
  TokenMissing: {
    status: 401,
    code: 'AuthenticationFailed',
    message: () => "Authentication failed. The 'Authorization' header is missing.",
  },
  TokenInvalid: {
    status: 401,
    code: ({ reason }) => TOKEN_CODES[reason] ?? 'InvalidAuthenticationToken',
    message: ({ reason, expected = '', found = '' }) =>
      reason === 'AudienceWrong'
        ? 'The access token has been obtained for wrong audience or resource ' +
          `'${found}'. It should match one of the allowed audiences '${expected}'.`
        : reason === 'Expired'
          ? 'The access token expiry is earlier than the current time. Request a new access token.'
          : `The access token is invalid (${reason}). Request a new access token.`,
  },
  TooManyRequests: {
    status: 429,
    code: 'TooManyRequests',
    message: ({ retryAfterSeconds }) =>
      `The request is being throttled. Try again in ${retryAfterSeconds} seconds.`,
    retryAfterSeconds: ({ retryAfterSeconds }) => retryAfterSeconds,
  },
  VaultNotFound: {
    status: 404,
    code: 'ResourceNotFound',
    message: ({ name }) =>
      `The Resource 'Microsoft.KeyVault/vaults/${name}' was not found. ` +
      'For more details please go to https://aka.ms/ARMResourceNotFoundFix',
  },
  VaultExists: {
    status: 409,
    code: ({ deleted }) => (deleted === true ? 'ConflictError' : 'VaultAlreadyExists'),
    message: ({ name, deleted }) =>
      deleted === true
        ? 'A vault with the same name already exists in deleted state. You need to either recover or ' +
          'purge existing key vault. Follow this link for more information on soft delete: ' +
          'https://go.microsoft.com/fwlink/?linkid=2149745'
        : `The vault name '${name}' is already in use. Vault names are globally unique so it is ` +
          'possible that the name is already taken. If you are sure that the vault name was not ' +
          'taken then it is possible that a vault with the same name was recently deleted but not ' +
          'purged after being placed in a recoverable state. If the vault is in a recoverable state ' +
          'then the vault will need to be purged before reusing the name. For more information on ' +
          'VaultAlreadyExists error, see https://go.microsoft.com/fwlink/?linkid=2147740',
  },
  VaultElsewhere: {
    status: 409,
    code: 'InvalidResourceLocation',
    message: ({ name, resourceGroup, location, wanted }) =>
      `The resource '${name}' already exists in location '${location}' in resource group ` +
      `'${resourceGroup}'. A resource with the same name cannot be created in location '${wanted}'. ` +
      'Please select a new resource name.',
  },
  PurgeProtected: {
    status: 405,
    code: 'MethodNotAllowed',
    message: () => "Operation 'DeletedVaultPurge' is not allowed.",
  },
  DiagnosticSettingNotFound: {
    status: 404,
    code: 'ResourceNotFound',
    message: ({ name, resource }) =>
      `The Resource '${resource}/providers/Microsoft.Insights/diagnosticSettings/` +
      `${shorten(name, 64)}' was not found.`,
  },
  DiagnosticSinkTaken: {
    status: 409,
    code: 'Conflict',
    message: ({ sink, setting, category }) =>
      `Data sink '${sink}' is already used in diagnostic setting '${setting}' for category ` +
      `'${category}'. Data sinks can't be reused in different settings on the same category for the ` +
      'same resource.',
  },
  ResourceGroupNotFound: {
    status: 404,
    code: 'ResourceGroupNotFound',
    message: ({ name }) => `Resource group '${name}' could not be found.`,
  },
  ResourceGroupElsewhere: {
    status: 409,
    code: 'InvalidResourceGroupLocation',
    message: ({ location, wanted }) =>
      `Invalid resource group location '${wanted}'. The Resource group already exists in location ` +
      `'${location}'.`,
  },
  Conflict: {
    status: 409,
    code: 'ConflictError',
    message: () => 'A conflict occurred that prevented the operation from completing. Try again.',
  },
}

const TOKEN_CODES: Readonly<Record<string, string>> = {
  AudienceWrong: 'InvalidAuthenticationTokenAudience',
  TenantWrong: 'InvalidAuthenticationTokenTenant',
  Expired: 'ExpiredAuthenticationToken',
}

/** The fault as this wire shows it. */
export function armFault<Code extends FaultCode>(code: Code): ArmFault<FaultDetail[Code]> {
  const own = (OWN as { readonly [Any in Code]?: ArmFault<FaultDetail[Code]> })[code]
  if (own !== undefined) return own
  const plain = plainFaults[code]
  const message = (detail: FaultDetail[Code]): string => plain.message(detail)
  const isPassing = plain.status === 503
  return { status: plain.status, code, message, ...(isPassing ? { retryAfterSeconds: () => 1 } : {}) }
}
