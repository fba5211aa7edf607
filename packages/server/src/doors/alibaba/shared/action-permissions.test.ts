import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dataActionsOf } from './action-permissions.ts'

const VAULTS = 'Microsoft.KeyVault/vaults'

describe('an action in a policy', () => {
  it('stands for what it takes in the vault', () => {
    assert.deepEqual(dataActionsOf('key', 'kms:Encrypt'), [`${VAULTS}/keys/encrypt/action`])
    assert.deepEqual(dataActionsOf('key', 'kms:encrypt'), [`${VAULTS}/keys/encrypt/action`])
    assert.deepEqual(dataActionsOf('key', 'kms:GenerateDataKey*'), [`${VAULTS}/keys/wrap/action`])
    assert.deepEqual(dataActionsOf('secret', 'kms:GetSecretValue'), [`${VAULTS}/secrets/getSecret/action`])
    assert.deepEqual(dataActionsOf('secret', 'kms:*'), [`${VAULTS}/secrets/*`])
    assert.deepEqual(dataActionsOf('key', '*'), [`${VAULTS}/keys/*`, `${VAULTS}/keyrotationpolicies/*`])
    assert.deepEqual(dataActionsOf('key', 'kms:SetKeyPolicy'), [])
    // What opens a data key over the other wire: else denying Decrypt would leave a way around it.
    for (const name of ['Decrypt', 'AsymmetricDecrypt', 'ExportDataKey', 'ReEncryptFrom']) {
      const actions = [`${VAULTS}/keys/decrypt/action`, `${VAULTS}/keys/unwrap/action`]
      assert.deepEqual(dataActionsOf('key', `kms:${name}`), actions)
    }
  })

  it('is none that a key, or a secret, does not have', () => {
    for (const name of ['kms:', 'kms:Nothing', 'ecs:Encrypt', 'kms:GetSecretValue', 'kms:constructor', 'kms:Enc?ypt', '']) {
      assert.equal(dataActionsOf('key', name), undefined, name)
    }
    assert.equal(dataActionsOf('secret', 'kms:Encrypt'), undefined)
  })

  it('takes no time to speak of, however many stars it has', () => {
    assert.equal(dataActionsOf('key', `kms:${'*e'.repeat(31)}*z`), undefined)
  })
})
