import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { Secret } from '@claviger/vault'
import { memoryIdentity } from '@claviger/vault/testing'
import { kmsCredentials, type KmsCredentials, type KmsCredentialsBefore } from './kms-credentials.ts'

const NONE = {
  accessKeyId: undefined,
  accessKeySecret: undefined,
  clientKeyPassword: undefined,
} satisfies KmsCredentialsBefore

async function underTest(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'claviger-kms-'))
  context.after(() => rmSync(folder, { recursive: true }))
  const world = await memoryIdentity()
  const { vault, store, seal, clock, administrator: call } = world
  const tenant = await (await vault.view()).tenant(call.caller.tenant)
  assert.ok(tenant?.localUser !== undefined)
  const ports = { store, seal, clock, view: () => vault.view(), fetchJson: async () => assert.fail() }
  const make = (before: KmsCredentialsBefore, renew = false): Promise<KmsCredentials | undefined> =>
    kmsCredentials({ folder, vault, ports, clock, tenant, call, before, renew })
  const keyId = (): unknown => JSON.parse(readFileSync(join(folder, 'client-key.json'), 'utf8')).KeyId
  return { vault, call, user: tenant.localUser, make, keyId }
}

function asBefore(made: KmsCredentials | undefined): KmsCredentialsBefore {
  return {
    accessKeyId: made?.accessKey?.accessKeyId,
    accessKeySecret: made?.accessKey?.secret,
    clientKeyPassword: made?.clientKey?.password,
  }
}

test('both are kept while they are good, and made anew when that is asked for', async (context) => {
  const { make, keyId } = await underTest(context)
  const first = await make(NONE)
  const known = keyId()
  const again = await make(asBefore(first))
  assert.equal(again?.accessKey?.accessKeyId, first?.accessKey?.accessKeyId)
  assert.equal(again?.clientKey?.password, first?.clientKey?.password)
  assert.equal(keyId(), known)
  const renewed = await make(asBefore(first), true)
  assert.notEqual(renewed?.accessKey?.accessKeyId, first?.accessKey?.accessKeyId)
  assert.notEqual(keyId(), known)
})

test('a file that the password does not open, as a stop in between leaves it, is made anew', async (context) => {
  const { make, keyId } = await underTest(context)
  const first = await make(NONE)
  const known = keyId()
  await make({ ...asBefore(first), clientKeyPassword: Secret.fromText('of the file before') })
  assert.notEqual(keyId(), known)
})

test('whoever deletes the access point or the user has the other one still', async (context) => {
  const { vault, call, user, make } = await underTest(context)
  const first = await make(NONE)
  await vault.accessPoints.delete(call, { name: 'default' })
  const without = await make(asBefore(first))
  assert.equal(without?.clientKey, undefined)
  assert.equal(without?.accessKey?.accessKeyId, first?.accessKey?.accessKeyId)
  await vault.principals.delete(call, { principal: user })
  assert.deepEqual(await make(asBefore(without)), { accessKey: undefined, clientKey: undefined })
})
