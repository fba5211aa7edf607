import type { Principal } from './principal.ts'
import type { Tenant } from './tenant.ts'

/** The ARM id of a managed identity, for `xms_mirid` and `mi_res_id`. */
export function managedIdentityResourceId(tenant: Tenant, { displayName }: Principal): string {
  return (
    `/subscriptions/${tenant.subscription}/resourcegroups/${tenant.resourceGroup}` +
    `/providers/Microsoft.ManagedIdentity/userAssignedIdentities/${displayName}`
  )
}
