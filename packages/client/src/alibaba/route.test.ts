import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gatewayOf, INSTANCE_ACTIONS, type Routing } from './route.ts'

const kmsConfig = { endpoint: 'kst-1.cryptoservice.kms.aliyuncs.com' }
const both: Routing = { hasShared: true, kmsConfig }
const some: Routing = { ...both, kmsConfig: { ...kmsConfig, defaultKmsApiNames: ['Decrypt'] } }

describe('which gateway answers', () => {
  it('is the instance for ten actions, and the shared one for all others', () => {
    assert.equal(INSTANCE_ACTIONS.length, 10)
    for (const action of INSTANCE_ACTIONS) assert.equal(gatewayOf(action, both), 'instance')
    for (const action of ['CreateKey', 'GenerateMac', 'ReEncrypt', 'BatchGetSecretValue']) {
      assert.equal(gatewayOf(action, both), 'shared')
      assert.equal(gatewayOf(action, both, { isUseKmsShareGateway: false }), 'shared')
    }
  })

  it('is told by the client', () => {
    assert.equal(gatewayOf('Encrypt', { ...both, isUseKmsShareGateway: true }), 'shared')
    assert.equal(gatewayOf('Encrypt', { ...both, isUseKmsShareGateway: false }), 'instance')
  })

  it('is told by names before the client', () => {
    assert.equal(gatewayOf('Decrypt', some), 'shared')
    assert.equal(gatewayOf('Decrypt', { ...some, isUseKmsShareGateway: false }), 'shared')
    assert.equal(gatewayOf('Encrypt', some), 'instance')
  })

  it('is told by the call before names and client', () => {
    assert.equal(gatewayOf('Decrypt', some, { isUseKmsShareGateway: false }), 'instance')
    assert.equal(gatewayOf('Encrypt', some, { isUseKmsShareGateway: true }), 'shared')
    const shared = { ...both, isUseKmsShareGateway: true }
    assert.equal(gatewayOf('Encrypt', shared, { isUseKmsShareGateway: false }), 'instance')
  })

  it('is the only one where there is only one', () => {
    const sharedAlone = { hasShared: true }
    assert.equal(gatewayOf('Encrypt', sharedAlone), 'shared')
    assert.equal(gatewayOf('Encrypt', sharedAlone, { isUseKmsShareGateway: false }), 'shared')
    assert.equal(gatewayOf('Encrypt', { hasShared: false, kmsConfig }), 'instance')
    const named = { ...some, hasShared: false, isUseKmsShareGateway: true }
    assert.equal(gatewayOf('Decrypt', named), 'instance')
  })
})
