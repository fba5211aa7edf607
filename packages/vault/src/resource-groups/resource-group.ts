import type { Tenant } from '../directory/tenant.ts'
import type { RecordKey } from '../store/record-key.ts'
import { prefixOf, recordKeyOf } from '../store/record-key.ts'

/** A group of resources, which lives and dies with what is in it. */
export interface ResourceGroup {
  /** As it was given at creation; compared without case, unique in the subscription. */
  readonly name: string
  /** Random; another group that has the name later has another one. Empty for a derived one. */
  readonly id: string
  readonly location: string
  readonly tags: Readonly<Record<string, string>>
  readonly createdAt: number
}

/** What stands in the store; `removed` keeps a tenant's first group from being derived again. */
export type ResourceGroupRecord = ResourceGroup & { readonly removed?: true }

/** Parentheses may stand in a group's name and not in a key. */
const KEY_LETTERS: Readonly<Record<string, string>> = { '(': '~1', ')': '~2' }

export function resourceGroupKey(tenant: string, name: string): RecordKey {
  return recordKeyOf(tenant, 'resource-group', groupSegment(name))
}

export function resourceGroupPrefix(tenant: string): RecordKey {
  return prefixOf(tenant, 'resource-group')
}

/** A group's name as a part of a key. */
export function groupSegment(name: string): string {
  return name.toLowerCase().replace(/[()]/g, (letter) => KEY_LETTERS[letter] ?? '')
}

/** The resource id of a tenant's subscription, the scope of everything in it. */
export function subscriptionScope({ subscription }: Pick<Tenant, 'subscription'>): string {
  return `/subscriptions/${subscription}`
}

/** The resource id of a group. */
export function resourceGroupScope(tenant: Pick<Tenant, 'subscription'>, name: string): string {
  return `${subscriptionScope(tenant)}/resourceGroups/${name}`
}

/** The group that a store written before there were groups has for its tenant. */
export function derivedGroup(tenant: Tenant, location: string): ResourceGroup {
  return { name: tenant.resourceGroup, id: '', location, tags: {}, createdAt: tenant.createdAt }
}

/** Tells whether a name is that of the tenant's first group. */
export function isFirstGroup(tenant: Tenant, name: string): boolean {
  return tenant.resourceGroup.toLowerCase() === name.toLowerCase()
}
