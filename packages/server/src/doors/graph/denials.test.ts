import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { OPERATIONS, PERMISSIONS } from '@claviger/vault'
import { graphRoutes } from './door.ts'
import { graphDoorUnderTest } from './door-under-test.ts'
import type { OperationName } from './route.ts'

/** A body that each route which takes one would accept, had its sender the permission. */
const BODIES: Readonly<Record<string, (id: string) => object>> = {
  'POST /users': () => ({ displayName: 'a', userPrincipalName: 'a@localhost' }),
  'POST /groups': () => ({ displayName: 'a' }),
  'POST /applications': () => ({ displayName: 'a' }),
  'POST /servicePrincipals': () => ({ appId: randomUUID() }),
  'POST /directoryObjects/getByIds': (id) => ({ ids: [id] }),
  'POST $ref': (id) => ({ '@odata.id': `https://graph.localhost/v1.0/directoryObjects/${id}` }),
  'POST checkMemberGroups': (id) => ({ groupIds: [id] }),
  'POST removePassword': (id) => ({ keyId: id }),
  'POST federatedIdentityCredentials': () => ({
    name: 'abc',
    issuer: 'https://a.example',
    subject: 'a',
  }),
}

function permissionsOf(names: readonly OperationName[]): readonly string[] {
  return names.map((name) => {
    const [noun = '', verb = ''] = name.split('/')
    const nouns = OPERATIONS as unknown as Record<
      string,
      Record<string, { readonly permission: keyof typeof PERMISSIONS }>
    >
    const operation = nouns[noun]?.[verb]
    assert.ok(operation !== undefined, name)
    return operation.permission
  })
}

test('each route refuses who was given nothing, and changes nothing', async () => {
  const { call, memory } = await graphDoorUnderTest()
  const { vault, administrator, first } = memory
  const { id: application } = await vault.applications.create(administrator, { displayName: 'a' })
  const { id: group } = await vault.principals.create(administrator, {
    kind: 'group',
    displayName: 'a',
  })
  const ids: Readonly<Record<string, string>> = {
    applications: application,
    groups: group,
    users: first.user.id,
    servicePrincipals: first.administrator.principal.id,
    directoryObjects: group,
  }
  const before = [...memory.contents.bodies.keys()].toSorted()
  const others = graphRoutes().filter(
    ({ operations, path }) => operations.length > 0 && !path.startsWith('/me'),
  )
  assert.ok(others.length > 50)
  for (const { method, path, operations } of others) {
    assert.ok(
      permissionsOf(operations).every((name) => name.startsWith('directory/')),
      path,
    )
    const [, collection = ''] = path.split('/')
    const last = path.split('/').at(-1) ?? ''
    const id = ids[collection] ?? ''
    const body = (BODIES[`${method} ${path}`] ?? BODIES[`${method} ${last}`] ?? (() => ({})))(id)
    const target = path.replace(':id', id).replaceAll(/:\w+/g, randomUUID())
    const sent = method === 'GET' || method === 'DELETE' ? {} : { body }
    const answer = await call(method, target, { token: 'stranger', ...sent })
    assert.equal(answer.status, 403, `${method} ${target} ${answer.text}`)
  }
  assert.deepEqual([...memory.contents.bodies.keys()].toSorted(), before)
})
