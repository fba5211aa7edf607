import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { KeyVaultSecret } from '../azure/secret-models.ts'
import { bounded } from './bounded.ts'
import { SecretCache, type SecretReader } from './secret-cache.ts'

/** A vault that counts what it is asked for, and how much at a time. */
class CountingReader implements SecretReader {
  readonly asked: string[] = []
  atATime = 0
  most = 0

  async getSecret(name: string, { version = '' } = {}): Promise<KeyVaultSecret> {
    this.asked.push(`${name}/${version}`)
    this.atATime += 1
    this.most = Math.max(this.most, this.atATime)
    await new Promise((resolve) => setImmediate(resolve))
    this.atATime -= 1
    const vaultUrl = 'https://myvault.vault.azure.net'
    return { name, value: `${name} ${this.asked.length}`, properties: { name, vaultUrl } }
  }
}

describe('a cache of secrets', () => {
  it('stands in the place of its client, by name in any case and by version', async () => {
    const reader = new CountingReader()
    const cache = new SecretCache(reader)
    assert.equal((await cache.getSecret('Name')).value, 'Name 1')
    assert.equal((await cache.getSecret('name')).value, 'Name 1')
    assert.equal((await cache.getSecret('name', { version: 'v' })).value, 'name 2')
    assert.deepEqual(reader.asked, ['Name/', 'name/v'])
  })

  it('keeps the forms of a secret apart, and asks for them', async () => {
    const asked: unknown[] = []
    const reader: SecretReader = {
      async getSecret(name, options) {
        asked.push(options)
        const vaultUrl = 'https://myvault.vault.azure.net'
        return { name, value: options?.outContentType ?? 'as it is', properties: { name, vaultUrl } }
      },
    }
    const cache: SecretReader = new SecretCache(reader)
    const outContentType = 'application/x-pem-file'
    assert.equal((await cache.getSecret('a')).value, 'as it is')
    assert.equal((await cache.getSecret('a', { outContentType })).value, outContentType)
    assert.equal((await cache.getSecret('a', { outContentType, version: '' })).value, outContentType)
    assert.deepEqual(asked, [{}, { outContentType }])
  })

  it('keeps one value whatever else is asked, and passes that on', async () => {
    const asked: unknown[] = []
    const vaultUrl = 'https://myvault.vault.azure.net'
    const cache = new SecretCache({
      async getSecret(name, options) {
        asked.push(options)
        return { name, value: 'x', properties: { name, vaultUrl } }
      },
    })
    const traced = (id: string): object => ({ requestOptions: { headers: { id } }, timeoutMs: 7 })
    await cache.getSecret('a', traced('1'))
    await cache.getSecret('a', traced('2'))
    await cache.getSecret('a')
    assert.deepEqual(asked, [traced('1')])
  })

  it('forgets all versions of a name, and no other name', async () => {
    const reader = new CountingReader()
    const cache = new SecretCache(reader)
    const readAll = async (): Promise<void> => {
      await cache.getSecret('a')
      await cache.getSecret('a', { version: 'v' })
      await cache.getSecret('ab')
    }
    await readAll()
    cache.clear('A')
    await readAll()
    assert.deepEqual(reader.asked, ['a/', 'a/v', 'ab/', 'a/', 'a/v'])
    cache.clear()
    await readAll()
    assert.equal(reader.asked.length, 8)
  })

  it('reads many, each once, so many at a time', async () => {
    const reader = new CountingReader()
    const cache = new SecretCache(reader)
    const names = Array.from({ length: 20 }, (_, index) => `n${index}`)
    const secrets = await cache.getSecrets([...names, 'n0', 'n1'], { concurrency: 3 })
    assert.deepEqual([...secrets.keys()], names)
    assert.equal(secrets.get('n7')?.name, 'n7')
    assert.equal(reader.asked.length, 20)
    assert.equal(reader.most, 3)
  })

  it('stops reading many when it is aborted', async () => {
    const reader = new CountingReader()
    const abortSignal = AbortSignal.abort(new Error('enough'))
    await assert.rejects(new SecretCache(reader).getSecrets(['a'], { abortSignal }), /enough/)
    assert.deepEqual(reader.asked, [])
  })
})

describe('work for many items', () => {
  it('begins nothing after the first failure', async () => {
    const begun: number[] = []
    const work = async (item: number): Promise<void> => {
      begun.push(item)
      await Promise.resolve()
      if (item === 2) throw new Error('two')
    }
    await assert.rejects(bounded([1, 2, 3, 4, 5, 6], 1, work), /two/)
    assert.deepEqual(begun, [1, 2])
    await assert.rejects(bounded([1], 0, work), RangeError)
  })
})
