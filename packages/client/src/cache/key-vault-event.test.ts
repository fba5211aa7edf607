import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KeyCache } from './key-cache.ts'
import { SecretCache } from './secret-cache.ts'

const about = (ObjectType: string, VaultName = 'My-Vault'): object => ({
  Id: `https://my-vault.vault.azure.net/secrets/db/0123456789abcdef0123456789abcdef`,
  VaultName,
  ObjectType,
  ObjectName: 'DB',
  Version: '0123456789abcdef0123456789abcdef',
})
const newVersion = 'Microsoft.KeyVault.SecretNewVersionCreated'

function secrets(): { readonly cache: SecretCache; readonly reads: () => number } {
  let count = 0
  const reader = {
    vaultUrl: 'https://my-vault.vault.azure.net',
    getSecret: (name: string) => {
      count += 1
      return Promise.resolve({ name, value: 'v', properties: { name, vaultUrl: '' } })
    },
  }
  return { cache: new SecretCache(reader), reads: () => count }
}

describe('an event of a vault', () => {
  it('makes a cache forget the secret, in both schemas of Event Grid', async () => {
    const { cache, reads } = secrets()
    for (const event of [
      { eventType: newVersion, data: about('Secret') },
      { specversion: '1.0', type: newVersion, data: about('Secret') },
      { type: 'Microsoft.KeyVault.CertificateNewVersionCreated', data: about('Certificate') },
    ]) {
      await cache.getSecret('db')
      const before = reads()
      assert.equal(cache.handleEvent(event), true)
      await cache.getSecret('db')
      assert.equal(reads(), before + 1)
    }
  })

  it('that is of another vault or object, or none, changes nothing', async () => {
    const { cache, reads } = secrets()
    await cache.getSecret('db')
    for (const event of [
      { type: newVersion, data: about('Secret', 'another') },
      { type: newVersion, data: about('Key') },
      { type: 'Microsoft.Storage.BlobCreated', data: about('Secret') },
      { type: newVersion, data: { ...about('Secret'), ObjectName: '' } },
      { type: newVersion },
      { type: newVersion, data: null },
      [],
      'text',
      null,
      undefined,
    ]) {
      assert.equal(cache.handleEvent(event), false)
    }
    await cache.getSecret('db')
    assert.equal(reads(), 1)
  })

  it('makes a cache forget the key', async () => {
    let reads = 0
    const getKey = (name: string): Promise<{ name: string; read: number }> =>
      Promise.resolve({ name, read: ++reads })
    const cache = new KeyCache({ getKey })
    await cache.getKey('db')
    const event = { type: 'Microsoft.KeyVault.KeyNewVersionCreated', data: about('Key') }
    assert.equal(cache.handleEvent(event), true)
    assert.deepEqual(await cache.getKey('db'), { name: 'db', read: 2 })
  })
})
