import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Call } from './access/caller.ts'
import { replayClaim } from './directory/replay-claim.ts'
import { Fault, isFault } from './fault.ts'
import { Secret } from './seal/secret.ts'
import { memoryVault, type MemoryVault } from './testing/memory-vault.ts'

const secret = { vault: 'default', name: 'db-password' }
const isReplay = (thrown: unknown): boolean => isFault(thrown, 'RequestReplayed')

function signed(call: Call, nonce: string): Call {
  return { ...call, request: { ...call.request, claims: [replayClaim('LTAI', nonce)] } }
}

/** The same octets, received once more. */
function again(call: Call): Call {
  return { ...call, request: { ...call.request } }
}

const set = ({ vault }: MemoryVault, call: Call, text = 'one'): Promise<unknown> =>
  vault.secrets.set(call, { secret, value: Secret.fromText(text) })

describe('a request that is sent a second time', () => {
  it('is not answered when it reads', async () => {
    const world = await memoryVault()
    await set(world, world.administrator)
    const call = signed(world.administrator, 'a')
    await world.vault.secrets.get(call, { secret })
    await assert.rejects(world.vault.secrets.get(again(call), { secret }), isReplay)
    const entries = (await world.audit()).slice(-2).map((one) => one.resultDescription)
    assert.deepEqual(entries, ['', 'RequestReplayed'])
  })

  it('changes nothing, and is audited', async () => {
    const world = await memoryVault()
    const call = signed(world.administrator, 'a')
    await set(world, call)
    await assert.rejects(set(world, again(call), 'two'), isReplay)
    const { value } = await world.vault.secrets.get(world.administrator, { secret })
    assert.equal(Buffer.from(value.reveal()).toString(), 'one')
    assert.equal((await world.audit()).at(-2)?.resultDescription, 'RequestReplayed')
  })

  it('is a replay also where the first was denied, or met a fault', async () => {
    const world = await memoryVault()
    const denied = signed(world.stranger, 'a')
    await assert.rejects(world.vault.secrets.get(denied, { secret }), (thrown) => isFault(thrown, 'AccessDenied'))
    await assert.rejects(world.vault.secrets.get(again(denied), { secret }), isReplay)
    const failed = signed(world.administrator, 'b')
    await assert.rejects(world.vault.secrets.get(failed, { secret }), (thrown) => isFault(thrown, 'ObjectNotFound'))
    await set(world, world.administrator)
    await assert.rejects(world.vault.secrets.get(again(failed), { secret }), isReplay)
    const last = (await world.audit()).at(-1)
    assert.equal(last?.resultDescription, 'RequestReplayed')
  })

  it('is refused in each of its operations, also where a door goes on after the first', async () => {
    const world = await memoryVault()
    const call = signed(world.administrator, 'a')
    await set(world, call)
    const replay = again(call)
    for (let operations = 0; operations < 3; operations++) {
      await assert.rejects(world.vault.secrets.get(replay, { secret }), isReplay)
    }
  })

  it('is answered when another nonce or another key signed it', async () => {
    const world = await memoryVault()
    await set(world, signed(world.administrator, 'a'))
    await set(world, signed(world.administrator, 'b'))
    const { administrator } = world
    const other = { ...administrator.request, claims: [replayClaim('LTAJ', 'a')] }
    await set(world, { ...administrator, request: other })
  })

  it('is answered after half an hour, when its door takes its timestamp no more', async () => {
    const world = await memoryVault()
    const call = signed(world.administrator, 'a')
    await set(world, call)
    world.clock.advance(1799)
    await assert.rejects(set(world, again(call)), isReplay)
    world.clock.advance(1801)
    await set(world, again(call))
  })
})

describe('a request that is sent once', () => {
  it('is no replay of itself when it begins again after a conflict', async () => {
    const world = await memoryVault()
    const commit = world.store.commit.bind(world.store)
    let conflicts = 0
    world.store.commit = async (change) => {
      if (change.claims !== undefined && conflicts++ < 3) throw new Fault('Conflict', {})
      await commit(change)
    }
    await set(world, signed(world.administrator, 'a'))
    assert.equal(conflicts, 4)
  })

  it('may take several operations', async () => {
    const world = await memoryVault()
    const call = signed(world.administrator, 'a')
    await set(world, call)
    await world.vault.secrets.get(call, { secret })
    await assert.rejects(
      world.vault.secrets.get(call, { secret: { ...secret, name: 'none' } }),
      (thrown) => isFault(thrown, 'ObjectNotFound'),
    )
    await assert.rejects(world.vault.secrets.get(again(call), { secret }), isReplay)
  })

  it('is answered with the conflict that it ends in', async () => {
    const world = await memoryVault()
    const commit = world.store.commit.bind(world.store)
    world.store.commit = async (change) => {
      if (change.puts.length > 0) throw new Fault('Conflict', {})
      await commit(change)
    }
    const call = signed(world.administrator, 'a')
    await assert.rejects(set(world, call), (thrown) => isFault(thrown, 'Conflict'))
    await assert.rejects(set(world, again(call)), isReplay)
  })
})

it('what a claim is made of cannot be moved from the nonce to the key', () => {
  assert.notEqual(replayClaim('a', 'bc'), replayClaim('ab', 'c'))
  assert.match(replayClaim('', ''), /^[0-9A-Za-z_-]{22}$/)
})
