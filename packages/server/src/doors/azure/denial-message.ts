import type { FaultDetail } from '@claviger/vault'

type AccessDenial = FaultDetail['AccessDenied']

const INNER_CODES = {
  rbac: 'ForbiddenByRbac',
  policy: 'ForbiddenByPolicy',
  noPolicy: 'AccessDenied',
  firewall: 'ForbiddenByFirewall',
  publicAccess: 'ForbiddenByConnection',
} as const satisfies Record<AccessDenial['model'], string>

/** What denied, in the service's words. */
export function denialCode({ model }: AccessDenial): string {
  return INNER_CODES[model]
}

const MESSAGES: Readonly<Record<AccessDenial['model'], (denial: AccessDenial) => string>> = {
  rbac: (denial) =>
    lines(
      'Caller is not authorized to perform action on resource.',
      'If role assignments, deny assignments or role definitions were changed recently, ' +
        'please observe propagation time.',
      `Caller: ${callerOf(denial)}`,
      `Action: '${denial.action}'`,
      `Resource: '${denial.resource}'`,
      'Assignment: (not found)',
      'DenyAssignmentId: null',
      'DecisionReason: null ', // the space is the service's
      vaultOf(denial),
      '',
    ),
  policy: (denial) =>
    `The user, group or application '${callerOf(denial)}' does not have ${denial.permission} ` +
    `permission on key vault '${denial.vault};location=${denial.location}'. ` +
    'For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287',
  noPolicy: (denial) =>
    lines(
      'Access denied. Caller was not found on any access policy.',
      `Caller: ${callerOf(denial)}`,
      vaultOf(denial),
    ),
  firewall: (denial) =>
    lines(
      'Client address is not authorized and caller is not a trusted service.',
      `Client address: ${denial.clientAddress}`,
      `Caller: ${callerOf(denial)}`,
      vaultOf(denial),
    ),
  publicAccess: (denial) =>
    lines(
      'Public network access is disabled and request is not from a trusted service nor via an ' +
        'approved private link.',
      `Caller: ${callerOf(denial)}`,
      vaultOf(denial),
    ),
}

/** The service's text, which names the caller and the action or permission that is missing. */
export function denialMessage(denial: AccessDenial): string {
  return MESSAGES[denial.model](denial)
}

function callerOf({ caller }: AccessDenial): string {
  const { appId, principal, tenant, groups } = caller
  return [
    ...(appId === undefined ? [] : [`appid=${appId}`]),
    `oid=${principal}`,
    ...(groups === 0 ? [] : [`numgroups=${groups}`]),
    `iss=https://sts.windows.net/${tenant}/`,
  ].join(';')
}

function vaultOf({ vault, location }: AccessDenial): string {
  return `Vault: ${vault};location=${location}`
}

function lines(...texts: readonly string[]): string {
  return texts.join('\r\n')
}
