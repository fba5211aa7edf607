import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import type { Call } from '../access/caller.ts'
import { isFault, type FaultCode } from '../fault.ts'
import { Secret } from '../seal/secret.ts'
import { epochSeconds } from '../time.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import type { KeyUse } from './key-operations.ts'

const key = { vault: 'default', name: 'k' }
const digest = createHash('sha256').update('message').digest()

/** A key of 2,048 bits takes long, and AES has every use but signing. */
type Uses = Readonly<Record<KeyUse, () => Promise<unknown>>>

async function usesOf({ vault, administrator }: MemoryVault, call: Call = administrator): Promise<Uses> {
  const plaintext = (): Secret => new Secret(Buffer.alloc(16, 7))
  const { ciphertext, iv, tag } = await vault.keys.encrypt(administrator, {
    key, algorithm: 'A256GCM', plaintext: plaintext(),
  })
  const wrapped = await vault.keys.wrapKey(administrator, { key, algorithm: 'A256KW', plaintext: plaintext() })
  const { signature } = await vault.keys.sign(administrator, { key, algorithm: 'HS256', digest })
  assert.ok(iv !== undefined && tag !== undefined)
  return {
    encrypt: () => vault.keys.encrypt(call, { key, algorithm: 'A256GCM', plaintext: plaintext() }),
    decrypt: () => vault.keys.decrypt(call, { key, algorithm: 'A256GCM', ciphertext, iv, tag }),
    wrapKey: () => vault.keys.wrapKey(call, { key, algorithm: 'A256KW', plaintext: plaintext() }),
    unwrapKey: () => vault.keys.unwrapKey(call, { key, algorithm: 'A256KW', ciphertext: wrapped.ciphertext }),
    sign: () => vault.keys.sign(call, { key, algorithm: 'HS256', digest }),
    verify: () => vault.keys.verify(call, { key, algorithm: 'HS256', digest, signature }),
  }
}

const ALL: readonly KeyUse[] = ['encrypt', 'decrypt', 'sign', 'verify', 'wrapKey', 'unwrapKey']
const DATED: readonly KeyUse[] = ['encrypt', 'sign', 'wrapKey']

async function octWorld(): Promise<MemoryVault> {
  const world = await memoryVault()
  await world.vault.keys.create(world.administrator, { key, type: 'oct', hsm: false, keyOperations: ALL })
  return world
}

async function assertUses(uses: Uses, code: FaultCode, refused: readonly KeyUse[]): Promise<void> {
  for (const use of ALL) {
    if (!refused.includes(use)) {
      await uses[use]()
      continue
    }
    await assert.rejects(uses[use](), (thrown) => {
      assert.ok(isFault(thrown, code), `${use}: ${String(thrown)}`)
      return true
    })
  }
}

describe('the use of a key', () => {
  it('is refused in every form while the version is disabled', async () => {
    const world = await octWorld()
    const uses = await usesOf(world)
    await world.vault.keys.update(world.administrator, { key, enabled: false })
    await assertUses(uses, 'ObjectDisabled', ALL)
    await world.vault.keys.update(world.administrator, { key, enabled: true })
    await assertUses(uses, 'ObjectDisabled', [])
  })

  it('makes nothing new before nbf and after exp, and reads what was made, with five minutes of leeway', async () => {
    const world = await octWorld()
    const { vault, administrator, clock } = world
    const uses = await usesOf(world)
    const now = epochSeconds(clock)
    await vault.keys.update(administrator, { key, notBefore: now + 301, expires: now + 10_000 })
    await assertUses(uses, 'KeyOutsideDates', DATED)
    clock.advance(1)
    await assertUses(uses, 'KeyOutsideDates', [])
    clock.advance(10_000 + 298)
    await assertUses(uses, 'KeyOutsideDates', [])
    clock.advance(1)
    await assertUses(uses, 'KeyOutsideDates', DATED)
  })

  it('is refused when key_ops has it not', async () => {
    const world = await octWorld()
    const uses = await usesOf(world)
    for (const use of ALL) {
      const keyOperations = ALL.filter((one) => one !== use)
      await world.vault.keys.update(world.administrator, { key, keyOperations })
      await assertUses(uses, 'KeyOperationForbidden', [use])
    }
    await world.vault.keys.update(world.administrator, { key, keyOperations: [] })
    await assertUses(uses, 'KeyOperationForbidden', ALL)
  })
})

describe('who may read a key and nothing else', () => {
  const CRYPTO_READER = ['Microsoft.KeyVault/vaults/keys/read']

  /** Gives the stranger of the world a role with these data actions. */
  async function reader(world: MemoryVault, dataActions = CRYPTO_READER): Promise<Call> {
    const { vault, administrator } = world
    const { id } = await vault.roles.create(administrator, {
      name: 'key reader', description: '', actions: [], notActions: [], dataActions, notDataActions: [],
    })
    const principal = randomUUID()
    await vault.roleAssignments.create(administrator, { principal, roleDefinition: id, scope: '/' })
    return world.callBy(principal)
  }

  const signatureInput = { key, algorithm: 'ES256', digest, signature: Buffer.alloc(64, 1) } as const

  it('may verify, encrypt and wrap with its public half, decided by that role', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    await vault.keys.create(administrator, { key, type: 'EC', hsm: false })
    const call = await reader(world)
    assert.equal((await vault.keys.verify(call, signatureInput)).valid, false)
    const entry = (await world.audit()).at(-1)
    assert.equal(entry?.operationName, 'KeyVerify')
    assert.equal(entry?.properties.httpStatusCode, 200)
    assert.ok((entry?.properties.decidedBy ?? '').length > 0)
    await assert.rejects(vault.keys.sign(call, signatureInput), (thrown) => isFault(thrown, 'AccessDenied'))
    // Allowed, and then refused by the key, which is not for that.
    for (const use of [
      vault.keys.encrypt(call, { key, algorithm: 'RSA-OAEP', plaintext: Secret.fromText('x') }),
      vault.keys.wrapKey(call, { key, algorithm: 'RSA-OAEP', plaintext: Secret.fromText('x') }),
    ]) {
      await assert.rejects(use, (thrown) => isFault(thrown, 'KeyOperationForbidden'))
    }
  })

  it('may not with a symmetric key, which has none', async () => {
    const world = await octWorld()
    const uses = await usesOf(world, await reader(world))
    await assertUses(uses, 'AccessDenied', ALL)
    const entry = (await world.audit()).at(-1)
    assert.equal(entry?.properties.missingAction, 'Microsoft.KeyVault/vaults/keys/unwrap/action')
  })

  it('may not in a vault of access policies', async () => {
    const world = await memoryVault()
    const { vault, administrator } = world
    const principal = randomUUID()
    await vault.vaults.create(administrator, {
      name: 'policies',
      authorization: 'accessPolicies',
      accessPolicies: [
        { principal, permissions: { keys: ['get'] } },
        { principal: administrator.caller.principal, permissions: { keys: ['all'] } },
      ],
    })
    const there = { ...key, vault: 'policies' }
    await vault.keys.create(administrator, { key: there, type: 'EC', hsm: false })
    const call = world.callBy(principal)
    await vault.keys.get(call, { key: there })
    await assert.rejects(
      vault.keys.verify(call, { ...signatureInput, key: there }),
      (thrown) => isFault(thrown, 'AccessDenied'),
    )
  })

  it('learns nothing of what is there without that permission', async () => {
    const world = await memoryVault()
    const { vault, administrator, stranger } = world
    await vault.keys.create(administrator, { key, type: 'EC', hsm: false })
    for (const name of ['k', 'absent']) {
      await assert.rejects(
        vault.keys.verify(stranger, { ...signatureInput, key: { ...key, name } }),
        (thrown) => isFault(thrown, 'AccessDenied'),
      )
    }
    const call = await reader(world)
    const absent = { ...signatureInput, key: { ...key, name: 'absent' } }
    await assert.rejects(vault.keys.verify(call, absent), (thrown) => isFault(thrown, 'ObjectNotFound'))
  })
})
