import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { FakeCredential } from '../testing/fake-vault.ts'
import { TokenCache, tokenCacheOf } from './token-cache.ts'

const request = { scope: 'https://vault.azure.net/.default' }

describe('the tokens of a credential', () => {
  it('are asked for once by many, and kept by scope and tenant', async () => {
    const credential = new FakeCredential()
    const cache = new TokenCache(credential)
    const all = await Promise.all([1, 2, 3].map(() => cache.get(request)))
    assert.deepEqual(new Set(all), new Set(['canary-token-1']))
    assert.equal(await cache.get({ ...request, tenantId: 'another' }), 'canary-token-2')
    assert.equal(await cache.get({ scope: 'https://other.example/.default' }), 'canary-token-3')
    assert.equal(await cache.get(request), 'canary-token-1')
    assert.equal(credential.asked.length, 3)
  })

  it('are not used in their last two minutes', async () => {
    const credential = new FakeCredential()
    credential.lifetimeMs = 119_000
    const cache = new TokenCache(credential)
    assert.equal(await cache.get(request), 'canary-token-1')
    assert.equal(await cache.get(request), 'canary-token-2')
  })

  it('are renewed early, in the background, while the old one is used', async () => {
    const credential = new FakeCredential()
    credential.refreshAfterMs = -1
    const cache = new TokenCache(credential)
    await cache.get(request)
    assert.equal(await cache.get(request), 'canary-token-1')
    await Promise.resolve()
    assert.equal(credential.asked.length, 2)
  })

  it('stay when an early renewal fails, which is not tried again at once', async () => {
    const credential = new FakeCredential()
    credential.refreshAfterMs = -1
    const cache = new TokenCache(credential)
    await cache.get(request)
    const failing = mock.method(credential, 'getToken', () => Promise.reject(new Error('no')))
    assert.equal(await cache.get(request), 'canary-token-1')
    await new Promise((resolve) => setImmediate(resolve))
    assert.equal(await cache.get(request), 'canary-token-1')
    assert.equal(failing.mock.callCount(), 1)
  })

  it('are asked for anew with claims that are demanded', async () => {
    const credential = new FakeCredential()
    const cache = new TokenCache(credential)
    await cache.get(request)
    assert.equal(await cache.get({ ...request, claims: '{}' }), 'canary-token-2')
    assert.equal(await cache.get(request), 'canary-token-2')
    assert.deepEqual(
      credential.asked.map(({ options }) => options),
      [{ enableCae: true }, { enableCae: true, claims: '{}' }],
    )
  })

  it('are forgotten when they are refused', async () => {
    const cache = new TokenCache(new FakeCredential())
    cache.forget(await cache.get(request))
    assert.equal(await cache.get(request), 'canary-token-2')
  })

  it('are an error when the credential has none, and no waiting when the caller has gone', async () => {
    const none = new TokenCache({ getToken: () => Promise.resolve(null) })
    await assert.rejects(none.get(request), { name: 'AuthenticationError', code: 'NoToken' })
    const never = new TokenCache({ getToken: () => new Promise(() => undefined) })
    const reason = new Error('enough')
    await assert.rejects(never.get(request, AbortSignal.abort(reason)), reason)
  })

  it('are those of all clients that have the credential', () => {
    const credential = new FakeCredential()
    assert.equal(tokenCacheOf(credential), tokenCacheOf(credential))
  })
})
