import { isGuid, type AccessView, type Tenant } from '@claviger/vault'
import { EntraRefusal } from './entra-error.ts'

/** Names that stand for the default tenant. */
export const TENANT_ALIASES = ['adfs', 'common', 'organizations'] as const

/**
 * The tenant that a path names: its id, or one of the names for the default tenant.
 * @throws EntraRefusal TenantNotFound
 */
export async function tenantNamed(name: string, view: AccessView): Promise<Tenant> {
  const isAlias = TENANT_ALIASES.some((alias) => alias === name.toLowerCase())
  const found = isAlias
    ? await view.defaultTenant()
    : isGuid(name)
      ? await view.tenant(name)
      : undefined
  if (found === undefined) throw new EntraRefusal('TenantNotFound', name)
  return found
}

/** Every name the tenant has in paths. */
export function namesOf({ id, isDefault }: Tenant): readonly string[] {
  return isDefault ? [id, ...TENANT_ALIASES] : [id]
}
