import type { RoleDefinition } from './role.ts'

interface BuiltIn {
  readonly name: string
  readonly description: string
  readonly actions?: readonly string[]
  readonly notActions?: readonly string[]
  readonly dataActions?: readonly string[]
  readonly condition?: string
}

/** What roles for data have on the control plane. */
const READ_VAULTS = [
  'Microsoft.Authorization/*/read',
  'Microsoft.Insights/alertRules/*',
  'Microsoft.Resources/deployments/*',
  'Microsoft.Resources/subscriptions/resourceGroups/read',
  'Microsoft.Support/*',
  'Microsoft.KeyVault/checkNameAvailability/read',
  'Microsoft.KeyVault/deletedVaults/read',
  'Microsoft.KeyVault/locations/*/read',
  'Microsoft.KeyVault/vaults/*/read',
  'Microsoft.KeyVault/operations/read',
] as const

const VAULTS = 'Microsoft.KeyVault/vaults'

function keyActions(...actions: readonly string[]): readonly string[] {
  return actions.map((action) => `${VAULTS}/keys/${action}`)
}

/** The built-in roles by their ids (Microsoft's list of built-in roles, group Security). */
const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  '8e3af657-a8ff-443c-a75c-2fe8c4bcb635': {
    name: 'Owner',
    description: 'Manages everything, including who may do what; grants no access to data.',
    actions: ['*'],
  },
  'b24988ac-6180-42a0-ab88-20f7382dd24c': {
    name: 'Contributor',
    description: 'Manages everything but who may do what.',
    actions: ['*'],
    notActions: [
      'Microsoft.Authorization/*/Delete',
      'Microsoft.Authorization/*/Write',
      'Microsoft.Authorization/elevateAccess/Action',
      'Microsoft.Blueprint/blueprintAssignments/write',
      'Microsoft.Blueprint/blueprintAssignments/delete',
      'Microsoft.Compute/galleries/share/action',
      'Microsoft.Purview/consents/write',
      'Microsoft.Purview/consents/delete',
      'Microsoft.Resources/deploymentStacks/manageDenySetting/action',
      'Microsoft.Subscription/cancel/action',
      'Microsoft.Subscription/enable/action',
      // Ours: whoever changes the directory can sign in as anybody, and so do all that anybody may.
      'Claviger.Directory/*',
      'Microsoft.Directory/allEntities/write',
    ],
  },
  '18d7d88d-d35e-4fb5-a5c3-7773c20a72d9': {
    name: 'User Access Administrator',
    description: 'Manages who may do what.',
    actions: ['*/read', 'Microsoft.Authorization/*', 'Microsoft.Support/*'],
  },
  'f58310d9-a9f6-439a-9e8d-f62e7b41a168': {
    name: 'Role Based Access Control Administrator',
    description: 'Gives and takes roles; a condition of its assignment can say which.',
    actions: [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      '*/read',
      'Microsoft.Support/*',
    ],
  },
  'acdd72a7-3385-48ef-bd42-f606fba81ae7': {
    name: 'Reader',
    description: 'Sees everything on the control plane, changes nothing.',
    actions: ['*/read'],
  },
  '00482a5a-887f-4fb3-b363-3b7fe8e74483': {
    name: 'Key Vault Administrator',
    description: 'Does everything with the keys, secrets and certificates of a vault.',
    actions: READ_VAULTS,
    dataActions: [`${VAULTS}/*`],
  },
  '21090545-7ca7-4776-b22c-e363652d74d2': {
    name: 'Key Vault Reader',
    description: 'Reads metadata, no values.',
    actions: READ_VAULTS,
    dataActions: [`${VAULTS}/*/read`, `${VAULTS}/secrets/readMetadata/action`],
  },
  'a4417e6f-fecd-4de8-b567-7b0420556985': {
    name: 'Key Vault Certificates Officer',
    description: 'Does everything with certificates, except managing permissions.',
    actions: READ_VAULTS,
    dataActions: [
      `${VAULTS}/certificatecas/*`,
      `${VAULTS}/certificates/*`,
      `${VAULTS}/certificatecontacts/write`,
    ],
  },
  'db79e9a7-68ee-4b58-9aeb-b90e7c24fcba': {
    name: 'Key Vault Certificate User',
    description: 'Reads a certificate with its secret and key.',
    dataActions: [
      `${VAULTS}/certificates/read`,
      `${VAULTS}/secrets/getSecret/action`,
      `${VAULTS}/secrets/readMetadata/action`,
      `${VAULTS}/keys/read`,
    ],
  },
  '14b46e9e-c2b7-41b4-b07b-48a6ebf60603': {
    name: 'Key Vault Crypto Officer',
    description: 'Does everything with keys, except managing permissions.',
    actions: READ_VAULTS,
    dataActions: [`${VAULTS}/keys/*`, `${VAULTS}/keyrotationpolicies/*`],
  },
  'e147488a-f6f5-4113-8e2d-b22465e65bf6': {
    name: 'Key Vault Crypto Service Encryption User',
    description: 'Reads the metadata of keys, wraps and unwraps with them.',
    actions: [
      'Microsoft.EventGrid/eventSubscriptions/write',
      'Microsoft.EventGrid/eventSubscriptions/read',
      'Microsoft.EventGrid/eventSubscriptions/delete',
    ],
    dataActions: keyActions('read', 'wrap/action', 'unwrap/action'),
  },
  '08bbd89e-9f13-488c-ac41-acfcb10c90ab': {
    name: 'Key Vault Crypto Service Release User',
    description: 'Releases keys.',
    dataActions: keyActions('release/action'),
  },
  '12338af0-0e69-4776-bea7-57ae8d297424': {
    name: 'Key Vault Crypto User',
    description: 'Uses keys for cryptography.',
    dataActions: keyActions(
      'read',
      'update/action',
      'backup/action',
      'encrypt/action',
      'decrypt/action',
      'wrap/action',
      'unwrap/action',
      'sign/action',
      'verify/action',
    ),
  },
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7': {
    name: 'Key Vault Secrets Officer',
    description: 'Does everything with secrets, except managing permissions.',
    actions: READ_VAULTS,
    dataActions: [`${VAULTS}/secrets/*`],
  },
  '4633458b-17de-408a-b874-0445c86b69e6': {
    name: 'Key Vault Secrets User',
    description: 'Reads the values of secrets.',
    dataActions: [`${VAULTS}/secrets/getSecret/action`, `${VAULTS}/secrets/readMetadata/action`],
  },
  'a68e7c17-0ab2-4c09-9a58-125dae29748c': {
    name: 'Key Vault Purge Operator',
    description: 'Purges deleted vaults.',
    actions: [
      'Microsoft.KeyVault/locations/deletedVaults/read',
      'Microsoft.KeyVault/locations/deletedVaults/purge/action',
      'Microsoft.KeyVault/locations/operationResults/read',
    ],
  },
  '8b54135c-b56d-4d72-a534-26097cfdc8d8': {
    name: 'Key Vault Data Access Administrator',
    description: 'Gives and takes eight of the Key Vault data roles.',
    actions: [
      'Microsoft.Authorization/roleAssignments/write',
      'Microsoft.Authorization/roleAssignments/delete',
      'Microsoft.Authorization/*/read',
      'Microsoft.Resources/deployments/*',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
      'Microsoft.Resources/subscriptions/read',
      'Microsoft.Management/managementGroups/read',
      'Microsoft.Support/*',
      'Microsoft.KeyVault/vaults/*/read',
    ],
    condition: onlyAssigning([
      '00482a5a-887f-4fb3-b363-3b7fe8e74483',
      'a4417e6f-fecd-4de8-b567-7b0420556985',
      '14b46e9e-c2b7-41b4-b07b-48a6ebf60603',
      'e147488a-f6f5-4113-8e2d-b22465e65bf6',
      '12338af0-0e69-4776-bea7-57ae8d297424',
      '21090545-7ca7-4776-b22c-e363652d74d2',
      'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
      '4633458b-17de-408a-b874-0445c86b69e6',
    ]),
  },
  'f25e0fa2-a7c8-4377-a976-54943a77a395': {
    name: 'Key Vault Contributor',
    description: 'Manages vaults, not what is in them and not who may use it.',
    actions: [
      'Microsoft.Authorization/*/read',
      'Microsoft.Insights/alertRules/*',
      'Microsoft.KeyVault/*',
      'Microsoft.Resources/deployments/*',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
      'Microsoft.Support/*',
    ],
    notActions: [
      'Microsoft.KeyVault/locations/deletedVaults/purge/action',
      'Microsoft.KeyVault/hsmPools/*',
      'Microsoft.KeyVault/managedHsms/*',
    ],
  },
}

/** The condition under which a role gives and takes these roles alone. */
function onlyAssigning(roles: readonly string[]): string {
  const clause = (verb: string, source: string): string =>
    `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/${verb}'})) OR ` +
    `(@${source}[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ` +
    `ForAnyOfAnyValues:GuidEquals{${roles.join(', ')}}))`
  return `${clause('write', 'Request')} AND ${clause('delete', 'Resource')}`
}

/**
 * Roles for what Azure has in its directory, under the directory's id, and for what the other cloud's
 * wire has and Azure has not, under ids of our own.
 */
const OF_OTHER_WIRES: Readonly<Record<string, BuiltIn>> = {
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b': {
    name: 'Directory Readers',
    description: 'Reads users, groups, applications and who belongs to what; given at /.',
    actions: ['Microsoft.Directory/allEntities/read'],
  },
  '5f0b8a1e-3c64-4d1b-9d0a-7e2f6b9c4a10': {
    name: 'Session Role User',
    description: 'Acts as a session role; given at /sessionRoles/<object id>.',
    actions: ['Claviger.Directory/sessionRoles/assume/action'],
  },
  'b2d7c5f4-91e8-4f0e-8a36-0c4de1a7f352': {
    name: 'Access Point Administrator',
    description:
      'Manages access points, their policies, network rules and client keys; sees the vaults that these open.',
    actions: ['Claviger.Directory/accessPoints/*', 'Microsoft.KeyVault/vaults/read'],
  },
  'c86a3e0d-4b17-4c58-a2f9-5d91e7083bb6': {
    name: 'Access Point Key User',
    description: 'Uses keys for cryptography; what a policy of an access point grants on keys.',
    dataActions: keyActions(
      'read',
      'encrypt/action',
      'decrypt/action',
      'wrap/action',
      'unwrap/action',
      'sign/action',
      'verify/action',
    ),
  },
  'e1f94c72-6da3-4b85-b0c7-28a5f3d60e91': {
    name: 'Access Point Secret User',
    description: 'Reads the values of secrets; what a policy of an access point grants on secrets.',
    dataActions: [`${VAULTS}/secrets/getSecret/action`],
  },
}

/** The built-in role definitions, by id. */
export const BUILT_IN_ROLES: ReadonlyMap<string, RoleDefinition> = new Map(
  Object.entries({ ...BUILT_IN, ...OF_OTHER_WIRES }).map(([id, row]) => [
    id,
    {
      id,
      name: row.name,
      description: row.description,
      builtIn: true,
      actions: row.actions ?? [],
      notActions: row.notActions ?? [],
      dataActions: row.dataActions ?? [],
      notDataActions: [],
      assignableScopes: ['/'],
      ...(row.condition === undefined ? {} : { condition: row.condition }),
    },
  ]),
)

/** Those that the cloud has not. */
export const OWN_ROLES: ReadonlySet<string> = new Set(Object.keys(OF_OTHER_WIRES))

/** Ids of the roles that the server itself gives. */
export const ROLE_IDS = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  keyVaultAdministrator: '00482a5a-887f-4fb3-b363-3b7fe8e74483',
  sessionRoleUser: '5f0b8a1e-3c64-4d1b-9d0a-7e2f6b9c4a10',
  accessPointAdministrator: 'b2d7c5f4-91e8-4f0e-8a36-0c4de1a7f352',
  accessPointKeyUser: 'c86a3e0d-4b17-4c58-a2f9-5d91e7083bb6',
  accessPointSecretUser: 'e1f94c72-6da3-4b85-b0c7-28a5f3d60e91',
} as const
