import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { armDoorUnderTest } from './door-under-test.ts'

const PROPERTIES = [
  'tenantId', 'sku', 'accessPolicies', 'enabledForDeployment', 'enabledForDiskEncryption',
  'enabledForTemplateDeployment', 'enableSoftDelete', 'softDeleteRetentionInDays',
  'enableRbacAuthorization', 'enablePurgeProtection', 'networkAcls', 'publicNetworkAccess',
  'createMode', 'value', 'contentType', 'attributes', 'kty', 'keySize', 'curveName', 'keyOps',
] as const

/** Values that a client could mean, and any others. */
const value = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    'standard', 'recover', 'Enabled', 'RSA', 'EC-HSM', 'P-256K', '__proto__', '\u{1f511}', '\ud800',
    -1, 7, 1e300, { family: 'A', name: 'standard' }, { family: 'A', name: 'constructor' },
    [{ objectId: 'x', permissions: { keys: ['all'] } }], { ipRules: [{ value: '::/0' }] },
    { defaultAction: 'Deny', virtualNetworkRules: [{ id: '/x' }] }, { nbf: -1, exp: 'x' },
  ),
)

function members(names: readonly string[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.dictionary(fc.constantFrom(...names), value, { maxKeys: 6 })
}

it('whatever a body says, it is taken or refused, and never makes the server fail', async () => {
  const { call, logged, subscription, memory } = await armDoorUnderTest()
  const tenantId = memory.first.tenant.id
  const group = `${subscription}/resourceGroups/default`
  const vaults = `${group}/providers/Microsoft.KeyVault/vaults`
  const path = fc.constantFrom(
    group, `${subscription}/resourceGroups/new`, `${vaults}/default`, `${vaults}/fresh`,
    `${vaults}/default/accessPolicies/add`, `${vaults}/default/keys/a`, `${vaults}/default/secrets/a`,
  )
  const sent = fc.record({
    method: fc.constantFrom('PUT', 'PATCH'),
    path,
    top: members(['location', 'tags', 'properties', 'name', 'id']),
    properties: members(PROPERTIES),
    isWhole: fc.boolean(),
  })
  const property = fc.asyncProperty(sent, async ({ method, path: target, top, properties, isWhole }) => {
    const required = { tenantId, sku: { family: 'A', name: 'standard' }, accessPolicies: [] }
    const whole = { location: 'test', ...top, properties: { ...required, ...properties } }
    const body = isWhole ? whole : { properties, ...top }
    const answer = await call(method, target, { body })
    assert.ok(answer.status < 500, answer.text)
    if (answer.status < 400) return
    const { error } = answer.json as { readonly error?: { code?: unknown; message?: unknown } }
    assert.equal(typeof error?.code, 'string')
    assert.ok(String(error?.message).length > 0)
  })
  await fc.assert(property, { numRuns: 1500 })
  assert.deepEqual(logged, [])
})
