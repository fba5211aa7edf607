import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { Secret } from '@claviger/vault'
import { secretObjectName } from '../../secret-object-name.ts'
import { sharedDoorUnderTest } from '../door-under-test.ts'
import { forThoseAloneWhoMay } from './for-those-alone-who-may.contract.ts'

const KEY_USER = 'RbacPermission/Template/CryptoServiceKeyUser'
const SECRET_USER = 'RbacPermission/Template/CryptoServiceSecretUser'
const Name = 'app'
const policy = {
  Name,
  Permissions: JSON.stringify([KEY_USER, SECRET_USER]),
  Resources: '["key/*","secret/db"]',
}

describe('policies', () => {
  test('are made, described, changed, listed and deleted', async () => {
    const { call, memory } = await sharedDoorUnderTest()
    await memory.vault.vaults.create(memory.administrator, { name: 'other' })
    const office = { Name: 'office', Type: 'Private', SourcePrivateIp: '["192.0.2.1"]' }
    await call('CreateNetworkRule', office)
    const wanted = { KmsInstance: 'kst-other', AccessControlRules: '{"NetworkRules":["office"]}' }
    const asked = { ...policy, ...wanted, Description: 'of the app' }
    const made = await call('CreatePolicy', asked)
    const { RequestId: _, Arn, ...members } = made.body
    assert.match(Arn, /^acs:kms:cn-hangzhou:\d{16}:policy\/app$/)
    assert.deepEqual([made.status, members], [200, asked])
    const shown = async (): Promise<Readonly<Record<string, unknown>>> => {
      const { RequestId: __, ...rest } = (await call('DescribePolicy', { Name })).body
      return rest
    }
    const Permissions = [KEY_USER, SECRET_USER]
    const Resources = ['key/*', 'secret/db']
    const before = { Arn, Name, Permissions, Resources, ...wanted, Description: 'of the app' }
    assert.deepEqual(await shown(), before)
    await call('UpdatePolicy', { Name })
    assert.deepEqual(await shown(), before)
    await call('UpdatePolicy', {
      Name,
      Permissions: JSON.stringify([SECRET_USER]),
      Resources: '["secret/*"]',
      AccessControlRules: '{}',
      Description: '',
    })
    assert.deepEqual(await shown(), {
      ...before,
      Permissions: [SECRET_USER],
      Resources: ['secret/*'],
      AccessControlRules: '{"NetworkRules":[]}',
      Description: '',
    })
    const list = (await call('ListPolicies')).body
    // The first start makes one too.
    assert.deepEqual(list.Policies.Policy, [{ Name }, { Name: 'default' }])
    assert.deepEqual([list.TotalCount, list.PageSize], [2, 20])
    assert.equal((await call('DeletePolicy', { Name })).status, 200)
    assert.equal((await call('DescribePolicy', { Name })).body.Code, 'Forbidden.ResourceNotFound')
  })

  test('are for the default instance where none is named', async () => {
    const { call } = await sharedDoorUnderTest()
    assert.equal((await call('CreatePolicy', policy)).body.KmsInstance, 'kst-default')
    const none = await call('CreatePolicy', { ...policy, Name: 'b', KmsInstance: 'kst-none' })
    assert.deepEqual([none.status, none.body.Code], [403, 'Forbidden.DKMSInstanceNotFound'])
    const bad = await call('CreatePolicy', { ...policy, Name: 'b', KmsInstance: 'default' })
    assert.equal(bad.body.Code, 'Forbidden.DKMSInstanceNotFound')
  })

  test('let secrets be read by their names, those too that the vault calls otherwise', async () => {
    const { call, memory } = await sharedDoorUnderTest()
    const { vault, administrator, identity } = memory
    const written = 'team/db.password'
    const Resources = JSON.stringify([`secret/${written}`])
    await call('CreatePolicy', { ...policy, Resources })
    assert.deepEqual((await call('DescribePolicy', { Name })).body.Resources, [`secret/${written}`])
    const point = await vault.accessPoints.create(administrator, { name: 'web', policies: [Name] })
    const caller = memory.callBy(point.principal)
    for (const name of [secretObjectName(written), 'unnamed']) {
      const secret = { vault: 'default', name }
      await vault.secrets.set(identity, { secret, value: Secret.fromText('a') })
    }
    const read = (name: string) => vault.secrets.get(caller, { secret: { vault: 'default', name } })
    assert.equal((await read(secretObjectName(written))).value.byteLength, 1)
    await assert.rejects(read('unnamed'), /AccessDenied/)
  })

  test('have templates, resources and rules of their forms', async () => {
    const { call } = await sharedDoorUnderTest()
    const refusals = [
      ['Name', { Name: 'no name' }],
      ['Permissions', { Permissions: '[]' }],
      ['Permissions', { Permissions: '["keyUser"]' }],
      ['Permissions', { Permissions: KEY_USER }],
      ['Resources', { Resources: '[]' }],
      ['Resources', { Resources: '["certificate/*"]' }],
      ['Resources', { Resources: '["key/a b"]' }],
      ['AccessControlRules', { AccessControlRules: '[]' }],
      ['AccessControlRules', { AccessControlRules: '{"NetworkRules":"office"}' }],
      ['AccessControlRules', { AccessControlRules: '{"NetworkRules":[1]}' }],
    ] as const
    for (const [parameter, parameters] of refusals) {
      const { status, body } = await call('CreatePolicy', { ...policy, ...parameters })
      assert.deepEqual([status, body.Code], [400, 'InvalidParameter'], JSON.stringify(parameters))
      assert.match(body.Message, new RegExp(parameter))
    }
    const rules = { AccessControlRules: '{"NetworkRules":["none"]}' }
    const unknown = await call('CreatePolicy', { ...policy, ...rules })
    assert.deepEqual([unknown.status, unknown.body.Code], [404, 'Forbidden.ResourceNotFound'])
    assert.equal((await call('CreatePolicy', { Name })).body.Code, 'MissingParameter')
    await call('CreatePolicy', policy)
    assert.equal((await call('CreatePolicy', policy)).body.Code, 'Rejected.ResourceExist')
  })

  test('stay while an access point has them', async () => {
    const { call } = await sharedDoorUnderTest()
    await call('CreatePolicy', policy)
    await call('CreateApplicationAccessPoint', { Name: 'web', Policies: '["app"]' })
    assert.equal((await call('DeletePolicy', { Name })).body.Code, 'Rejected.UnsupportedOperation')
  })

  forThoseAloneWhoMay([
    ['CreatePolicy', policy],
    ['UpdatePolicy', { Name }],
    ['DescribePolicy', { Name }],
    ['DeletePolicy', { Name }],
    ['ListPolicies', {}],
  ])
})
