import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sharedDoorUnderTest } from '../door-under-test.ts'
import { forThoseAloneWhoMay } from './for-those-alone-who-may.contract.ts'

const Name = 'office'
const rule = { Name, Type: 'Private', SourcePrivateIp: '["192.0.2.0/24","2001:db8::1"]' }

describe('network rules', () => {
  test('are made, described, changed, listed and deleted', async () => {
    const { call } = await sharedDoorUnderTest()
    const made = await call('CreateNetworkRule', { ...rule, Description: 'the office' })
    const Arn = made.body.Arn
    assert.match(Arn, /^acs:kms:cn-hangzhou:\d{16}:network\/office$/)
    const { RequestId: _, ...members } = made.body
    assert.deepEqual([made.status, members], [200, { ...rule, Arn, Description: 'the office' }])
    const changes = { Name, SourcePrivateIp: '["198.51.100.7"]', Description: '' }
    assert.equal((await call('UpdateNetworkRule', changes)).status, 200)
    const { body } = await call('DescribeNetworkRule', { Name })
    assert.deepEqual(
      [body.Arn, body.Type, body.SourcePrivateIp, body.Description],
      [Arn, 'Private', '["198.51.100.7"]', ''],
    )
    await call('CreateNetworkRule', { ...rule, Name: 'second' })
    const page = (await call('ListNetworkRules', { PageSize: 1, PageNumber: 2 })).body
    assert.deepEqual(page.NetworkRules.NetworkRule, [{ Name: 'second', Type: 'Private' }])
    assert.deepEqual([page.PageNumber, page.PageSize, page.TotalCount], [2, 1, 2])
    assert.equal((await call('DeleteNetworkRule', { Name })).status, 200)
    const gone = await call('DescribeNetworkRule', { Name })
    assert.deepEqual([gone.status, gone.body.Code], [404, 'Forbidden.ResourceNotFound'])
  })

  test('have addresses and networks, and a name of its form', async () => {
    const { call } = await sharedDoorUnderTest()
    const refusals = [
      ['Type', { Type: 'Public' }],
      ['Name', { Name: '../x' }],
      ['Name', { Name: 'a'.repeat(65) }],
      ['SourcePrivateIp', { SourcePrivateIp: '[]' }],
      ['SourcePrivateIp', { SourcePrivateIp: '' }],
      ['SourcePrivateIp', { SourcePrivateIp: '["300.1.1.1"]' }],
      ['SourcePrivateIp', { SourcePrivateIp: '["192.0.2.0/33"]' }],
      ['SourcePrivateIp', { SourcePrivateIp: '192.0.2.1' }],
      ['SourcePrivateIp', { SourcePrivateIp: '[1]' }],
      ['Description', { Description: 'a'.repeat(8193) }],
    ] as const
    for (const [parameter, parameters] of refusals) {
      const { status, body } = await call('CreateNetworkRule', { ...rule, ...parameters })
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], JSON.stringify(parameters))
      assert.match(body.Message, new RegExp(parameter))
    }
    await call('CreateNetworkRule', rule)
    const again = await call('CreateNetworkRule', { ...rule, Name: 'OFFICE' })
    assert.deepEqual([again.status, again.body.Code], [409, 'Rejected.ResourceExist'])
    const bad = await call('UpdateNetworkRule', { Name, SourcePrivateIp: '["nowhere"]' })
    assert.equal(bad.body.Code, 'InvalidParameter')
  })

  test('stay while a policy names them', async () => {
    const { call } = await sharedDoorUnderTest()
    await call('CreateNetworkRule', rule)
    await call('CreatePolicy', {
      Name: 'reader',
      Permissions: '["RbacPermission/Template/CryptoServiceSecretUser"]',
      Resources: '["secret/*"]',
      AccessControlRules: '{"NetworkRules":["office"]}',
    })
    const { body } = await call('DeleteNetworkRule', { Name })
    assert.equal(body.Code, 'Rejected.UnsupportedOperation')
  })

  forThoseAloneWhoMay([
    ['CreateNetworkRule', rule],
    ['UpdateNetworkRule', { Name }],
    ['DescribeNetworkRule', { Name }],
    ['DeleteNetworkRule', { Name }],
    ['ListNetworkRules', {}],
  ])
})
