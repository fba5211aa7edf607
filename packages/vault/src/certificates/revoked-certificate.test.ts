import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isFault } from '../fault.ts'
import { memoryVault, type MemoryVault } from '../testing/memory-vault.ts'
import type { PolicyInput } from './complete-policy.ts'

const certificate = { vault: 'default', name: 'web' }
const digest = new Uint8Array(32)

async function withPolicy(policy: PolicyInput): Promise<MemoryVault> {
  const world = await memoryVault()
  await world.vault.certificates.create(world.identity, {
    certificate,
    policy: { subject: 'CN=example.com', keyType: 'EC', issuer: { name: 'Self' }, ...policy },
  })
  return world
}

const dues = ({ contents }: MemoryVault): readonly string[] =>
  [...contents.bodies.keys()].filter((one) => /\/due\/.*web/.test(one))

describe('a certificate that counts as revoked', () => {
  it('has a key that verifies and signs nothing any more, whatever is changed', async () => {
    const { vault, identity, clock } = await withPolicy({})
    const key = certificate
    const { signature } = await vault.keys.sign(identity, { key, algorithm: 'ES256', digest })
    const revoked = await vault.certificates.update(identity, { certificate, revoked: true })
    const since = revoked.properties.revokedAt
    assert.equal(since, Math.floor(clock.now() / 1000))
    await vault.certificates.update(identity, { certificate, enabled: false })
    await vault.certificates.update(identity, { certificate, enabled: true })
    const again = await vault.certificates.update(identity, { certificate, revoked: true })
    assert.equal(again.properties.revokedAt, since)
    await assert.rejects(
      vault.keys.sign(identity, { key, algorithm: 'ES256', digest }),
      (thrown) => isFault(thrown, 'KeyOperationForbidden'),
    )
    await assert.rejects(
      vault.keys.update(identity, { key, keyOperations: ['sign'] }),
      (thrown) => isFault(thrown, 'ObjectManaged'),
    )
    const { version } = (await vault.certificates.get(identity, { certificate })).properties
    const input = { algorithm: 'ES256', digest, signature } as const
    for (const named of [key, { ...key, version }]) {
      assert.equal((await vault.keys.verify(identity, { key: named, ...input })).valid, true)
    }
  })

  it('is neither renewed nor told of, and its next version is not revoked', async () => {
    const world = await withPolicy({})
    const { vault, identity } = world
    assert.notDeepEqual(dues(world), [])
    await vault.certificates.update(identity, { certificate, revoked: true })
    assert.deepEqual(dues(world), [])
    await vault.certificates.create(identity, { certificate })
    assert.notDeepEqual(dues(world), [])
    const { properties } = await vault.certificates.get(identity, { certificate })
    assert.equal(properties.revokedAt, undefined)
    await vault.keys.sign(identity, { key: certificate, algorithm: 'ES256', digest })
  })

  it('was issued before', async () => {
    const { vault, identity } = await withPolicy({ issuer: { name: 'Unknown' } })
    await assert.rejects(
      vault.certificates.update(identity, { certificate, revoked: true }),
      (thrown) => isFault(thrown, 'PendingCertificateInProgress'),
    )
  })
})
