/**
 * Every permission an operation can ask for: its full action name (Microsoft.KeyVault provider
 * operations; docs/reference/permissions.md is made from here) and, for the data plane, the
 * access-policy permission that also grants it.
 */
export interface Permission {
  /** `data` is decided by the vault's own model, `control` by role assignments always. */
  readonly plane: 'data' | 'control'
  readonly action: string
  /** Access-policy class and name, such as `secrets get`. */
  readonly policy?: { readonly class: PolicyClass; readonly name: string; readonly orName?: string }
  /** Concerns all tenants of the server, so only principals of the default tenant can have it. */
  readonly serverWide?: true
  /** Concerns the caller alone, so whoever has signed in may do it. */
  readonly ofCaller?: true
  /** Concerns the policy of an object, which does not say who may change it. */
  readonly ofObjectPolicy?: true
}

export type PolicyClass = 'keys' | 'secrets' | 'certificates' | 'storage'

const VAULTS = 'Microsoft.KeyVault/vaults'

function secret(action: string, name: string): Permission {
  const policy = { class: 'secrets', name } as const
  return { plane: 'data', action: `${VAULTS}/secrets/${action}`, policy }
}

/** With access policies it takes all permissions of the class: it can give any of them away. */
function secretPolicy(action: 'read' | 'write'): Permission {
  const policy = { class: 'secrets', name: 'all' } as const
  return { plane: 'data', action: `${VAULTS}/secretPolicies/${action}`, policy, ofObjectPolicy: true }
}

function keyPolicy(action: 'read' | 'write'): Permission {
  return { ...key(`keyPolicies/${action}`, 'all'), ofObjectPolicy: true }
}

function key(action: string, name: string): Permission {
  const policy = { class: 'keys', name } as const
  return { plane: 'data', action: `${VAULTS}/${action}`, policy }
}

function certificate(action: string, name: string, orName?: string): Permission {
  const policy = { class: 'certificates', name, ...(orName === undefined ? {} : { orName }) } as const
  return { plane: 'data', action: `${VAULTS}/${action}`, policy }
}

function server(action: string): Permission {
  return { plane: 'control', action: `Claviger.Server/${action}`, serverWide: true }
}

function control(action: string): Permission {
  return { plane: 'control', action }
}

export const PERMISSIONS = {
  'secrets/set': secret('setSecret/action', 'set'),
  'secrets/update': secret('update/action', 'set'),
  'secrets/get': secret('getSecret/action', 'get'),
  'secrets/list': secret('readMetadata/action', 'list'),
  'secrets/getDeleted': secret('readMetadata/action', 'get'),
  'secrets/delete': secret('delete', 'delete'),
  'secrets/backup': secret('backup/action', 'backup'),
  'secrets/restore': secret('restore/action', 'restore'),
  'secrets/recover': secret('recover/action', 'recover'),
  'secrets/purge': secret('purge/action', 'purge'),
  // Ours. Outside of `secrets/` and `keys/`, because roles that grant all of these give no rights away.
  'secrets/getPolicy': secretPolicy('read'),
  'secrets/setPolicy': secretPolicy('write'),

  'keys/create': key('keys/create/action', 'create'),
  'keys/import': key('keys/import/action', 'import'),
  'keys/get': key('keys/read', 'get'),
  'keys/list': key('keys/read', 'list'),
  'keys/getDeleted': key('keys/read', 'get'),
  'keys/update': key('keys/update/action', 'update'),
  'keys/delete': key('keys/delete', 'delete'),
  'keys/backup': key('keys/backup/action', 'backup'),
  'keys/restore': key('keys/restore/action', 'restore'),
  'keys/recover': key('keys/recover/action', 'recover'),
  'keys/purge': key('keys/purge/action', 'purge'),
  'keys/rotate': key('keys/rotate/action', 'rotate'),
  'keys/getRotationPolicy': key('keyrotationpolicies/read', 'getrotationpolicy'),
  'keys/setRotationPolicy': key('keyrotationpolicies/write', 'setrotationpolicy'),
  'keys/getPolicy': keyPolicy('read'),
  'keys/setPolicy': keyPolicy('write'),
  'keys/sign': key('keys/sign/action', 'sign'),
  'keys/verify': key('keys/verify/action', 'verify'),
  'keys/encrypt': key('keys/encrypt/action', 'encrypt'),
  'keys/decrypt': key('keys/decrypt/action', 'decrypt'),
  'keys/wrapKey': key('keys/wrap/action', 'wrapKey'),
  'keys/unwrapKey': key('keys/unwrap/action', 'unwrapKey'),

  'certificates/create': certificate('certificates/create/action', 'create'),
  'certificates/import': certificate('certificates/import/action', 'import'),
  'certificates/get': certificate('certificates/read', 'get'),
  'certificates/list': certificate('certificates/read', 'list'),
  'certificates/getDeleted': certificate('certificates/read', 'get'),
  'certificates/update': certificate('certificates/update/action', 'update'),
  'certificates/delete': certificate('certificates/delete', 'delete'),
  'certificates/backup': certificate('certificates/backup/action', 'backup'),
  'certificates/restore': certificate('certificates/restore/action', 'restore'),
  'certificates/recover': certificate('certificates/recover/action', 'recover'),
  'certificates/purge': certificate('certificates/purge/action', 'purge'),
  'certificates/manageContacts': certificate('certificatecontacts/write', 'managecontacts'),
  'certificates/getIssuers': certificate('certificatecas/read', 'getissuers', 'manageissuers'),
  'certificates/listIssuers': certificate('certificatecas/read', 'listissuers', 'manageissuers'),
  'certificates/setIssuers': certificate('certificatecas/write', 'setissuers', 'manageissuers'),
  'certificates/deleteIssuers': certificate(
    'certificatecas/delete',
    'deleteissuers',
    'manageissuers',
  ),

  'vaults/read': control(`${VAULTS}/read`),
  'vaults/write': control(`${VAULTS}/write`),
  'vaults/delete': control(`${VAULTS}/delete`),
  'vaults/checkName': control('Microsoft.KeyVault/checkNameAvailability/read'),
  'vaults/listDeleted': control('Microsoft.KeyVault/deletedVaults/read'),
  'vaults/getDeleted': control('Microsoft.KeyVault/locations/deletedVaults/read'),
  'vaults/purge': control('Microsoft.KeyVault/locations/deletedVaults/purge/action'),
  'vaults/readResults': control('Microsoft.KeyVault/locations/operationResults/read'),
  'vaults/setAccessPolicy': control(`${VAULTS}/accessPolicies/write`),
  // Of the resource manager, which shows no value; not to be mistaken for data actions of these names.
  'vaultKeys/read': control(`${VAULTS}/keys/read`),
  'vaultKeys/write': control(`${VAULTS}/keys/write`),
  'vaultKeys/listVersions': control(`${VAULTS}/keys/versions/read`),
  'vaultSecrets/read': control(`${VAULTS}/secrets/read`),
  'vaultSecrets/write': control(`${VAULTS}/secrets/write`),
  'diagnostics/read': control('Microsoft.Insights/diagnosticSettings/read'),
  'diagnostics/write': control('Microsoft.Insights/diagnosticSettings/write'),
  'diagnostics/delete': control('Microsoft.Insights/diagnosticSettings/delete'),
  'resourceGroups/read': control('Microsoft.Resources/subscriptions/resourceGroups/read'),
  'resourceGroups/write': control('Microsoft.Resources/subscriptions/resourceGroups/write'),
  'resourceGroups/delete': control('Microsoft.Resources/subscriptions/resourceGroups/delete'),
  'roleAssignments/read': control('Microsoft.Authorization/roleAssignments/read'),
  'roleAssignments/write': control('Microsoft.Authorization/roleAssignments/write'),
  'roleAssignments/delete': control('Microsoft.Authorization/roleAssignments/delete'),
  'roleDefinitions/read': control('Microsoft.Authorization/roleDefinitions/read'),
  'roleDefinitions/write': control('Microsoft.Authorization/roleDefinitions/write'),
  'roleDefinitions/delete': control('Microsoft.Authorization/roleDefinitions/delete'),
  'directory/read': control('Microsoft.Directory/allEntities/read'),
  'directory/write': control('Microsoft.Directory/allEntities/write'),
  'self/read': { ...control('Claviger.Directory/self/read'), ofCaller: true },
  'self/write': { ...control('Claviger.Directory/self/write'), ofCaller: true },
  'sessions/create': control('Claviger.Directory/sessionRoles/assume/action'),
  'accessPoints/read': control('Claviger.Directory/accessPoints/read'),
  'accessPoints/write': control('Claviger.Directory/accessPoints/write'),
  'tenants/read': server('tenants/read'),
  'tenants/write': server('tenants/write'),
  'audit/read': server('audit/read'),
  'audit/prune': server('audit/delete'),
  'seal/write': server('seal/write'),
  'issuerKeys/write': server('issuerKeys/write'),
  'maintenance/run': server('maintenance/action'),
} as const satisfies Record<string, Permission>

export type PermissionName = keyof typeof PERMISSIONS

/** Every access-policy permission name there is, by class; `all` means each of its class. */
export const POLICY_PERMISSIONS: Readonly<Record<PolicyClass, readonly string[]>> = {
  keys: [
    'all', 'encrypt', 'decrypt', 'wrapKey', 'unwrapKey', 'sign', 'verify', 'get', 'list', 'create',
    'update', 'import', 'delete', 'backup', 'restore', 'recover', 'purge', 'release', 'rotate',
    'getrotationpolicy', 'setrotationpolicy',
  ],
  secrets: ['all', 'get', 'list', 'set', 'delete', 'backup', 'restore', 'recover', 'purge'],
  certificates: [
    'all', 'get', 'list', 'delete', 'create', 'import', 'update', 'managecontacts', 'getissuers',
    'listissuers', 'setissuers', 'deleteissuers', 'manageissuers', 'recover', 'purge', 'backup',
    'restore',
  ],
  storage: [
    'all', 'get', 'list', 'delete', 'set', 'update', 'regeneratekey', 'recover', 'purge', 'backup',
    'restore', 'setsas', 'listsas', 'getsas', 'deletesas',
  ],
}
