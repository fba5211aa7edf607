import { Fault } from '../fault.ts'
import { isGuid } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import { getGroup, tenantOf } from '../resource-groups/find-group.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { vaultKey, type VaultRecord } from '../vaults/vault-record.ts'

/** No name in a resource id is longer than that of an object. */
const SCOPE = /^(?:\/|(?:\/[0-9A-Za-z._()-]{1,127}){2,})$/
export const MAXIMUM_SCOPE_CHARACTERS = 1024
const SESSION_ROLE = /^\/sessionRoles\/([^/]+)$/i
const GROUP = '/subscriptions/(?<subscription>[^/]+)(?:/resourceGroups/(?<group>[^/]+)'
const VAULT = '(?:/providers/Microsoft\\.KeyVault/vaults/(?<vault>[^/]+)'
const OBJECT = '(?<object>/(?:keys|secrets|certificates)(?:/[^/]+)?)?'
const PLACE = new RegExp(`^${GROUP}${VAULT}${OBJECT})?)?$`, 'i')

/** What a resource id names, as far as there are such resources here. */
export interface ScopePlace {
  readonly subscription: string
  readonly group?: string
  readonly vault?: string
  /** As the target of an operation names it, such as `keys/name`. */
  readonly object?: string
}

/** @returns `undefined` for what is no resource id of a subscription and what is in it. */
export function scopePlace(scope: string): ScopePlace | undefined {
  const { subscription, group, vault, object } = PLACE.exec(scope)?.groups ?? {}
  if (subscription === undefined) return undefined
  return {
    subscription,
    ...(group === undefined ? {} : { group }),
    ...(vault === undefined ? {} : { vault }),
    ...(object === undefined ? {} : { object: object.slice(1) }),
  }
}

/** Refuses what is no scope. @throws Fault InvalidInput */
export function demandScopeForm(scope: string): void {
  if (SCOPE.test(scope) && scope.length <= MAXIMUM_SCOPE_CHARACTERS) return
  throw invalidInput(
    'scope',
    'it must be / or the resource id of a subscription, a group, a vault or an object in it',
  )
}

/**
 * Refuses a scope at which there is nothing: another subscription, a group or vault that is not
 * there. An object need not be there yet, its vault must.
 * @throws Fault InvalidInput, AccessRuleBroken, ResourceGroupNotFound, VaultNotFound
 */
export async function demandScope(unit: UnitOfWork, tenant: string, scope: string): Promise<void> {
  demandScopeForm(scope)
  if (scope === '/' || isGuid(SESSION_ROLE.exec(scope)?.[1] ?? '')) return
  const { subscription, group, vault } = scopePlace(scope) ?? {}
  const home = await tenantOf(unit, tenant)
  if (subscription?.toLowerCase() !== home.subscription.toLowerCase()) {
    throw new Fault('AccessRuleBroken', { rule: 'scopeUnknown', subject: scope })
  }
  if (group === undefined) return
  await getGroup(unit, home, group)
  if (vault === undefined) return
  const found = (await unit.get<VaultRecord>(vaultKey(tenant, vault)))?.meta
  const id = found?.resourceId.toLowerCase() ?? ''
  const lower = scope.toLowerCase()
  const isThere = lower === id || lower.startsWith(`${id}/`)
  if (found === undefined || found.deleted !== undefined || !isThere) {
    throw new Fault('VaultNotFound', { name: vault })
  }
}
