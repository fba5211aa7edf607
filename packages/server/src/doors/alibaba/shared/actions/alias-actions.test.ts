import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accountIdOf } from '../../account-id.ts'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

async function newKey({ call }: SharedDoorUnderTest, DKMSInstanceId?: string): Promise<string> {
  const { body } = await call('CreateKey', DKMSInstanceId === undefined ? {} : { DKMSInstanceId })
  return body.KeyMetadata.KeyId
}

describe('aliases', () => {
  it('are made, shown, moved and taken away', async () => {
    const door = await sharedDoorUnderTest()
    const { call, memory } = door
    const [KeyId, other] = [await newKey(door), await newKey(door)]
    const AliasName = 'alias/App/Orders_1'
    assert.equal((await call('CreateAlias', { KeyId, AliasName })).status, 200)
    const { body } = await call('ListAliases')
    const account = accountIdOf(memory.first.tenant.id)
    const AliasArn = `acs:kms:cn-hangzhou:${account}:alias/App/Orders_1`
    assert.deepEqual(body.Aliases.Alias, [{ KeyId, AliasName, AliasArn }])
    assert.deepEqual([body.TotalCount, body.PageNumber, body.PageSize], [1, 1, 10])
    assert.equal((await call('DescribeKey', { KeyId: AliasName })).body.KeyMetadata.KeyId, KeyId)
    assert.equal((await call('DescribeKey', { KeyId: AliasArn })).body.KeyMetadata.KeyId, KeyId)
    assert.equal((await call('UpdateAlias', { KeyId: other, AliasName })).status, 200)
    assert.equal((await call('DescribeKey', { KeyId: AliasName })).body.KeyMetadata.KeyId, other)
    assert.deepEqual((await call('ListAliasesByKeyId', { KeyId })).body.Aliases, { Alias: [] })
    assert.equal((await call('ListAliasesByKeyId', { KeyId: other })).body.TotalCount, 1)
    assert.equal((await call('DeleteAlias', { AliasName })).status, 200)
    assert.equal((await call('DescribeKey', { KeyId: AliasName })).body.Code, 'Forbidden.AliasNotFound')
  })

  it('are listed page by page over all instances, PageSize 0 giving the number alone', async () => {
    const door = await sharedDoorUnderTest()
    const { call, memory } = door
    await memory.vault.vaults.create(memory.administrator, { name: 'another' })
    const keys = [await newKey(door, 'kst-another'), await newKey(door)]
    const names = ['alias/a', 'alias/b', 'alias/c', 'alias/d', 'alias/e']
    for (const [at, AliasName] of names.entries()) {
      await call('CreateAlias', { KeyId: keys[at % 2] ?? '', AliasName })
    }
    const seen: string[] = []
    for (const PageNumber of [1, 2, 3, 4]) {
      const { body } = await call('ListAliases', { PageNumber, PageSize: 2 })
      assert.equal(body.TotalCount, 5)
      seen.push(...body.Aliases.Alias.map((one: { AliasName: string }) => one.AliasName))
    }
    assert.deepEqual(seen.toSorted(), names)
    const { body } = await call('ListAliases', { PageSize: 0 })
    assert.deepEqual([body.Aliases.Alias, body.TotalCount], [[], 5])
  })

  it('are refused in the words of the service', async () => {
    const door = await sharedDoorUnderTest()
    const { call } = door
    const KeyId = await newKey(door)
    await call('CreateAlias', { KeyId, AliasName: 'alias/taken' })
    const none = 'key-000000000000000000000'
    for (const [action, parameters, status, code] of [
      ['CreateAlias', { KeyId, AliasName: 'alias/taken' }, 400, 'AliasAlreadyExists'],
      ['CreateAlias', { KeyId, AliasName: 'taken' }, 400, 'InvalidParameter'],
      ['CreateAlias', { KeyId, AliasName: 'alias/' }, 400, 'InvalidParameter'],
      ['CreateAlias', { KeyId, AliasName: 'alias/a b' }, 400, 'InvalidParameter'],
      ['CreateAlias', { KeyId, AliasName: `alias/${'x'.repeat(250)}` }, 400, 'InvalidParameter'],
      ['CreateAlias', { KeyId, AliasName: 'alias/acs/oss' }, 400, 'InvalidParameter'],
      ['CreateAlias', { KeyId }, 400, 'MissingParameter'],
      ['CreateAlias', { KeyId: none, AliasName: 'alias/x' }, 404, 'Forbidden.KeyNotFound'],
      ['CreateAlias', { KeyId: 'alias/taken', AliasName: 'alias/x' }, 400, 'Unsupported.Alias'],
      ['UpdateAlias', { KeyId, AliasName: 'alias/none' }, 404, 'Forbidden.AliasNotFound'],
      ['UpdateAlias', { KeyId: none, AliasName: 'alias/taken' }, 404, 'Forbidden.KeyNotFound'],
      ['DeleteAlias', { AliasName: 'alias/none' }, 404, 'Forbidden.AliasNotFound'],
      ['DeleteAlias', { AliasName: 'none' }, 400, 'InvalidParameter'],
      ['ListAliasesByKeyId', { KeyId: none }, 404, 'Forbidden.KeyNotFound'],
      ['ListAliases', { PageSize: 101 }, 400, 'InvalidParameter'],
      ['ListAliases', { PageNumber: 0 }, 400, 'InvalidParameter'],
    ] as const) {
      const { body, status: answered } = await call(action, parameters)
      assert.deepEqual([answered, body.Code], [status, code], `${action} ${JSON.stringify(parameters)}`)
    }
    for (const action of ['CreateAlias', 'UpdateAlias'] as const) {
      const asked = await call(action, { KeyId, AliasName: 'alias/taken' }, 'stranger')
      assert.equal(asked.body.Code, 'Forbidden.NoPermission')
    }
    const { body } = await call('ListAliases', {}, 'stranger')
    assert.equal(body.Code, 'Forbidden.NoPermission')
  })

  it('are not taken from a key by somebody to whom it does not belong', async () => {
    const door = await sharedDoorUnderTest()
    const { call, memory } = door
    await memory.vault.vaults.create(memory.administrator, { name: 'another' })
    const theirs = await newKey(door, 'kst-another')
    const own = await newKey(door)
    await call('CreateAlias', { KeyId: theirs, AliasName: 'alias/payroll' })
    // The identity has all of the vault `default`, and nothing of the other.
    const { body } = await call('UpdateAlias', { KeyId: own, AliasName: 'alias/payroll' }, 'identity')
    assert.equal(body.Code, 'Forbidden.NoPermission')
    const shown = await call('DescribeKey', { KeyId: 'alias/payroll' })
    assert.equal(shown.body.KeyMetadata.KeyId, theirs)
  })
})
