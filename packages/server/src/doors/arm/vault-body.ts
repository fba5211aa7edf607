import {
  POLICY_PERMISSIONS,
  type AccessPolicy,
  type NetworkAcls,
  type PolicyClass,
  type VaultRecord,
} from '@claviger/vault'
import { portSuffix } from '../../origin.ts'
import type { ArmRequest } from './route.ts'

/** The type of a vault, as ids and lists write it. */
export const VAULT_TYPE = 'Microsoft.KeyVault/vaults'

/** A vault as the resource manager shows it. */
export function vaultBody(request: ArmRequest, vault: VaultRecord): object {
  const { name, resourceId, location, tags = {} } = vault
  const properties = propertiesOf(request, vault)
  return { id: resourceId, name, type: VAULT_TYPE, location, tags, systemData: systemDataOf(vault), properties }
}

/** When it was made and changed; by whom is in the audit. */
function systemDataOf({ createdAt, updatedAt }: VaultRecord): object {
  return { createdAt: isoTime(createdAt), lastModifiedAt: isoTime(updatedAt) }
}

function propertiesOf(request: ArmRequest, vault: VaultRecord): object {
  const { tenant, sku = 'standard', networkAcls, publicNetworkAccess = 'Enabled' } = vault
  return {
    sku: { family: 'A', name: sku },
    tenantId: tenant,
    accessPolicies: vault.accessPolicies.map((policy) => policyBody(tenant, policy)),
    enabledForDeployment: vault.enabledForDeployment ?? false,
    enabledForDiskEncryption: vault.enabledForDiskEncryption ?? false,
    enabledForTemplateDeployment: vault.enabledForTemplateDeployment ?? false,
    enableSoftDelete: true,
    softDeleteRetentionInDays: vault.retentionDays,
    enableRbacAuthorization: vault.authorization === 'rbac',
    ...(vault.purgeProtection ? { enablePurgeProtection: true } : {}),
    ...(networkAcls === undefined ? {} : { networkAcls: aclsBody(networkAcls) }),
    publicNetworkAccess,
    vaultUri: vaultUri(request, vault.name),
    provisioningState: 'Succeeded',
  }
}

/** Where the keys, secrets and certificates of a vault are, with the port that the client wrote. */
export function vaultUri({ settings, place }: Pick<ArmRequest, 'settings' | 'place'>, name: string): string {
  return `https://${name.toLowerCase()}.${settings.vaultSuffix}${portSuffix(place)}/`
}

/** Access policies alone, as the calls that change them answer. */
export function policiesBody(vault: VaultRecord, change: string): object {
  return {
    id: `${vault.resourceId}/accessPolicies/${change}`,
    name: change,
    type: `${VAULT_TYPE}/accessPolicies`,
    properties: {
      accessPolicies: vault.accessPolicies.map((policy) => policyBody(vault.tenant, policy)),
    },
  }
}

function policyBody(tenantId: string, { principal, appId, permissions }: AccessPolicy): object {
  const classes = Object.keys(POLICY_PERMISSIONS) as PolicyClass[]
  const given = classes.flatMap((one) => {
    const names = permissions[one]
    return names === undefined ? [] : [[one, names] as const]
  })
  return {
    tenantId,
    objectId: principal,
    ...(appId === undefined ? {} : { applicationId: appId }),
    permissions: Object.fromEntries(given),
  }
}

function aclsBody({ bypass, defaultAction, ipRules, virtualNetworkRules }: NetworkAcls): object {
  return {
    bypass,
    defaultAction,
    ipRules: ipRules.map((value) => ({ value })),
    virtualNetworkRules,
  }
}

/** A deleted vault as the resource manager shows it. */
export function deletedVaultBody(request: ArmRequest, vault: VaultRecord): object {
  const { name, resourceId, location, tags = {}, purgeProtection, deleted } = vault
  const place = `/subscriptions/${request.tenant.subscription}/providers/Microsoft.KeyVault`
  return {
    id: `${place}/locations/${location}/deletedVaults/${name}`,
    name,
    type: 'Microsoft.KeyVault/deletedVaults',
    properties: {
      vaultId: resourceId,
      location,
      tags,
      deletionDate: isoTime(deleted?.at ?? 0),
      scheduledPurgeDate: isoTime(deleted?.scheduledPurgeAt ?? 0),
      ...(purgeProtection ? { purgeProtectionEnabled: true } : {}),
    },
  }
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}
