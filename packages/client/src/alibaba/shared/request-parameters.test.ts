import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requestParameters } from './request-parameters.ts'
import { responseBody } from './response-body.ts'

const sent = (request: object): Record<string, string> =>
  Object.fromEntries(requestParameters(request))

describe('a request', () => {
  it('has the names of the wire, and texts', () => {
    const request = {
      keyId: 'k',
      DKMSInstanceId: 'kst-1',
      vSwitchIds: 'v',
      pageNumber: 2,
      enableAutomaticRotation: false,
      description: '',
      policy: undefined,
    }
    assert.deepEqual(sent(request), {
      KeyId: 'k',
      DKMSInstanceId: 'kst-1',
      VSwitchIds: 'v',
      PageNumber: '2',
      EnableAutomaticRotation: 'false',
      Description: '',
    })
  })

  it('has lists of objects as JSON texts with names of the wire', () => {
    assert.deepEqual(sent({ tags: [{ tagKey: 'a', tagValue: 'b' }] }), {
      Tags: '[{"TagKey":"a","TagValue":"b"}]',
    })
    assert.deepEqual(sent({ filters: [{ key: 'KeyState', values: ['Enabled'] }] }), {
      Filters: '[{"Key":"KeyState","Values":["Enabled"]}]',
    })
    assert.deepEqual(sent({ bindVpcs: [{ vpcId: 'p', vSwitchId: 's' }] }), {
      BindVpcs: '[{"VpcId":"p","VSwitchId":"s"}]',
    })
    assert.deepEqual(sent({ accessControlRules: { networkRules: ['n'] } }), {
      AccessControlRules: '{"NetworkRules":["n"]}',
    })
  })

  it("leaves names that are the caller's as they are, and texts too", () => {
    const request = { encryptionContext: { a: '1' }, policy: '{"Version":"1"}', tagKeys: ['x'] }
    assert.deepEqual(sent(request), {
      EncryptionContext: '{"a":"1"}',
      Policy: '{"Version":"1"}',
      TagKeys: '["x"]',
    })
    assert.deepEqual(sent({ extendedConfig: { SecretSubType: 'SingleUser' } }), {
      ExtendedConfig: '{"SecretSubType":"SingleUser"}',
    })
    assert.deepEqual(sent({ extendedConfig: { customData: { a: 'b' } } }), {
      'ExtendedConfig.CustomData': '{"a":"b"}',
    })
  })

  it('has the resources of the newer actions on tags one by one', () => {
    const request = {
      resourceId: ['k1', 'k2'],
      tag: [{ key: 'a', value: 'b' }],
      tagKey: ['c'],
    }
    assert.deepEqual(sent(request), {
      'ResourceId.1': 'k1',
      'ResourceId.2': 'k2',
      'Tag.1.Key': 'a',
      'Tag.1.Value': 'b',
      'TagKey.1': 'c',
    })
  })
})

describe('an answer', () => {
  it('has the names that SDKs have for the members', () => {
    const keys = { Keys: { Key: [{ KeyId: 'k' }] } }
    const body = { ...keys, DKMSInstanceId: 'i', TotalCount: 1, Value: true }
    assert.deepEqual(responseBody('ListKeys', body), {
      keys: { key: [{ keyId: 'k' }] },
      DKMSInstanceId: 'i',
      totalCount: 1,
      value: true,
    })
  })

  it('leaves the names of the tags of a certificate as they are', () => {
    const body = { CertificateId: 'c', Tags: { Owner: 'o' } }
    assert.deepEqual(responseBody('DescribeCertificate', body), {
      certificateId: 'c',
      tags: { Owner: 'o' },
    })
  })
})
