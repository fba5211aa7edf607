import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isFault } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import { secretVersionKey, type SecretVersion } from './secret.ts'

const secret = { vault: 'default', name: 'db' }
const key = { vault: 'default', name: 'sealing' }

async function withKey(): Promise<MemoryVault> {
  const world = await memoryVault()
  const { vault, administrator } = world
  await vault.keys.create(administrator, { key, type: 'oct', hsm: false })
  const creation = { encryptionKey: { name: key.name, keyId: 'key-1' } }
  const value = Secret.fromText('one')
  await vault.secrets.putVersion(administrator, { secret, value, label: 'v1', creation })
  await vault.secrets.putVersion(administrator, { secret, value: Secret.fromText('two'), label: 'v2' })
  return world
}

async function stored(
  { vault, administrator, store, seal, first }: MemoryVault,
  label: string,
): Promise<{ readonly unit: UnitOfWork; readonly at: ReturnType<typeof secretVersionKey>; readonly content: { meta: SecretVersion; secret?: Secret } }> {
  const { head } = await vault.secrets.describe(administrator, { secret })
  const version = head.labelled?.find((one) => one.label === label)?.version ?? ''
  const unit = new UnitOfWork(store, seal)
  const at = secretVersionKey(first.vault, secret.name, version)
  const content = await unit.get<SecretVersion>(at)
  assert.ok(content)
  return { unit, at, content }
}

it('a value under a key is not stored as it is, though the seal were opened', async () => {
  const { content } = await stored(await withKey(), 'v1')
  const bytes = Buffer.from(content.secret?.reveal() ?? [])
  assert.equal(bytes.length, 3)
  assert.notEqual(bytes.toString(), 'one')
  assert.equal(content.meta.encryption?.key, key.name)
})

it('a value under a key opens in its own version alone', async () => {
  const world = await withKey()
  const first = await stored(world, 'v1')
  const second = await stored(world, 'v2')
  const { encryption } = first.content.meta
  assert.ok(encryption && first.content.secret)
  second.unit.put<SecretVersion>(second.at, {
    meta: { ...second.content.meta, encryption },
    secret: first.content.secret,
  })
  await world.store.commit(await second.unit.change([]))
  const reading = world.vault.secrets.get(world.administrator, { secret })
  await assert.rejects(reading, (thrown) => isFault(thrown, 'DecryptionFailed'))
})

it('what is said of a version changes without its key', async () => {
  const world = await withKey()
  const { vault, administrator } = world
  await vault.keys.setEnabled(administrator, { key, enabled: false })
  await vault.secrets.update(administrator, { secret, contentType: 'text/plain' })
  await vault.secrets.annotate(administrator, { secret, description: 'new' })
  await vault.secrets.moveStage(administrator, { secret, stage: 'current', to: 'v1' })
  await vault.keys.setEnabled(administrator, { key, enabled: true })
  const { value } = await vault.secrets.get(administrator, { secret })
  assert.equal(Buffer.from(value.reveal()).toString(), 'one')
})
