import { ALMOST, routeDenialContract } from '../../rest/route-denials.contract.ts'
import { armDoorUnderTest, type ArmDoorUnderTest } from './door-under-test.ts'
import type { ArmRoute } from './route.ts'
import { ARM_ROUTES } from './routes.ts'

const GUID = '2f0c5a1e-93b7-4a0a-9d57-0b9f3c1e7a44'

/** What any of the routes takes; each reads its own members alone. */
const bodyIn = ({ memory }: ArmDoorUnderTest): object => ({
  location: 'test',
  name: 'another',
  type: 'Microsoft.KeyVault/vaults',
  action: 'secrets/get',
  tags: {},
  properties: {
    tenantId: memory.first.tenant.id,
    sku: { family: 'A', name: 'standard' },
    accessPolicies: [],
    kty: 'EC',
    value: 'v',
    roleDefinitionId: '4633458b-17de-408a-b874-0445c86b69e6',
    principalId: GUID,
    principalType: 'User',
    roleName: 'mine',
    permissions: [{ actions: ['*/read'] }],
    assignableScopes: ['/'],
    workspaceId: '/x',
    logs: [{ category: 'AuditEvent', enabled: true }],
  },
})

/** A path of the route at which there is something. */
function pathOf({ path, onScope }: ArmRoute, { memory }: ArmDoorUnderTest): string {
  const { tenant, vault } = memory.first
  const deletion = JSON.stringify({ group: tenant.resourceGroup, id: vault.id })
  const isOfVault = path.includes('/locations/')
  const values: Readonly<Record<string, string>> = {
    subscription: tenant.subscription,
    group: tenant.resourceGroup,
    vault: 'default',
    location: 'test',
    change: 'add',
    operation: isOfVault ? 'default' : Buffer.from(deletion).toString('base64url'),
    name: GUID,
  }
  const filled = path.replaceAll(/:([a-z]+)/gi, (_, name: string) => values[name] ?? name)
  return onScope === true ? `${vault.resourceId}${filled}` : filled
}

routeDenialContract('every route of the resource manager', ARM_ROUTES, async () => {
  const door = await armDoorUnderTest(({ callBy }) => ({ almost: callBy(ALMOST).caller }))
  return {
    memory: door.memory,
    async send(route, token) {
      const hasBody = ['PATCH', 'POST', 'PUT'].includes(route.method)
      const body = hasBody ? { body: bodyIn(door) } : {}
      const isOfInsights = route.path.includes('Microsoft.Insights')
      const version = isOfInsights ? { version: '2021-05-01-preview' } : {}
      const sent = { ...body, ...version, token }
      const { status, text } = await door.call(route.method, pathOf(route, door), sent)
      return { status, text }
    },
  }
})
