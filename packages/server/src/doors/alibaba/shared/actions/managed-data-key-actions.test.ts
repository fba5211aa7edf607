import assert from 'node:assert/strict'
import { Secret } from '@claviger/vault'
import { it } from 'node:test'
import { sharedDoorUnderTest, type SharedDoorUnderTest } from '../door-under-test.ts'

const DataKeyName = 'orders'
const keyOf = (letter: string): string => Buffer.alloc(32, letter).toString('base64')

/** A data key with a version for each letter. */
async function withDataKey(...letters: readonly string[]): Promise<SharedDoorUnderTest> {
  const world = await sharedDoorUnderTest()
  const { vault, administrator, clock } = world.memory
  const secret = { vault: 'default', name: `kms-datakey-${DataKeyName}` }
  for (const letter of letters) {
    await vault.secrets.set(administrator, { secret, value: Secret.fromText(keyOf(letter)) })
    clock.advance(10)
  }
  return world
}

it('a managed data key is the first version, the latest, or the one that is named', async () => {
  const { call } = await withDataKey('a', 'b', 'c')
  const { body } = await call('GetManagedDataKey', { DataKeyName })
  assert.equal(body.Plaintext, keyOf('a'))
  assert.match(body.DataKeyVersionId, /^[0-9a-z]{8}$/)
  assert.equal(body.DataKeyVersionName, `kms-datakeyversion!orders!${body.DataKeyVersionId}`)
  const latest = (await call('GetManagedDataKey', { DataKeyName, UseLatest: 'true' })).body
  assert.equal(latest.Plaintext, keyOf('c'))
  const list = { DataKeyName, PageSize: 2 }
  const listed = (await call('ListManagedDataKeyVersions', list)).body
  assert.deepEqual([listed.TotalCount, listed.PageSize], [3, 2])
  const [, { DataKeyVersionId }] = listed.ManagedDataKeyVersions.ManagedDataKeyVersion
  const second = (await call('GetManagedDataKey', { DataKeyName, DataKeyVersionId })).body
  assert.deepEqual([second.Plaintext, second.DataKeyVersionId], [keyOf('b'), DataKeyVersionId])
})

it('a managed data key can be made over this wire, with any name', async () => {
  const { call } = await sharedDoorUnderTest()
  const made = { SecretName: 'kms-datakey-a/b', VersionId: 'v1', SecretData: keyOf('a') }
  await call('CreateSecret', made)
  assert.equal((await call('GetManagedDataKey', { DataKeyName: 'a/b' })).body.Plaintext, keyOf('a'))
})

it('a managed data key that there is not, or is none, is refused', async () => {
  const { call } = await withDataKey('a')
  await call('CreateSecret', { SecretName: 'kms-datakey-text', VersionId: 'v1', SecretData: 'no base64!' })
  for (const [parameters, code] of [
    [{ DataKeyName: 'none' }, 'Forbidden.ResourceNotFound'],
    [{ DataKeyName, DataKeyVersionId: 'zzzzzzzz' }, 'Forbidden.ResourceNotFound'],
    [{ DataKeyName: 'a!b' }, 'InvalidParameter'],
    [{ DataKeyName: 'text' }, 'Rejected.UnsupportedOperation'],
    [{}, 'MissingParameter'],
  ] as const) {
    assert.equal((await call('GetManagedDataKey', parameters)).body.Code, code)
  }
  const list = { DataKeyName: 'none' }
  const { body } = await call('ListManagedDataKeyVersions', list)
  assert.equal(body.Code, 'Forbidden.ResourceNotFound')
})
