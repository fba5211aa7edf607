import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { armDoorUnderTest, type Received } from './door-under-test.ts'

const INSIGHTS = 'providers/microsoft.insights'
const version = '2021-05-01-preview'
const audit = [{ category: 'AuditEvent', enabled: true }]

function codeOf({ json }: Received): unknown {
  return (json['error'] as { code?: unknown } | undefined)?.code
}

function messageOf({ json }: Received): string {
  return (json['error'] as { message: string }).message
}

/** Asks for the settings of the vault `default`, or one of them. */
async function opened() {
  const world = await armDoorUnderTest()
  const { resourceId } = world.memory.first.vault
  const providers = `${world.subscription}/resourceGroups/g/providers`
  const accounts = `${providers}/microsoft.Storage/storageAccounts`
  const settings = `${resourceId}/${INSIGHTS}/diagnosticSettings`
  const ask = (method: string, path: string, properties?: object) =>
    world.call(method, path, {
      version,
      ...(properties === undefined ? {} : { body: { properties } }),
    })
  return { ...world, resourceId, providers, accounts, settings, ask }
}

describe('diagnostic settings', () => {
  it('are made, shown, listed and deleted as az does it', async () => {
    const { ask, settings, accounts, resourceId } = await opened()
    const properties = { storageAccountId: `${accounts}/Archive`, logs: audit }
    const made = await ask('PUT', `${settings}/to-archive`, properties)
    assert.equal(made.status, 200)
    assert.deepEqual(made.json, {
      id: `${resourceId}/${INSIGHTS}/diagnosticSettings/to-archive`,
      type: 'Microsoft.Insights/diagnosticSettings',
      name: 'to-archive',
      location: null,
      kind: null,
      tags: null,
      properties: {
        storageAccountId: `${accounts}/Archive`,
        workspaceId: null,
        eventHubAuthorizationRuleId: null,
        serviceBusRuleId: null,
        marketplacePartnerId: null,
        eventHubName: null,
        logAnalyticsDestinationType: null,
        logs: [{ category: 'AuditEvent', categoryGroup: null, enabled: true, retentionPolicy: null }],
        metrics: [],
      },
      identity: null,
    })
    assert.deepEqual((await ask('GET', `${settings}/TO-Archive`)).json, made.json)
    assert.deepEqual((await ask('GET', settings.toUpperCase())).json, { value: [made.json] })
    assert.deepEqual((await ask('GET', `/${settings}/to-archive`)).json, made.json)
    // What az has shown it sends again, changed.
    const again = await ask('PUT', `${settings}/to-archive`, made.json['properties'] ?? {})
    assert.deepEqual(again.json, made.json)
    assert.equal((await ask('DELETE', `${settings}/to-archive`)).status, 200)
    assert.equal((await ask('DELETE', `${settings}/to-archive`)).status, 204)
    const missing = await ask('GET', `${settings}/to-archive`)
    assert.deepEqual([missing.status, codeOf(missing)], [404, 'ResourceNotFound'])
  })

  it('keep all that a client says, in every api-version', async () => {
    const { call, settings, providers } = await opened()
    const hub = `${providers}/Microsoft.EventHub/namespaces/SIEM/authorizationRules/Root`
    const retentionPolicy = { enabled: true, days: 30 }
    const properties = {
      eventHubAuthorizationRuleId: hub,
      eventHubName: 'audit',
      workspaceId: `${providers}/Microsoft.OperationalInsights/workspaces/archive`,
      logAnalyticsDestinationType: 'Dedicated',
      logs: [{ categoryGroup: 'audit', enabled: true, retentionPolicy }],
      metrics: [{ timeGrain: 'PT1M', enabled: false, retentionPolicy }],
    }
    for (const one of ['2016-09-01', '2017-05-01-preview', version]) {
      const body = { location: '', properties }
      const { status, json } = await call('PUT', `${settings}/service`, { version: one, body })
      assert.equal(status, 200)
      const shown = json['properties'] as Record<string, unknown>
      const { logs: _, metrics: __, ...plain } = properties
      for (const [name, value] of Object.entries(plain)) assert.equal(shown[name], value)
      assert.deepEqual(shown['logs'], [{ ...properties.logs[0], category: null }])
      assert.deepEqual(shown['metrics'], [{ ...properties.metrics[0], category: 'AllMetrics' }])
    }
    const other = await call('GET', settings, { version: '2018-01-01' })
    assert.deepEqual([other.status, codeOf(other)], [400, 'NoRegisteredProviderFound'])
  })

  it('refuse what the service refuses, and say what to change', async () => {
    const { ask, settings, accounts } = await opened()
    const storageAccountId = `${accounts}/archive`
    for (const [properties, words] of [
      [{ logs: audit }, /storageAccountId, workspaceId/],
      [{ storageAccountId }, /must be enabled/],
      [{ storageAccountId, logs: [{ category: 'AuditEvent' }] }, /logs\[0\]\.enabled/],
      [{ storageAccountId, logs: [{ category: 'Other', enabled: true }] }, /AuditEvent, AzurePolicy/],
      [{ storageAccountId: 'archive', logs: audit }, /resource id/],
      [{ storageAccountId: `${accounts}/other`, logs: audit }, /are archive, siem/],
      [{ storageAccountId: 7, logs: audit }, /must be a string/],
    ] as const) {
      const answer = await ask('PUT', `${settings}/one`, properties)
      assert.deepEqual([answer.status, codeOf(answer)], [400, 'BadRequest'])
      assert.match(messageOf(answer), words)
    }
    await ask('PUT', `${settings}/one`, { storageAccountId, logs: audit })
    const taken = await ask('PUT', `${settings}/two`, { storageAccountId, logs: audit })
    assert.deepEqual([taken.status, codeOf(taken)], [409, 'Conflict'])
    assert.match(messageOf(taken), /already used in diagnostic setting 'one' for category 'AuditEvent'/)
  })

  it('are of vaults alone, at the place of the vault', async () => {
    const { ask, resourceId, subscription } = await opened()
    const group = `${subscription}/resourceGroups/other`
    for (const [scope, status, code] of [
      ['', 400, 'ResourceTypeNotSupported'],
      [subscription, 400, 'ResourceTypeNotSupported'],
      [`${resourceId}/keys/a`, 400, 'ResourceTypeNotSupported'],
      [`${group}/providers/Microsoft.KeyVault/vaults/default`, 404, 'ResourceNotFound'],
      [resourceId.replace(/default$/, 'missing'), 404, 'ResourceNotFound'],
    ] as const) {
      const answer = await ask('GET', `${scope}/${INSIGHTS}/diagnosticSettings`)
      assert.deepEqual([answer.status, codeOf(answer)], [status, code], scope)
    }
  })

  it('are nothing to a stranger, who is not told the sinks either', async () => {
    const { call, settings, accounts } = await opened()
    const sent = { version, token: 'stranger' }
    const body = { properties: { storageAccountId: `${accounts}/other`, logs: audit } }
    for (const answer of [
      await call('GET', settings, sent),
      await call('GET', `${settings}/one`, sent),
      await call('PUT', `${settings}/one`, { ...sent, body }),
      await call('DELETE', `${settings}/one`, sent),
      await call('GET', `${settings}Categories`, sent),
    ]) {
      assert.deepEqual([answer.status, codeOf(answer)], [403, 'AuthorizationFailed'])
      assert.ok(!answer.text.includes('siem'))
    }
  })
})

it('noise in a body is refused and never makes the server fail', async () => {
  const { ask, settings, logged, accounts } = await opened()
  const member = fc.constantFrom(
    'logs', 'metrics', 'storageAccountId', 'workspaceId', 'eventHubAuthorizationRuleId',
    'serviceBusRuleId', 'marketplacePartnerId', 'eventHubName', 'logAnalyticsDestinationType',
  )
  const choice = fc.record(
    {
      category: fc.constantFrom('AuditEvent', 'AllMetrics', 'x', null, 7),
      categoryGroup: fc.constantFrom('audit', 'allLogs', 'x', null),
      enabled: fc.oneof(fc.boolean(), fc.jsonValue()),
      retentionPolicy: fc.oneof(fc.record({ days: fc.jsonValue(), enabled: fc.boolean() }), fc.jsonValue()),
    },
    { requiredKeys: [] },
  )
  const value = fc.oneof(
    fc.jsonValue(),
    fc.array(choice, { maxLength: 4 }),
    fc.constantFrom(`${accounts}/siem`, `${accounts}/archive`, '/', '//', '/namespaces/', '/a b'),
  )
  const sent = fc.record({
    name: fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 70 }), fc.constant('one')),
    properties: fc.dictionary(member, value),
  })
  await fc.assert(
    fc.asyncProperty(sent, async ({ name, properties }) => {
      const { status } = await ask('PUT', `${settings}/${encodeURIComponent(name)}`, properties)
      assert.ok(status < 500)
    }),
    { numRuns: 400 },
  )
  assert.deepEqual(logged, [])
})

it('the categories of a vault are listed and shown', async () => {
  const { ask, settings } = await opened()
  const { json } = await ask('GET', `${settings}Categories`)
  const value = json['value'] as { name: string; properties: object }[]
  assert.deepEqual(value.map(({ name, properties }) => ({ name, ...properties })), [
    { name: 'AuditEvent', categoryType: 'Logs', categoryGroups: ['audit', 'allLogs'] },
    { name: 'AzurePolicyEvaluationDetails', categoryType: 'Logs', categoryGroups: ['allLogs'] },
    { name: 'AllMetrics', categoryType: 'Metrics', categoryGroups: [] },
  ])
  assert.deepEqual((await ask('GET', `${settings}Categories/auditevent`)).json, value[0])
  assert.equal((await ask('GET', `${settings}Categories/other`)).status, 404)
})
