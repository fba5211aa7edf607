import { Fault, type AccessView, type Caller, type Tenant } from '@claviger/vault'

/** The tenant of whoever asks, which no host of the control plane names. @throws Fault TenantNotFound */
export async function tenantOfCaller({ tenant }: Caller, view: AccessView): Promise<Tenant> {
  const found = await view.tenant(tenant)
  if (found === undefined) throw new Fault('TenantNotFound', { tenant })
  return found
}
