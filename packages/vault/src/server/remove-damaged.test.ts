import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault, type FaultCode } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { damageRecord } from '../testing/damage-record.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'

const secret = { vault: 'default', name: 'db-password' }

async function worldWithSecret(): Promise<MemoryVault> {
  const world = await memoryVault()
  await world.vault.secrets.set(world.administrator, { secret, value: Secret.fromText('one') })
  return world
}

const refused = (code: FaultCode) => (thrown: unknown) => isFault(thrown, code)

describe('a damaged record', () => {
  it('of a secret is removed: the secret is set again, with its older versions', async () => {
    const world = await worldWithSecret()
    const { vault, administrator } = world
    const other = { vault: 'default', name: 'other' }
    await vault.secrets.set(administrator, { secret: other, value: Secret.fromText('two') })
    const record = damageRecord(world.contents, '/secret/db-password')
    const set = () => vault.secrets.set(administrator, { secret, value: Secret.fromText('new') })
    const list = () => vault.secrets.list(administrator, { vault: 'default' })
    for (const attempt of [set, list, () => vault.secrets.delete(administrator, { secret })]) {
      await assert.rejects(attempt(), refused('RecordCorrupt'))
    }
    await vault.secrets.get(administrator, { secret: other })
    await vault.records.removeDamaged(administrator, { record })
    assert.equal((await world.audit()).at(-1)?.properties.id, record)
    assert.deepEqual((await list()).items.map(({ name }) => name), ['other'])
    await set()
    const input = { vault: 'default', name: secret.name }
    assert.equal((await vault.secrets.listVersions(administrator, input)).items.length, 2)
  })

  it('of a deleted secret is removed: its name can be used again', async () => {
    const world = await worldWithSecret()
    const { vault, administrator } = world
    await vault.secrets.delete(administrator, { secret })
    const record = damageRecord(world.contents, '/deleted-secret/')
    await assert.rejects(vault.secrets.purge(administrator, { secret }), refused('RecordCorrupt'))
    await vault.records.removeDamaged(administrator, { record })
    await vault.secrets.set(administrator, { secret, value: Secret.fromText('new') })
  })

  it('of a scheduled purge holds up neither the purge nor the recovery by hand', async () => {
    for (const act of ['purge', 'recover'] as const) {
      const world = await worldWithSecret()
      await world.vault.secrets.delete(world.administrator, { secret })
      damageRecord(world.contents, '/due/')
      await world.vault.secrets[act](world.administrator, { secret })
      assert.deepEqual([...world.contents.bodies.keys()].filter((key) => key.includes('/due/')), [])
    }
  })

  it('is removed by its own name alone, and only when it does not open', async () => {
    const world = await worldWithSecret()
    const { vault, administrator, contents } = world
    const keys = [...contents.bodies.keys()]
    const whole = keys.find((key) => key.includes('/secret/')) ?? ''
    for (const record of [...keys, `${whole}x`, `${whole}/`, whole.toUpperCase(), '', '/', '../x', 'é/due/x']) {
      await assert.rejects(vault.records.removeDamaged(administrator, { record }), refused('InvalidInput'))
    }
    assert.deepEqual([...contents.bodies.keys()].toSorted(), keys.toSorted())
    const record = damageRecord(contents, `/principal/${world.first.identity.principal.id}`)
    await assert.rejects(vault.records.removeDamaged(administrator, { record }), refused('InvalidInput'))
  })
})
