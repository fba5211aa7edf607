import { scopeCovers } from '../access/decide.ts'
import { operation } from '../operation.ts'
import type { Tenant } from './tenant.ts'

/**
 * The subscriptions in which the caller has been given anything, each with its tenant: that of the
 * caller's, or none.
 */
export const listSubscriptions = operation<Readonly<Record<string, never>>, readonly Tenant[]>({
  name: 'SubscriptionList',
  permission: 'self/read',
  writes: false,
  target: () => ({ scope: '/' }),

  async run({ view, caller }) {
    const tenant = await view.tenant(caller.tenant)
    if (tenant === undefined) return []
    const access = await view.principalAccess(tenant.id, caller.principal, caller.claimedGroups)
    const subscription = `/subscriptions/${tenant.subscription}`
    const concerns = ({ scope }: { readonly scope: string }): boolean =>
      scopeCovers(scope, subscription) || scopeCovers(subscription, scope)
    return [...access.assignments].some(concerns) ? [tenant] : []
  },
})
