import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { armDoorUnderTest } from './door-under-test.ts'

const AUTHORIZATION = '/providers/Microsoft.Authorization'
const SECRETS_USER = '4633458b-17de-408a-b874-0445c86b69e6'

describe('the audit of the resource manager', () => {
  it('has the status that was answered', async () => {
    const { call, memory, subscription } = await armDoorUnderTest()
    const { tenant, vault } = memory.first
    const group = `${subscription}/resourceGroups/mine`
    const provider = 'providers/Microsoft.KeyVault'
    const made = `${group}/${provider}/vaults/extra`
    const assignment = `${vault.resourceId}${AUTHORIZATION}/roleAssignments/${randomUUID()}`
    const role = `${subscription}${AUTHORIZATION}/roleDefinitions/${randomUUID()}`
    const setting = `${vault.resourceId}/providers/Microsoft.Insights/diagnosticSettings/one`
    const roleDefinitionId = `${AUTHORIZATION}/roleDefinitions/${SECRETS_USER}`
    const given = { roleDefinitionId, principalId: randomUUID(), principalType: 'User' }
    const properties = {
      roleName: 'Mine',
      assignableScopes: [subscription],
      permissions: [{ actions: ['*/read'] }],
    }
    const sku = { family: 'A', name: 'standard' }
    const whole = { tenantId: tenant.id, sku, accessPolicies: [] }
    const insights = '2021-05-01-preview'
    for (const [method, path, status, body, version] of [
      ['PUT', group, 201, { location: 'test' }],
      ['PUT', group, 200, { location: 'test' }],
      ['HEAD', group, 204],
      ['PUT', made, 200, { location: 'test', properties: whole }],
      ['HEAD', made, 204],
      ['DELETE', made, 200],
      ['POST', `${subscription}/${provider}/locations/test/deletedVaults/extra/purge`, 202],
      ['PUT', assignment, 201, { properties: given }],
      ['PUT', assignment, 200, { properties: { ...given, description: 'mine' } }],
      ['DELETE', assignment, 200],
      ['DELETE', assignment, 204],
      ['PUT', role, 201, { properties }],
      ['DELETE', role, 200],
      ['DELETE', role, 204],
      ['DELETE', setting, 204, undefined, insights],
      ['DELETE', group, 202],
      ['DELETE', group, 404],
    ] as const) {
      const answer = await call(method, path, { body, ...(version && { version }) })
      const entry = (await memory.audit()).at(-1)
      const shown = `${method} ${path} ${answer.text}`
      assert.deepEqual([answer.status, entry?.properties.httpStatusCode], [status, status], shown)
    }
  })
})
