import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KMS_ACTIONS } from '@claviger/client/alibaba'
import { MemoryVault } from '../testing/memory-vault.ts'
import { runInMemory } from '../testing/run-in-memory.ts'
import { hiddenIn } from './read-request.ts'

const environment = {
  ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou',
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'id',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'canary-access-key',
}

describe('claviger kms', () => {
  it('refuses an action that is none, and words that are no parameters, before it asks', async () => {
    const nobody = new MemoryVault(() => assert.fail('it has asked'))
    for (const words of [['no-such-action'], ['Encrypt', 'keyId'], ['Encrypt', '=x'], ['Encrypt', 'a={']]) {
      assert.equal((await runInMemory(['kms', ...words], nobody, { environment })).code, 2)
    }
  })

  it('says what to set when the environment names no gateway', async () => {
    const nobody = new MemoryVault(() => assert.fail('it has asked'))
    const { code, errors } = await runInMemory(['kms', 'list-keys'], nobody, { environment: {} })
    assert.equal(code, 2)
    assert.match(errors, /ALIBABA_CLOUD_REGION_ID/)
  })

  it('hides what is secret at any depth, in either spelling', () => {
    const answer = { SecretData: 'canary', list: [{ plaintext: 'canary', keyId: 'k' }] }
    assert.deepEqual(hiddenIn(answer, '-'), { SecretData: '-', list: [{ plaintext: '-', keyId: 'k' }] })
  })

  it('knows every action by one name alone', () => {
    assert.equal(new Set(KMS_ACTIONS.map((name) => name.toLowerCase())).size, KMS_ACTIONS.length)
  })
})
