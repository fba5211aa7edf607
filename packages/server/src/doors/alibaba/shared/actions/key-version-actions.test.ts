import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { systemCall } from '@claviger/vault'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

const DAY = 86_400
const NOBODY = 'key-000000000000000000000'

type Parameters = Readonly<Record<string, string | number | boolean>>

async function newKey({ call }: SharedDoorUnderTest, parameters: Parameters = {}) {
  const { body, status } = await call('CreateKey', parameters)
  assert.equal(status, 200, JSON.stringify(body))
  return body.KeyMetadata
}

describe('versions of a key', () => {
  it('are made, listed and described, and the newest encrypts', async () => {
    const door = await sharedDoorUnderTest()
    const { call, memory } = door
    const { KeyId, PrimaryKeyVersion, CreationDate } = await newKey(door)
    const before = (await call('Encrypt', { KeyId, Plaintext: 'old' })).body.CiphertextBlob
    await call('CreateAlias', { KeyId, AliasName: 'alias/a' })
    memory.clock.advance(DAY)
    const { body } = await call('CreateKeyVersion', { KeyId: 'alias/a' })
    const { KeyVersionId } = body.KeyVersion
    assert.equal(body.KeyVersion.KeyId, KeyId)
    assert.equal(KeyVersionId.length, 36)
    const { KeyMetadata } = (await call('DescribeKey', { KeyId })).body
    assert.equal(KeyMetadata.PrimaryKeyVersion, KeyVersionId)
    assert.equal(KeyMetadata.CreationDate, CreationDate)
    assert.equal(KeyMetadata.LastRotationDate, '2026-01-02T00:00:00Z')
    assert.equal((await call('Encrypt', { KeyId, Plaintext: 'new' })).body.KeyVersionId, KeyVersionId)
    assert.equal((await call('Decrypt', { CiphertextBlob: before })).body.Plaintext, 'old')
    const listed = (await call('ListKeyVersions', { KeyId, PageSize: 1, PageNumber: 2 })).body
    assert.deepEqual([listed.TotalCount, listed.PageNumber, listed.PageSize], [2, 2, 1])
    assert.equal(listed.KeyVersions.KeyVersion.length, 1)
    const shown = await call('DescribeKeyVersion', { KeyId, KeyVersionId: PrimaryKeyVersion })
    assert.deepEqual(shown.body.KeyVersion, { KeyId, KeyVersionId: PrimaryKeyVersion, CreationDate })
  })

  it('are none of a key that waits for its material', async () => {
    const door = await sharedDoorUnderTest()
    const { KeyId, PrimaryKeyVersion, KeyState } = await newKey(door, { Origin: 'EXTERNAL' })
    assert.deepEqual([PrimaryKeyVersion, KeyState], ['', 'PendingImport'])
    const { body } = await door.call('ListKeyVersions', { KeyId })
    assert.deepEqual([body.KeyVersions, body.TotalCount], [{ KeyVersion: [] }, 0])
    const place = await door.memory.vault.keyFinder.find(door.memory.first.tenant.id, { keyId: KeyId })
    assert.ok(place)
    const { version } = await door.memory.vault.keys.get(door.memory.administrator, { key: place })
    const KeyVersionId = `${KeyId}-${version.slice(0, 10)}`
    const asked = await door.call('DescribeKeyVersion', { KeyId, KeyVersionId })
    assert.equal(asked.body.Code, 'Forbidden.KeyVersionNotFound')
  })

  it('of an asymmetric key are fifty at most, and of an age where that is set', async () => {
    const settings = {
      regions: ['cn-hangzhou'], homeVault: 'default', caCertificateChain: () => '', asymmetricVersionDays: 7,
    } as const
    const door = await sharedDoorUnderTest({ settings })
    const { call, memory } = door
    const { KeyId } = await newKey(door, { KeySpec: 'EC_P256' })
    const early = await call('CreateKeyVersion', { KeyId })
    assert.deepEqual([early.status, early.body.Code], [400, 'Rejected.UnsupportedOperation'])
    memory.clock.advance(7 * DAY)
    for (let versions = 2; versions <= 50; versions += 1) {
      assert.equal((await call('CreateKeyVersion', { KeyId })).status, 200)
      memory.clock.advance(7 * DAY)
    }
    const full = await call('CreateKeyVersion', { KeyId })
    assert.deepEqual([full.status, full.body.Code], [400, 'Rejected.UnsupportedOperation'])
    const symmetric = await newKey(door)
    assert.equal((await call('CreateKeyVersion', { KeyId: symmetric.KeyId })).status, 200)
  })

  it('are refused in the words of the service', async () => {
    const door = await sharedDoorUnderTest()
    const { call } = door
    const { KeyId, PrimaryKeyVersion } = await newKey(door)
    const other = await newKey(door)
    const mac = await newKey(door, { KeySpec: 'HMAC_256' })
    for (const [action, parameters, status, code] of [
      ['CreateKeyVersion', {}, 400, 'MissingParameter'],
      ['CreateKeyVersion', { KeyId: NOBODY }, 404, 'Forbidden.KeyNotFound'],
      ['CreateKeyVersion', { KeyId: 'alias/none' }, 404, 'Forbidden.AliasNotFound'],
      ['CreateKeyVersion', { KeyId: mac.KeyId }, 400, 'Rejected.UnsupportedOperation'],
      ['DescribeKeyVersion', { KeyId }, 400, 'MissingParameter'],
      ['DescribeKeyVersion', { KeyId, KeyVersionId: 'x' }, 404, 'Forbidden.KeyVersionNotFound'],
      ['DescribeKeyVersion', { KeyId, KeyVersionId: `${KeyId}-0000000000` }, 404, 'Forbidden.KeyVersionNotFound'],
      ['DescribeKeyVersion', { KeyId: other.KeyId, KeyVersionId: PrimaryKeyVersion }, 404, 'Forbidden.KeyVersionNotFound'],
      ['ListKeyVersions', { KeyId: NOBODY }, 404, 'Forbidden.KeyNotFound'],
      ['ListKeyVersions', { KeyId, PageSize: 102 }, 400, 'InvalidParameter'],
    ] as const) {
      const { body, status: answered } = await call(action, parameters)
      assert.deepEqual([answered, body.Code], [status, code], `${action} ${JSON.stringify(parameters)}`)
    }
    for (const action of ['CreateKeyVersion', 'ListKeyVersions', 'DescribeKeyVersion'] as const) {
      const { body } = await call(action, { KeyId, KeyVersionId: PrimaryKeyVersion }, 'stranger')
      assert.equal(body.Code, 'Forbidden.NoPermission')
    }
  })
})

describe('automatic rotation', () => {
  it('is asked for at the making, and answered in seconds', async () => {
    const door = await sharedDoorUnderTest()
    const made = await newKey(door, { EnableAutomaticRotation: true, RotationInterval: '365d' })
    assert.equal(made.AutomaticRotation, 'Enabled')
    assert.equal(made.RotationInterval, '31536000s')
    assert.equal(made.NextRotationDate, '2027-01-01T00:00:00Z')
    const without = await newKey(door, { EnableAutomaticRotation: false, RotationInterval: '365d' })
    assert.equal(without.AutomaticRotation, 'Disabled')
    assert.equal(without.NextRotationDate, undefined)
  })

  it('is set, suspended with its key, and ended; what Azure says of the key stays', async () => {
    const door = await sharedDoorUnderTest()
    const { call, memory } = door
    const { KeyId } = await newKey(door, { Description: 'kept' })
    const key = { vault: 'default', name: KeyId }
    const expiryTime = 'P2Y'
    await memory.vault.keys.setRotationPolicy(memory.administrator, { key, lifetimeActions: [], expiryTime })
    for (const [RotationInterval, seconds] of [
      ['7d', '604800s'], ['200h', '720000s'], ['20000m', '1200000s'], ['864001s', '864001s'], ['729d', '62985600s'],
    ] as const) {
      await call('UpdateRotationPolicy', { KeyId, EnableAutomaticRotation: true, RotationInterval })
      const { KeyMetadata } = (await call('DescribeKey', { KeyId })).body
      assert.deepEqual([KeyMetadata.AutomaticRotation, KeyMetadata.RotationInterval], ['Enabled', seconds])
    }
    await call('DisableKey', { KeyId })
    const suspended = (await call('DescribeKey', { KeyId })).body.KeyMetadata
    assert.equal(suspended.AutomaticRotation, 'Suspended')
    assert.notEqual(suspended.NextRotationDate, undefined)
    await call('EnableKey', { KeyId })
    await call('UpdateRotationPolicy', { KeyId, EnableAutomaticRotation: false })
    const { KeyMetadata } = (await call('DescribeKey', { KeyId })).body
    assert.deepEqual([KeyMetadata.AutomaticRotation, KeyMetadata.Description], ['Disabled', 'kept'])
    const { policy } = await memory.vault.keys.getRotationPolicy(memory.administrator, { key })
    assert.equal(policy.expiryTime, expiryTime)
  })

  it('is done when it is time', async () => {
    const door = await sharedDoorUnderTest()
    const { call, memory } = door
    const made = await newKey(door, { EnableAutomaticRotation: true, RotationInterval: '7d' })
    const key = { vault: 'default', name: made.KeyId }
    const scheduler = systemCall('scheduler', memory.first.tenant.id)
    memory.clock.advance(7 * DAY - 1)
    assert.equal((await memory.vault.keys.rotateIfDue(scheduler, { key })).version, undefined)
    memory.clock.advance(1)
    assert.notEqual((await memory.vault.keys.rotateIfDue(scheduler, { key })).version, undefined)
    const { KeyMetadata } = (await call('DescribeKey', { KeyId: made.KeyId })).body
    assert.equal(KeyMetadata.LastRotationDate, '2026-01-08T00:00:00Z')
    assert.equal(KeyMetadata.NextRotationDate, '2026-01-15T00:00:00Z')
  })

  it('is refused in the words of the service', async () => {
    const door = await sharedDoorUnderTest()
    const { call } = door
    const { KeyId } = await newKey(door)
    const signing = (await newKey(door, { KeySpec: 'EC_P256' })).KeyId
    const mac = (await newKey(door, { KeySpec: 'HMAC_256' })).KeyId
    const on = { EnableAutomaticRotation: true, RotationInterval: '30d' }
    for (const [parameters, status, code] of [
      [{ KeyId }, 400, 'MissingParameter'],
      [{ KeyId, EnableAutomaticRotation: true }, 400, 'MissingParameter'],
      [{ KeyId, EnableAutomaticRotation: 'yes' }, 400, 'InvalidParameter'],
      [{ KeyId: NOBODY, ...on }, 404, 'Forbidden.KeyNotFound'],
      [{ KeyId: signing, ...on }, 400, 'Rejected.UnsupportedOperation'],
      [{ KeyId: mac, ...on }, 400, 'Rejected.UnsupportedOperation'],
    ] as const) {
      const { body, status: answered } = await call('UpdateRotationPolicy', parameters)
      assert.deepEqual([answered, body.Code], [status, code], JSON.stringify(parameters))
    }
    for (const RotationInterval of ['6d', '731d', '604799s', '30', 'd', '-7d', '7.5d', '30w', '99999999999d']) {
      const asked = { KeyId, EnableAutomaticRotation: true, RotationInterval }
      const { body } = await call('UpdateRotationPolicy', asked)
      assert.deepEqual(
        [body.Code, body.Message],
        ['InvalidParameter', 'The specified parameter RotationInterval is not valid.'],
        RotationInterval,
      )
    }
    for (const [parameters, code] of [
      [{ ...on, KeySpec: 'RSA_2048' }, 'UnsupportedOperation'],
      [{ ...on, Origin: 'EXTERNAL' }, 'UnsupportedOperation'],
      [{ EnableAutomaticRotation: true }, 'MissingParameter'],
      [{ EnableAutomaticRotation: true, RotationInterval: '6d' }, 'InvalidParameter'],
    ] as const) {
      assert.equal((await call('CreateKey', parameters)).body.Code, code, JSON.stringify(parameters))
    }
    const stranger = await call('UpdateRotationPolicy', { KeyId, ...on }, 'stranger')
    assert.equal(stranger.body.Code, 'Forbidden.NoPermission')
  })

  it('of a policy that Azure has set is shown in seconds too', async () => {
    const door = await sharedDoorUnderTest()
    const { KeyId } = await newKey(door)
    const key = { vault: 'default', name: KeyId }
    const lifetimeActions = [{ type: 'Rotate', timeAfterCreate: 'P1M' }] as const
    await door.memory.vault.keys.setRotationPolicy(door.memory.administrator, { key, lifetimeActions })
    const { KeyMetadata } = (await door.call('DescribeKey', { KeyId })).body
    assert.deepEqual([KeyMetadata.RotationInterval, KeyMetadata.NextRotationDate], ['2678400s', '2026-02-01T00:00:00Z'])
  })
})
