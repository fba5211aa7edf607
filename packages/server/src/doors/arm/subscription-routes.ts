import type { Tenant } from '@claviger/vault'
import { ArmRefusal } from './arm-refusal.ts'
import { PROVIDERS, type Provider } from './providers.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'

const ok = (body: object): ArmReply => ({ status: 200, body })

function subscriptionOf({ id, subscription, displayName }: Tenant): object {
  return {
    id: `/subscriptions/${subscription}`,
    authorizationSource: 'RoleBased',
    managedByTenants: [],
    subscriptionId: subscription,
    tenantId: id,
    displayName,
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  }
}

function tenantOf({ id, displayName }: Tenant): object {
  return {
    id: `/tenants/${id}`,
    tenantId: id,
    displayName,
    tenantCategory: 'Home',
    tenantType: 'AAD',
  }
}

function locationOf(request: ArmRequest): object {
  const { tenant, settings } = request
  return {
    id: `/subscriptions/${tenant.subscription}/locations/${settings.region}`,
    name: settings.region,
    type: 'Region',
    displayName: settings.region,
    regionalDisplayName: settings.region,
    metadata: { regionType: 'Physical', regionCategory: 'Recommended' },
  }
}

function providerOf({ tenant, settings }: ArmRequest, provider: Provider): object {
  return {
    id: `/subscriptions/${tenant.subscription}/providers/${provider.namespace}`,
    namespace: provider.namespace,
    registrationState: 'Registered',
    registrationPolicy: 'RegistrationFree',
    resourceTypes: provider.resourceTypes.map((resourceType) => ({
      resourceType,
      locations: [settings.region],
      apiVersions: provider.apiVersions,
    })),
  }
}

/** @throws ArmRefusal */
function providerNamed(name: string): Provider {
  const found = PROVIDERS.find(({ namespace }) => namespace.toLowerCase() === name.toLowerCase())
  if (found !== undefined) return found
  const shown = name.length > 64 ? `${name.slice(0, 64)}…` : name
  throw new ArmRefusal(
    404,
    'InvalidResourceNamespace',
    `The resource namespace '${shown}' is invalid.`,
  )
}

const named = async (request: ArmRequest): Promise<ArmReply> =>
  ok(providerOf(request, providerNamed(request.params['namespace'] ?? '')))

async function visibleSubscription(request: ArmRequest): Promise<Tenant> {
  const { vault, call, tenant } = request
  const [found] = await vault.subscriptions.list(call, {})
  if (found !== undefined) return found
  throw new ArmRefusal(
    404,
    'SubscriptionNotFound',
    `The subscription '${tenant.subscription}' could not be found.`,
  )
}

/** Tenants, subscriptions and resource providers: what a client asks right after its sign-in. */
export const SUBSCRIPTION_ROUTES: readonly ArmRoute[] = [
  {
    method: 'GET',
    path: '/tenants',
    operations: [],
    answer: async ({ tenant }) => ok({ value: [tenantOf(tenant)] }),
  },
  {
    method: 'GET',
    path: '/subscriptions',
    operations: ['subscriptions/list'],
    answer: async ({ vault, call }) => {
      const value = (await vault.subscriptions.list(call, {})).map(subscriptionOf)
      return ok({ value, count: { type: 'Total', value: value.length } })
    },
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscription',
    operations: ['subscriptions/list'],
    answer: async (request) => ok(subscriptionOf(await visibleSubscription(request))),
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/locations',
    operations: [],
    answer: async (request) => ok({ value: [locationOf(request)] }),
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/providers',
    operations: [],
    answer: async (request) => ok({ value: PROVIDERS.map((one) => providerOf(request, one)) }),
  },
  {
    method: 'GET',
    path: '/subscriptions/:subscription/providers/:namespace',
    operations: [],
    answer: named,
  },
  // Every provider is there from the start, so there is nothing to register.
  {
    method: 'POST',
    path: '/subscriptions/:subscription/providers/:namespace/register',
    operations: [],
    answer: named,
  },
  {
    method: 'POST',
    path: '/subscriptions/:subscription/providers/:namespace/unregister',
    operations: [],
    answer: async ({ params }) => {
      const { namespace } = providerNamed(params['namespace'] ?? '')
      throw new ArmRefusal(
        409,
        'ConflictError',
        `The resource namespace '${namespace}' cannot be unregistered: this server is made of it.`,
      )
    },
  },
]
