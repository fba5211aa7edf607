import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'

const certificate = { vault: 'default', name: 'web' }

async function withCertificate(issuer: 'Self' | 'Unknown'): Promise<MemoryVault> {
  const world = await memoryVault()
  const policy = { subject: 'CN=example.com', keyType: 'EC', issuer: { name: issuer } } as const
  await world.vault.certificates.create(world.administrator, { certificate, policy, tags: { a: '1' } })
  return world
}

describe('single tags of a certificate', () => {
  it('are changed side by side, on its key and its secret too', async () => {
    const { vault, administrator } = await withCertificate('Self')
    await Promise.all(
      ['b', 'c', 'd'].map((tag) =>
        vault.certificates.changeTags(administrator, { certificate, set: { [tag]: tag } }),
      ),
    )
    await vault.certificates.changeTags(administrator, { certificate, remove: ['a', 'none'] })
    const tags = { b: 'b', c: 'c', d: 'd' }
    const { properties } = await vault.certificates.get(administrator, { certificate })
    assert.deepEqual(properties.tags, tags)
    assert.deepEqual((await vault.keys.get(administrator, { key: certificate })).tags, tags)
    const secret = await vault.secrets.get(administrator, { secret: certificate })
    assert.deepEqual(secret.properties.tags, tags)
  })

  it('are those of the version that waits, and at most twenty', async () => {
    const { vault, administrator } = await withCertificate('Unknown')
    await vault.certificates.changeTags(administrator, { certificate, set: { b: '2' } })
    const { properties } = await vault.certificates.get(administrator, { certificate })
    assert.deepEqual(properties.tags, { a: '1', b: '2' })
    const set = Object.fromEntries(Array.from({ length: 19 }, (_, at) => [`t${at}`, '']))
    const tooMany = vault.certificates.changeTags(administrator, { certificate, set })
    await assert.rejects(tooMany, (thrown) => isFault(thrown, 'InvalidInput'))
  })
})
