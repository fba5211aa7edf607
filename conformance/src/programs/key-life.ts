import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { CryptographyClient, KeyClient } from '@azure/keyvault-keys'
import { collect } from './collect.ts'
import { client, credential, message, prefix, signsAndVerifies, version } from './key-client.ts'
import { localKey, localKeys, vaultJwk } from './local-keys.ts'
import { refused } from './refused.ts'
import { step, variable } from './step.ts'

// What happens to keys: read, listed, changed, rotated, deleted and brought back.

const locals = localKeys()

/** Polls that need not wait as long as the client's default of two seconds. */
const quickly = { intervalInMs: 50 }

async function deleteAndPurge(name: string): Promise<void> {
  const poller = await client.beginDeleteKey(name, quickly)
  await poller.pollUntilDone()
  await client.purgeDeletedKey(name)
}

await step('reads each version by its name and the newest without', async () => {
  const name = `${prefix}-versions`
  const first = await client.createEcKey(name)
  const second = await client.createEcKey(name)
  const old = await client.getKey(name, { version: version(first) })
  assert.deepEqual(old.key?.x, first.key?.x)
  assert.deepEqual((await client.getKey(name)).key?.x, second.key?.x)
})

await step('lists 30 versions over pages', async () => {
  const name = `${prefix}-many-versions`
  const made: string[] = []
  for (let index = 0; index < 30; index += 1) made.push(version(await client.createEcKey(name)))
  const listed = await collect(client.listPropertiesOfKeyVersions(name))
  assert.deepEqual(new Set(listed.map((properties) => properties.version)), new Set(made))
  assert.equal(listed.length, 30)
})

await step('lists 30 keys over pages, each once', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `${prefix}-listed-${index}`)
  await Promise.all(names.map((name) => client.createOctKey(name, { keySize: 128 })))
  const listed = (await collect(client.listPropertiesOfKeys())).map(({ name }) => name)
  const ours = listed.filter((name) => name.startsWith(`${prefix}-listed-`))
  assert.deepEqual(ours.sort(), names.sort())
  const sizes: number[] = []
  for await (const page of client.listPropertiesOfKeys().byPage({ maxPageSize: 7 })) {
    sizes.push(page.length)
  }
  assert.equal(sizes[0], 7)
})

await step('updates the properties of a version and leaves the key alone', async () => {
  const name = `${prefix}-updated`
  const made = await client.createEcKey(name, { tags: { before: 'yes' } })
  const changes = { tags: { after: 'yes' }, keyOps: ['verify'] }
  const updated = await client.updateKeyProperties(name, version(made), changes)
  assert.deepEqual(updated.properties.tags, { after: 'yes' })
  assert.deepEqual(updated.keyOperations, ['verify'])
  assert.deepEqual(updated.key?.x, made.key?.x)
  // By its id the client knows nothing of the operations, so the vault has to refuse.
  await client.updateKeyProperties(name, { keyOps: ['sign', 'verify'] })
  await signsAndVerifies(await client.getKey(name), 'ES256')
})

await step('refuses a disabled key with 403 until it is enabled again', async () => {
  const name = `${prefix}-disabled`
  const key = await client.createEcKey(name)
  await client.updateKeyProperties(name, version(key), { enabled: false })
  const digest = createHash('sha256').update(message).digest()
  const crypto = new CryptographyClient(key, credential)
  await refused(crypto.sign('ES256', digest), 403, 'Forbidden')
  await client.updateKeyProperties(name, version(key), { enabled: true })
  await signsAndVerifies(key, 'ES256')
})

await step('rotates: the newest version is another key, the old one still works', async () => {
  const name = `${prefix}-rotated`
  const first = await client.createEcKey(name, { curve: 'P-384', tags: { kept: 'yes' } })
  const second = await client.rotateKey(name)
  assert.notEqual(version(second), version(first))
  assert.equal(second.key?.crv, 'P-384')
  assert.deepEqual(second.properties.tags, { kept: 'yes' })
  assert.notDeepEqual(second.key?.x, first.key?.x)
  await signsAndVerifies(first, 'ES384')
  await signsAndVerifies(second, 'ES384')
})

await step('keeps a rotation policy', async () => {
  const name = `${prefix}-policy`
  await client.createEcKey(name)
  const standard = await client.getKeyRotationPolicy(name)
  assert.deepEqual(standard.lifetimeActions?.map(({ action }) => action), ['Notify'])
  const set = await client.updateKeyRotationPolicy(name, {
    expiresIn: 'P90D',
    lifetimeActions: [{ action: 'Rotate', timeBeforeExpiry: 'P30D' }],
  })
  const read = await client.getKeyRotationPolicy(name)
  assert.equal(read.expiresIn, 'P90D')
  assert.ok(read.id?.endsWith('/rotationpolicy') && read.createdOn && read.updatedOn)
  assert.deepEqual(read.lifetimeActions, set.lifetimeActions)
  const rotate = read.lifetimeActions?.find(({ action }) => action === 'Rotate')
  assert.equal(rotate?.timeBeforeExpiry, 'P30D')
  const { properties } = await client.rotateKey(name)
  const lifetime = Number(properties.expiresOn) - Number(properties.createdOn)
  assert.equal(Math.round(lifetime / 86_400_000), 90)
})

await step('refuses rotation policies that contradict themselves', async () => {
  const name = `${prefix}-policy`
  const rotate = { action: 'Rotate' } as const
  const wrong = [
    { expiresIn: 'P1D' },
    { expiresIn: 'soon' },
    { lifetimeActions: [{ ...rotate, timeBeforeExpiry: 'P30D' }] },
    { expiresIn: 'P90D', lifetimeActions: [{ ...rotate, timeAfterCreate: 'P1D' }] },
    {
      expiresIn: 'P90D',
      lifetimeActions: [{ ...rotate, timeAfterCreate: 'P30D', timeBeforeExpiry: 'P30D' }],
    },
  ]
  for (const policy of wrong) {
    await refused(client.updateKeyRotationPolicy(name, policy), 400, 'BadParameter')
  }
  assert.equal((await client.getKeyRotationPolicy(name)).expiresIn, 'P90D')
})

await step('deletes, shows as deleted, recovers with every version', async () => {
  const name = `${prefix}-recovered`
  const first = await client.createEcKey(name)
  const second = await client.createEcKey(name)
  const deleted = await (await client.beginDeleteKey(name, quickly)).pollUntilDone()
  assert.equal(deleted.name, name)
  assert.ok(deleted.properties.recoveryId?.includes('/deletedkeys/'))
  assert.ok(deleted.properties.deletedOn && deleted.properties.scheduledPurgeDate)
  await refused(client.getKey(name), 404, 'KeyNotFound')
  await refused(client.createEcKey(name), 409, 'Conflict')
  const digest = createHash('sha256').update(message).digest()
  await refused(new CryptographyClient(first, credential).sign('ES256', digest), 404)
  assert.equal((await client.getDeletedKey(name)).name, name)
  const listed = await collect(client.listDeletedKeys())
  assert.ok(listed.some((key) => key.name === name))
  const recovering = await client.beginRecoverDeletedKey(name, quickly)
  assert.equal((await recovering.pollUntilDone()).name, name)
  await signsAndVerifies(first, 'ES256')
  assert.equal((await client.getKey(name)).id, second.id)
})

await step('answers 404 for what is not there', async () => {
  const name = `${prefix}-nothing`
  await refused(client.getKey(name), 404, 'KeyNotFound')
  await refused(client.getKey(`${prefix}-versions`, { version: 'f'.repeat(32) }), 404)
  await refused(client.updateKeyProperties(name, { enabled: true }), 404, 'KeyNotFound')
  await refused(client.rotateKey(name), 404, 'KeyNotFound')
  await refused(client.getKeyRotationPolicy(name), 404, 'KeyNotFound')
  await refused(client.getDeletedKey(name), 404, 'KeyNotFound')
  await refused(client.purgeDeletedKey(name), 404)
  await refused(client.beginDeleteKey(name), 404, 'KeyNotFound')
  await refused(client.beginRecoverDeletedKey(name), 404)
  await refused(client.backupKey(name), 404, 'KeyNotFound')
})

await step('backs up, purges and restores with every version', async () => {
  const name = `${prefix}-backup`
  const { jwk } = localKey(locals, 'EC-P-521')
  const first = await client.importKey(name, vaultJwk(jwk), { tags: { kept: 'yes' } })
  const second = await client.rotateKey(name)
  const backup = await client.backupKey(name)
  assert.ok(backup)
  const secret = vaultJwk(jwk).d
  assert.ok(secret)
  assert.equal(Buffer.from(backup).includes(secret), false)
  await refused(client.restoreKeyBackup(backup), 409, 'Conflict')
  await deleteAndPurge(name)
  await refused(client.getDeletedKey(name), 404)
  assert.equal((await client.restoreKeyBackup(backup)).id, second.id)
  const old = await client.getKey(name, { version: version(first) })
  assert.deepEqual(old.properties.tags, { kept: 'yes' })
  await signsAndVerifies(old, 'ES512')
  await signsAndVerifies(second, 'ES512')
  const damaged = Uint8Array.from(backup)
  const middle = Math.floor(damaged.length / 2)
  damaged[middle] = (damaged[middle] ?? 0) ^ 1
  await deleteAndPurge(name)
  await refused(client.restoreKeyBackup(damaged), 400, 'BadParameter')
})

await step('gives random bytes, 1 to 128', async () => {
  assert.equal((await client.getRandomBytes(1)).length, 1)
  const [one, other] = [await client.getRandomBytes(128), await client.getRandomBytes(128)]
  assert.equal(one.length, 128)
  assert.notDeepEqual(one, other)
  for (const count of [0, -1, 129]) await refused(client.getRandomBytes(count), 400)
})

await step('says in words what is not offered: release and attestation', async () => {
  const name = `${prefix}-versions`
  await refused(client.releaseKey(name, 'token'), 400, 'NotSupported')
  await refused(client.getKeyAttestation(name), 400, 'NotSupported')
})

await step('refuses a vault the principal has no rights in with 403', async () => {
  const foreign = new KeyClient(variable('FORBIDDEN_VAULT_URL'), credential)
  await refused(foreign.getKey('anything'), 403, 'Forbidden')
  await refused(foreign.createEcKey('anything'), 403, 'Forbidden')
})

console.log('done')
