import type {
  AccessPolicy,
  NetworkAcls,
  Tenant,
  UpdateVaultInput,
  VaultSettings,
} from '@claviger/vault'
import { azure } from '@claviger/wire'
import { ArmRefusal } from './arm-refusal.ts'

/** What a body says of a vault. */
export interface VaultParameters {
  readonly mode: 'default' | 'recover'
  readonly settings: VaultSettings
  readonly authorization?: NonNullable<UpdateVaultInput['authorization']>
  readonly accessPolicies?: readonly AccessPolicy[]
  readonly retentionDays?: number
  readonly purgeProtection?: true
}

/**
 * Reads the tags and properties of a vault; what is not given is absent.
 * @throws ArmRefusal, MalformedMember
 */
export function readVault(body: azure.JsonMembers, tenant: Tenant): VaultParameters {
  const properties = body.object('properties') ?? new azure.JsonMembers({})
  demandTenant(properties, tenant)
  demandIrreversible(properties)
  const rbac = properties.boolean('enableRbacAuthorization')
  const policies = properties.objects('accessPolicies')
  const retentionDays = properties.integer('softDeleteRetentionInDays')
  const isProtected = properties.boolean('enablePurgeProtection') === true
  return {
    mode: readMode(properties),
    settings: readSettings(body, properties),
    ...(rbac === undefined ? {} : { authorization: rbac ? 'rbac' : 'accessPolicies' }),
    ...(policies === undefined ? {} : { accessPolicies: readPolicies(policies, tenant) }),
    ...(retentionDays === undefined ? {} : { retentionDays }),
    ...(isProtected ? { purgeProtection: true } : {}),
  }
}

/** Reads access policies. @throws ArmRefusal, MalformedMember */
export function readPolicies(
  policies: readonly azure.JsonMembers[],
  tenant: Tenant,
): readonly AccessPolicy[] {
  return policies.map((policy) => {
    demandTenant(policy, tenant)
    const appId = policy.string('applicationId')
    const permissions = policy.requiredObject('permissions')
    return {
      principal: policy.requiredString('objectId'),
      ...(appId === undefined ? {} : { appId }),
      permissions: azure.omitUndefined({
        keys: permissions.strings('keys'),
        secrets: permissions.strings('secrets'),
        certificates: permissions.strings('certificates'),
        storage: permissions.strings('storage'),
      }),
    }
  })
}

function demandTenant(members: azure.JsonMembers, { id }: Tenant): void {
  const given = members.string('tenantId')
  if (given === undefined || given.toLowerCase() === id) return
  throw members.malformed('tenantId', `it must be ${id}, the tenant of the subscription`)
}

/** What cannot be taken back is refused in the words of the service. */
function demandIrreversible(properties: azure.JsonMembers): void {
  for (const [name, what] of [
    ['enableSoftDelete', 'soft delete'],
    ['enablePurgeProtection', 'purge protection'],
  ] as const) {
    if (properties.boolean(name) !== false) continue
    throw new ArmRefusal(
      400,
      'BadRequest',
      `The property "${name}" cannot be set to false. Enabling the ${what} for a vault is an ` +
        'irreversible action.',
    )
  }
}

function readMode(properties: azure.JsonMembers): VaultParameters['mode'] {
  const mode = properties.string('createMode')?.toLowerCase() ?? 'default'
  if (mode === 'default' || mode === 'recover') return mode
  throw properties.malformed('createMode', 'it may be default or recover')
}

function readSettings(body: azure.JsonMembers, properties: azure.JsonMembers): VaultSettings {
  const acls = properties.object('networkAcls')
  return azure.omitUndefined({
    tags: body.stringMap('tags'),
    sku: readSku(properties.object('sku')),
    enabledForDeployment: properties.boolean('enabledForDeployment'),
    enabledForDiskEncryption: properties.boolean('enabledForDiskEncryption'),
    enabledForTemplateDeployment: properties.boolean('enabledForTemplateDeployment'),
    networkAcls: acls && readAcls(acls),
    publicNetworkAccess: readAccess(properties),
  })
}

function readAccess(properties: azure.JsonMembers): VaultSettings['publicNetworkAccess'] {
  const access = properties.string('publicNetworkAccess')?.toLowerCase()
  if (access === undefined) return undefined
  if (access === 'enabled') return 'Enabled'
  if (access === 'disabled') return 'Disabled'
  throw properties.malformed('publicNetworkAccess', 'it may be Enabled or Disabled')
}

function readSku(sku: azure.JsonMembers | undefined): VaultSettings['sku'] {
  if (sku === undefined) return undefined
  const family = sku.string('family') ?? 'A'
  if (family.toUpperCase() !== 'A') throw sku.malformed('family', 'it must be A')
  const name = sku.requiredString('name').toLowerCase()
  if (name === 'standard' || name === 'premium') return name
  throw sku.malformed('name', 'it may be standard or premium')
}

function readAcls(acls: azure.JsonMembers): NetworkAcls {
  const bypass = acls.string('bypass')?.toLowerCase() ?? 'azureservices'
  const action = acls.string('defaultAction')?.toLowerCase() ?? 'allow'
  if (bypass !== 'azureservices' && bypass !== 'none') {
    throw acls.malformed('bypass', 'it may be AzureServices or None')
  }
  if (action !== 'allow' && action !== 'deny') {
    throw acls.malformed('defaultAction', 'it may be Allow or Deny')
  }
  const subnets = acls.objects('virtualNetworkRules') ?? []
  return {
    bypass: bypass === 'none' ? 'None' : 'AzureServices',
    defaultAction: action === 'deny' ? 'Deny' : 'Allow',
    ipRules: (acls.objects('ipRules') ?? []).map((rule) => rule.requiredString('value')),
    virtualNetworkRules: subnets.map((rule) => {
      const ignored = rule.boolean('ignoreMissingVnetServiceEndpoint')
      return {
        id: rule.requiredString('id'),
        ...(ignored === undefined ? {} : { ignoreMissingVnetServiceEndpoint: ignored }),
      }
    }),
  }
}
