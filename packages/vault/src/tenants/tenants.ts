import { randomUUID } from 'node:crypto'
import { tenantPrefix, type Tenant } from '../directory/tenant.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { putNewTenant, type FirstPrincipal } from './put-new-tenant.ts'

const MAXIMUM_NAME_CHARACTERS = 256

export interface CreateTenantInput {
  readonly displayName: string
  /** Where its first resource group says it is. */
  readonly location?: string
}

export interface CreatedTenant {
  readonly tenant: Tenant
  /** The application that may do everything in the tenant, with its secret. */
  readonly administrator: FirstPrincipal
}

/**
 * Makes another tenant on this server: a directory, a subscription and an issuer of its own, into
 * which nobody of the others sees.
 */
export const createTenant = operation<CreateTenantInput, CreatedTenant>({
  name: 'TenantCreate',
  permission: 'tenants/write',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: (_input, output) => `tenants${output === undefined ? '' : `/${output.tenant.id}`}`,

  async run({ unit, now }, { displayName, location = 'local' }) {
    if (displayName.length === 0 || displayName.length > MAXIMUM_NAME_CHARACTERS) {
      throw invalidInput('displayName', `it must have 1 to ${MAXIMUM_NAME_CHARACTERS} characters`)
    }
    const named = { id: randomUUID(), displayName, isDefault: false, location }
    const created = await putNewTenant(unit, named, now)
    touchEpoch(unit)
    return created
  },
})

/** The tenants of the server. */
export const listTenants = operation<Readonly<Record<string, never>>, readonly Tenant[]>({
  name: 'TenantList',
  permission: 'tenants/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ unit }) {
    const found = await unit.listAll<Tenant>(tenantPrefix())
    return found.map((one) => one.content.meta)
  },
})
