import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import type { PutSecretVersionInput } from './put-secret-version.ts'

const secret = { vault: 'default', name: 'db' }

async function put(
  { vault, administrator }: MemoryVault,
  label: string,
  more: Partial<PutSecretVersionInput> = {},
): Promise<void> {
  await vault.secrets.putVersion(administrator, {
    secret, label, value: Secret.fromText(`value of ${label}`), ...more,
  })
}

async function withVersions(...labels: readonly string[]): Promise<MemoryVault> {
  const world = await memoryVault()
  const [first = 'v1', ...others] = labels
  await put(world, first, { creation: { description: 'for orders' } })
  for (const label of others) await put(world, label)
  return world
}

async function read(
  { vault, administrator }: MemoryVault,
  by: { readonly label?: string; readonly stage?: string } = {},
): Promise<string> {
  const { value } = await vault.secrets.getStaged(administrator, { secret, ...by })
  return Buffer.from(value.reveal()).toString()
}

async function stages({ vault, administrator }: MemoryVault): Promise<Readonly<Record<string, readonly string[]>>> {
  const found = await vault.secrets.describeVersions(administrator, { secret })
  return Object.fromEntries(
    found.map((one) => [
      one.head.labelled?.find(({ version }) => version === one.version.version)?.label ?? '?',
      one.stages,
    ]),
  )
}

describe('a version with a label', () => {
  it('is current when put, and the one before it previous', async () => {
    const world = await withVersions('v1', 'v2', 'v3')
    assert.equal(await read(world), 'value of v3')
    assert.equal(await read(world, { stage: 'previous' }), 'value of v2')
    assert.equal(await read(world, { label: 'v1' }), 'value of v1')
    assert.deepEqual(await stages(world), { v1: [], v2: ['previous'], v3: ['current'] })
  })

  it('can be put beside the current one, under stages of its own', async () => {
    const world = await withVersions('v1')
    await put(world, 'v2', { stages: ['pending', 'blue'] })
    assert.equal(await read(world), 'value of v1')
    assert.equal(await read(world, { stage: 'pending' }), 'value of v2')
    await put(world, 'v3', { stages: ['pending'] })
    assert.deepEqual(await stages(world), { v1: ['current'], v2: ['blue'], v3: ['pending'] })
  })

  it('is the same when the same value is put again, and taken when another is', async () => {
    const world = await withVersions('v1', 'v2')
    await put(world, 'v1')
    assert.deepEqual(await stages(world), { v1: ['previous'], v2: ['current'] })
    const other = put(world, 'v1', { value: Secret.fromText('another') })
    await assert.rejects(other, (thrown) => isFault(thrown, 'ObjectExists'))
  })

  it('gives way to the eleventh when it stands nowhere', async () => {
    const labels = Array.from({ length: 11 }, (_, at) => `v${at}`)
    const world = await withVersions(...labels)
    await assert.rejects(read(world, { label: 'v0' }), (thrown) => isFault(thrown, 'ObjectNotFound'))
    assert.equal(await read(world, { label: 'v1' }), 'value of v1')
    assert.equal(Object.keys(await stages(world)).length, 10)
  })

  it('gives its label away, and stays, where nothing is destroyed before its time', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await vault.vaults.create(administrator, { name: 'kept', purgeProtection: true })
    const kept = { vault: 'kept', name: 'db' }
    for (const at of Array.from({ length: 11 }).keys()) {
      await put(world, `v${at}`, { secret: kept, ...(at === 0 ? { creation: {} } : {}) })
    }
    const byLabel = vault.secrets.getStaged(administrator, { secret: kept, label: 'v0' })
    await assert.rejects(byLabel, (thrown) => isFault(thrown, 'ObjectNotFound'))
    const { items } = await vault.secrets.listVersions(administrator, { ...kept, maximumResults: 25 })
    assert.equal(items.length, 11)
    const values = await Promise.all(
      items.map(async ({ version }) => {
        const { value } = await vault.secrets.get(administrator, { secret: { ...kept, version } })
        return Buffer.from(value.reveal()).toString()
      }),
    )
    assert.ok(values.includes('value of v0'))
  })

  it('has no more stages than a secret can have', async () => {
    const world = await withVersions('v1', 'v2')
    const six = Array.from({ length: 6 }, (_, at) => `s${at}`)
    await put(world, 'v3', { stages: six })
    const seventh = put(world, 'v4', { stages: ['s6'] })
    await assert.rejects(seventh, (thrown) => isFault(thrown, 'SecretStagesExceeded'))
  })

  it('is named and made as it must be', async () => {
    const world = await withVersions('v1')
    for (const [label, more, fault] of [
      ['', {}, 'InvalidInput'],
      ['x'.repeat(65), {}, 'InvalidInput'],
      ['v2', { stages: [''] }, 'InvalidInput'],
      ['v2', { stages: ['__proto__'] }, 'InvalidInput'],
      ['v2', { stages: ['previous'] }, 'InvalidInput'],
      ['v2', { value: new Secret(new Uint8Array(30_721)) }, 'InvalidInput'],
      ['v2', { creation: {} }, 'ObjectExists'],
      ['v2', { secret: { ...secret, name: 'none' } }, 'ObjectNotFound'],
    ] as const) {
      await assert.rejects(put(world, label, more), (thrown) => isFault(thrown, fault), label)
    }
    await put(world, 'v2', { value: new Secret(new Uint8Array(30_720)) })
  })
})

describe('a stage', () => {
  it('moves: the current one takes the previous one along', async () => {
    const world = await withVersions('v1', 'v2', 'v3')
    const { vault, administrator } = world
    await vault.secrets.moveStage(administrator, { secret, stage: 'current', to: 'v1', from: 'v3' })
    assert.deepEqual(await stages(world), { v1: ['current'], v2: [], v3: ['previous'] })
    const wire = await vault.secrets.get(administrator, { secret })
    assert.equal(Buffer.from(wire.value.reveal()).toString(), 'value of v1')
  })

  it('is added, taken away, and never taken from where it is not', async () => {
    const world = await withVersions('v1', 'v2')
    const { vault, administrator } = world
    await vault.secrets.moveStage(administrator, { secret, stage: 'green', to: 'v1' })
    const wrong = vault.secrets.moveStage(administrator, { secret, stage: 'green', from: 'v2' })
    await assert.rejects(wrong, (thrown) => isFault(thrown, 'SecretStageElsewhere'))
    await vault.secrets.moveStage(administrator, { secret, stage: 'green', from: 'v1' })
    assert.deepEqual(await stages(world), { v1: ['previous'], v2: ['current'] })
    for (const input of [{ stage: 'x' }, { stage: 'current', from: 'v2' }]) {
      const bad = vault.secrets.moveStage(administrator, { secret, ...input })
      await assert.rejects(bad, (thrown) => isFault(thrown, 'InvalidInput'))
    }
    const unknown = vault.secrets.moveStage(administrator, { secret, stage: 'green', to: 'v9' })
    await assert.rejects(unknown, (thrown) => isFault(thrown, 'ObjectNotFound'))
  })

  it('and a label are together those of one version', async () => {
    const world = await withVersions('v1', 'v2')
    assert.equal(await read(world, { label: 'v1', stage: 'previous' }), 'value of v1')
    const other = read(world, { label: 'v1', stage: 'current' })
    await assert.rejects(other, (thrown) => isFault(thrown, 'ObjectNotFound'))
    await assert.rejects(read(world, { stage: 'toString' }), (thrown) => isFault(thrown, 'ObjectNotFound'))
  })
})

describe('a secret of two wires', () => {
  it('set without a label is current, and known by its id', async () => {
    const world = await withVersions('v1')
    const { vault, administrator } = world
    const { version } = await vault.secrets.set(administrator, { secret, value: Secret.fromText('set') })
    assert.equal(await read(world), 'set')
    assert.equal(await read(world, { label: version }), 'set')
    assert.equal(await read(world, { stage: 'previous' }), 'value of v1')
    await vault.secrets.update(administrator, { secret, tags: { a: 'b' } })
    assert.equal(await read(world, { label: 'v1' }), 'value of v1')
  })

  it('keeps labels, stages and description through deletion, recovery and a backup', async () => {
    const world = await withVersions('v1', 'v2')
    const { vault, administrator, clock } = world
    const blob = await vault.secrets.backup(administrator, { secret })
    const now = Math.floor(clock.now() / 1000)
    await vault.secrets.delete(administrator, { secret, retentionDays: 7 })
    const { deletion, head } = await vault.secrets.describe(administrator, { secret })
    assert.equal(deletion?.scheduledPurgeAt, now + 7 * 86_400)
    assert.equal(head.description, 'for orders')
    await assert.rejects(
      read(world),
      (thrown) => isFault(thrown, 'ObjectNotFound') && thrown.detail.deleted === true,
    )
    await vault.secrets.recover(administrator, { secret })
    assert.equal(await read(world, { label: 'v1' }), 'value of v1')
    await vault.secrets.delete(administrator, { secret })
    await vault.secrets.purge(administrator, { secret })
    await vault.secrets.restore(administrator, { vault: 'default', blob: () => blob })
    assert.equal(await read(world, { label: 'v1' }), 'value of v1')
    assert.equal((await vault.secrets.describe(administrator, { secret })).head.description, 'for orders')
  })
})
