import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { armDoorUnderTest } from './door-under-test.ts'

const KEY_VAULT_CONTRIBUTOR = 'f25e0fa2-a7c8-4377-a976-54943a77a395'

describe('the permission model of a vault', () => {
  it('is not changed by a contributor, who is told so as the service does', async () => {
    const principal = randomUUID()
    const under = await armDoorUnderTest(({ callBy }) => ({ contributor: callBy(principal).caller }))
    const { call, memory, subscription } = under
    await memory.vault.roleAssignments.create(memory.administrator, {
      principal,
      roleDefinition: KEY_VAULT_CONTRIBUTOR,
      scope: subscription,
    })
    const scope = memory.first.vault.resourceId
    const tenantId = memory.first.tenant.id
    const sku = { family: 'A', name: 'standard' }
    const properties = { tenantId, sku, accessPolicies: [], enableRbacAuthorization: false }
    for (const method of ['PATCH', 'PUT']) {
      const body = { location: 'test', properties }
      const { status, json } = await call(method, scope, { token: 'contributor', body })
      assert.equal(status, 403)
      assert.deepEqual(json, {
        error: {
          code: 'InsufficientPermissions',
          message:
            'Caller is not allowed to change permission model. For more information on how to ' +
            'change the permissions model follow this link: ' +
            `https://go.microsoft.com/fwlink/?linkid=2155160. Details: oid=${principal}; ` +
            `action=Microsoft.Authorization/roleAssignments/write; resource=${scope.toLowerCase()}; ` +
            'decision=NotAllowed;',
        },
      })
    }
  })
})
