import assert from 'node:assert/strict'
import { DefaultAzureCredential } from '@azure/identity'
import { type KeyVaultSecret, SecretClient } from '@azure/keyvault-secrets'
import { collect } from './collect.ts'
import { refused } from './refused.ts'
import { step, variable } from './step.ts'

// The official client, as a user would write it: nothing is configured but by `connect.env`.

const client = new SecretClient(variable('AZURE_KEYVAULT_URL'), new DefaultAzureCredential())
const canary = variable('CANARY')
const prefix = `js-${process.versions.node.split('.')[0]}`

/** Polls that need not wait as long as the client's default of two seconds. */
const quickly = { intervalInMs: 50 }

function version({ properties }: KeyVaultSecret): string {
  assert.ok(properties.version)
  return properties.version
}

async function deleteAndPurge(name: string): Promise<void> {
  const poller = await client.beginDeleteSecret(name, quickly)
  await poller.pollUntilDone()
  await client.purgeDeletedSecret(name)
}

await step('sets a secret and reads it back', async () => {
  const set = await client.setSecret(`${prefix}-first`, canary)
  assert.equal(set.value, canary)
  assert.match(version(set), /^[0-9a-f]{32}$/)
  const read = await client.getSecret(`${prefix}-first`)
  assert.equal(read.value, canary)
  assert.equal(read.properties.id, set.properties.id)
  assert.equal(new URL(read.properties.vaultUrl).host, new URL(client.vaultUrl).host)
})

await step('reads each version by its name and the newest without', async () => {
  const first = await client.setSecret(`${prefix}-versions`, `${canary}-1`)
  const second = await client.setSecret(`${prefix}-versions`, `${canary}-2`)
  assert.notEqual(version(first), version(second))
  const old = await client.getSecret(`${prefix}-versions`, { version: version(first) })
  assert.equal(old.value, `${canary}-1`)
  assert.equal((await client.getSecret(`${prefix}-versions`)).value, `${canary}-2`)
})

await step('lists 30 versions over pages', async () => {
  const expected = new Set<string>()
  for (let index = 0; index < 30; index += 1) {
    expected.add(version(await client.setSecret(`${prefix}-many-versions`, `${canary}-${index}`)))
  }
  const listed = await collect(client.listPropertiesOfSecretVersions(`${prefix}-many-versions`))
  assert.deepEqual(new Set(listed.map((properties) => properties.version)), expected)
  assert.equal(listed.length, 30)
})

await step('lists 30 secrets over pages, each once and without its value', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `${prefix}-listed-${index}`)
  await Promise.all(names.map((name) => client.setSecret(name, canary)))
  const listed = await collect(client.listPropertiesOfSecrets())
  const ours = listed.map(({ name }) => name).filter((name) => name.includes('-listed-'))
  assert.deepEqual(ours.filter((name) => name.startsWith(prefix)).sort(), [...names].sort())
  assert.equal(JSON.stringify(listed).includes(canary), false)
})

await step('pages by the size asked for', async () => {
  const sizes: number[] = []
  for await (const page of client.listPropertiesOfSecrets().byPage({ maxPageSize: 7 })) {
    sizes.push(page.length)
  }
  assert.ok(sizes.length > 4)
  assert.equal(sizes[0], 7)
  assert.ok(sizes.every((size) => size <= 25))
})

await step('keeps content type, tags and dates', async () => {
  const notBefore = new Date('2020-01-01T00:00:00Z')
  // This client cuts times to 32 bits, so nothing after January 2038 survives it.
  const expiresOn = new Date('2037-12-31T23:59:59Z')
  const tags = { team: 'blå', empty: '' }
  const options = { contentType: 'text/plain', tags, notBefore, expiresOn }
  await client.setSecret(`${prefix}-attributes`, canary, options)
  const { properties } = await client.getSecret(`${prefix}-attributes`)
  assert.equal(properties.contentType, 'text/plain')
  assert.deepEqual(properties.tags, tags)
  assert.equal(properties.notBefore?.getTime(), notBefore.getTime())
  assert.equal(properties.expiresOn?.getTime(), expiresOn.getTime())
  assert.equal(properties.enabled, true)
  assert.ok(properties.createdOn && properties.updatedOn)
  assert.ok(properties.recoveryLevel?.includes('Recoverable'))
})

await step('updates the properties of a version and leaves the value alone', async () => {
  const set = await client.setSecret(`${prefix}-updated`, canary, { tags: { before: 'yes' } })
  const updated = await client.updateSecretProperties(`${prefix}-updated`, version(set), {
    contentType: 'application/json',
    tags: { after: 'yes' },
  })
  assert.equal(updated.contentType, 'application/json')
  assert.deepEqual(updated.tags, { after: 'yes' })
  const read = await client.getSecret(`${prefix}-updated`)
  assert.equal(read.value, canary)
  assert.deepEqual(read.properties.tags, { after: 'yes' })
})

await step('refuses a disabled secret with 403 until it is enabled again', async () => {
  const set = await client.setSecret(`${prefix}-disabled`, canary)
  await client.updateSecretProperties(`${prefix}-disabled`, version(set), { enabled: false })
  await refused(client.getSecret(`${prefix}-disabled`), 403, 'Forbidden')
  await client.updateSecretProperties(`${prefix}-disabled`, version(set), { enabled: true })
  assert.equal((await client.getSecret(`${prefix}-disabled`)).value, canary)
})

const values: Readonly<Record<string, string>> = {
  'an empty value': '',
  'a value in many scripts': 'ключ 钥匙 مفتاح 🔑 \u0000\u001f "quoted" \\ \r\n',
  'a value of 25,000 octets': 'x'.repeat(25_000),
}
for (const [what, value] of Object.entries(values)) {
  await step(`keeps ${what} exactly`, async () => {
    const name = `${prefix}-value-${Object.keys(values).indexOf(what)}`
    await client.setSecret(name, value)
    assert.equal((await client.getSecret(name)).value ?? '', value)
  })
}

await step('refuses a value that is too large with 400', async () => {
  await refused(client.setSecret(`${prefix}-large`, 'x'.repeat(30_000)), 400, 'BadParameter')
})

await step('deletes, shows as deleted, recovers with every version', async () => {
  const name = `${prefix}-recovered`
  const first = await client.setSecret(name, `${canary}-1`)
  await client.setSecret(name, `${canary}-2`)
  const deleting = await client.beginDeleteSecret(name, quickly)
  const deleted = await deleting.pollUntilDone()
  assert.equal(deleted.name, name)
  assert.ok(deleted.properties.recoveryId?.includes('/deletedsecrets/'))
  assert.ok(deleted.properties.deletedOn && deleted.properties.scheduledPurgeDate)
  await refused(client.getSecret(name), 404, 'SecretNotFound')
  assert.equal((await client.getDeletedSecret(name)).name, name)
  const listed = await collect(client.listDeletedSecrets())
  assert.ok(listed.some((secret) => secret.name === name))
  const recovering = await client.beginRecoverDeletedSecret(name, quickly)
  assert.equal((await recovering.pollUntilDone()).name, name)
  assert.equal((await client.getSecret(name)).value, `${canary}-2`)
  const old = await client.getSecret(name, { version: version(first) })
  assert.equal(old.value, `${canary}-1`)
})

await step('refuses to set a name that is deleted with 409, and sets it once purged', async () => {
  const name = `${prefix}-conflict`
  await client.setSecret(name, canary)
  await (await client.beginDeleteSecret(name, quickly)).pollUntilDone()
  await refused(client.setSecret(name, canary), 409, 'Conflict')
  await client.purgeDeletedSecret(name)
  await refused(client.getDeletedSecret(name), 404)
  assert.equal((await client.setSecret(name, canary)).value, canary)
})

await step('answers 404 for what is not there', async () => {
  await refused(client.getSecret(`${prefix}-nothing`), 404, 'SecretNotFound')
  await refused(client.getSecret(`${prefix}-first`, { version: 'f'.repeat(32) }), 404)
  await refused(client.getDeletedSecret(`${prefix}-nothing`), 404, 'SecretNotFound')
  await refused(client.purgeDeletedSecret(`${prefix}-nothing`), 404)
  await refused(client.beginDeleteSecret(`${prefix}-nothing`), 404, 'SecretNotFound')
  await refused(client.beginRecoverDeletedSecret(`${prefix}-nothing`), 404)
})

await step('answers 400 for a name that cannot be', async () => {
  await refused(client.setSecret('under_score', canary), 400, 'BadParameter')
})

await step('backs up, purges and restores with every version', async () => {
  const name = `${prefix}-backup`
  const first = await client.setSecret(name, `${canary}-1`, { tags: { kept: 'yes' } })
  await client.setSecret(name, `${canary}-2`)
  const backup = await client.backupSecret(name)
  assert.ok(backup)
  assert.equal(Buffer.from(backup).includes(canary), false)
  await refused(client.restoreSecretBackup(backup), 409, 'Conflict')
  await deleteAndPurge(name)
  const restored = await client.restoreSecretBackup(backup)
  assert.equal(restored.name, name)
  assert.equal((await client.getSecret(name)).value, `${canary}-2`)
  const old = await client.getSecret(name, { version: version(first) })
  assert.equal(old.value, `${canary}-1`)
  assert.deepEqual(old.properties.tags, { kept: 'yes' })
})

await step('refuses a backup that was changed with 400', async () => {
  await client.setSecret(`${prefix}-damaged`, canary)
  const backup = await client.backupSecret(`${prefix}-damaged`)
  assert.ok(backup)
  const damaged = Uint8Array.from(backup)
  const middle = Math.floor(damaged.length / 2)
  damaged[middle] = (damaged[middle] ?? 0) ^ 1
  await deleteAndPurge(`${prefix}-damaged`)
  await refused(client.restoreSecretBackup(damaged), 400, 'BadParameter')
})

await step('refuses a vault the principal has no rights in with 403', async () => {
  const url = process.env['FORBIDDEN_VAULT_URL']
  if (url === undefined) return
  const foreign = new SecretClient(url, new DefaultAzureCredential())
  await refused(foreign.getSecret('anything'), 403, 'Forbidden')
})

console.log('done')
