import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'
import { forThoseAloneWhoMay } from './for-those-alone-who-may.contract.ts'

const Name = 'web'
const point = { Name, Policies: '["app"]' }

async function withPolicies(): Promise<SharedDoorUnderTest> {
  const world = await sharedDoorUnderTest()
  for (const policy of ['app', 'other', 'third', 'fourth']) {
    await world.call('CreatePolicy', {
      Name: policy,
      Permissions: '["RbacPermission/Template/CryptoServiceKeyUser"]',
      Resources: '["key/*"]',
    })
  }
  return world
}

describe('application access points', () => {
  test('are made, described, changed, listed and deleted', async () => {
    const { call } = await withPolicies()
    const made = await call('CreateApplicationAccessPoint', { ...point, Description: 'of the web' })
    const { RequestId: _, Arn, ...members } = made.body
    assert.match(Arn, /^acs:kms:cn-hangzhou:\d{16}:applicationaccesspoint\/web$/)
    const before = { ...point, AuthenticationMethod: 'ClientKey', Description: 'of the web' }
    assert.deepEqual([made.status, members], [200, before])
    const Policies = '["other","third"]'
    assert.equal((await call('UpdateApplicationAccessPoint', { Name, Policies })).status, 200)
    const { body } = await call('DescribeApplicationAccessPoint', { Name })
    const { RequestId: __, ...shown } = body
    assert.deepEqual(shown, { Arn, ...before, Policies })
    // The first start makes one too.
    const list = (await call('ListApplicationAccessPoints', { PageNumber: 2, PageSize: 1 })).body
    assert.deepEqual(list.ApplicationAccessPoints.ApplicationAccessPoint, [
      { Name, AuthenticationMethod: 'ClientKey' },
    ])
    assert.equal(list.TotalCount, 2)
    assert.equal((await call('DeleteApplicationAccessPoint', { Name })).status, 200)
    const gone = await call('DescribeApplicationAccessPoint', { Name })
    assert.deepEqual([gone.status, gone.body.Code], [404, 'Forbidden.ResourceNotFound'])
  })

  test('have one to three policies that there are', async () => {
    const { call } = await withPolicies()
    const refusals = [
      ['Name', { Name: 'no name' }],
      ['Policies', { Policies: '[]' }],
      ['Policies', { Policies: 'app' }],
      ['Policies', { Policies: '["app","other","third","fourth"]' }],
      ['AuthenticationMethod', { AuthenticationMethod: 'RAM' }],
    ] as const
    for (const [parameter, parameters] of refusals) {
      const asked = { ...point, ...parameters }
      const { status, body } = await call('CreateApplicationAccessPoint', asked)
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], JSON.stringify(parameters))
      assert.match(body.Message, new RegExp(parameter))
    }
    const none = await call('CreateApplicationAccessPoint', { ...point, Policies: '["none"]' })
    assert.deepEqual([none.status, none.body.Code], [404, 'Forbidden.ResourceNotFound'])
    await call('CreateApplicationAccessPoint', point)
    const again = await call('CreateApplicationAccessPoint', { ...point, Name: 'WEB' })
    assert.deepEqual([again.status, again.body.Code], [409, 'Rejected.ResourceExist'])
    const lost = await call('UpdateApplicationAccessPoint', { Name, Policies: '["none"]' })
    assert.equal(lost.body.Code, 'Forbidden.ResourceNotFound')
  })

  forThoseAloneWhoMay([
    ['CreateApplicationAccessPoint', point],
    ['UpdateApplicationAccessPoint', { Name }],
    ['DescribeApplicationAccessPoint', { Name }],
    ['DeleteApplicationAccessPoint', { Name }],
    ['ListApplicationAccessPoints', {}],
  ])
})
