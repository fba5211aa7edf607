import { resourceGroupScope, type ResourceGroup, type Tenant } from '@claviger/vault'

/** A resource group as the resource manager shows it. */
export function groupBody(tenant: Tenant, { name, location, tags }: ResourceGroup): object {
  return {
    id: resourceGroupScope(tenant, name),
    name,
    type: 'Microsoft.Resources/resourceGroups',
    location,
    tags,
    properties: { provisioningState: 'Succeeded' },
  }
}
