import type { RecordKey } from '../store/record-key.ts'

/**
 * The reach of one data key: the installation, a tenant, or a vault. Vault ids are unique in the
 * whole installation and never used again, so that a purged vault's key can be destroyed.
 */
export type Scope = 'system' | `tenant.${string}` | `vault.${string}`

/**
 * The scope a record is sealed in, from its key alone: `system/…` the system,
 * `<tenant>/v/<vault id>/…` the vault, any other `<tenant>/…` the tenant.
 */
export function scopeOf(key: RecordKey): Scope {
  const tenantEnd = key.indexOf('/')
  const tenant = tenantEnd === -1 ? key : key.slice(0, tenantEnd)
  if (tenant === 'system') return 'system'
  if (tenantEnd !== -1 && key.startsWith('/v/', tenantEnd)) {
    const vaultAt = tenantEnd + 3
    const vaultEnd = key.indexOf('/', vaultAt)
    if (vaultEnd > vaultAt) return `vault.${key.slice(vaultAt, vaultEnd)}`
  }
  return `tenant.${tenant}`
}

const SCOPE = /^(?:system|(?:tenant|vault)\.[0-9a-z._~:@-]{1,248})$/

/** @throws TypeError when this is no scope: a slip of the caller, for none comes from outside. */
export function assertScope(scope: string): asserts scope is Scope {
  if (!SCOPE.test(scope)) throw new TypeError('a scope is system, tenant.<id> or vault.<id>')
}
