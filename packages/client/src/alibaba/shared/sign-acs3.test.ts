import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { canonicalPairs } from './percent-encode.ts'
import { sign, signAcs3 } from './sign-acs3.ts'

const NO_BODY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

const headers = {
  host: 'kms.cn-hangzhou.aliyuncs.com',
  'x-acs-action': 'Encrypt',
  'x-acs-content-sha256': NO_BODY,
  'x-acs-date': '2024-01-02T03:04:05Z',
  'x-acs-signature-nonce': '0123456789abcdef',
  'x-acs-version': '2016-01-20',
}

const parameters = new Map([
  ['KeyId', 'alias/demo key'],
  ['Plaintext', 'aGVsbG8gd29ybGQ='],
])

const call = {
  action: 'Encrypt',
  version: '2016-01-20',
  method: 'POST',
  host: headers.host,
  parameters,
  accessKey: { accessKeyId: 'testid', accessKeySecret: 'testsecret' },
  date: new Date('2024-01-02T03:04:05Z'),
  nonce: '0123456789abcdef',
} as const

const signatureIn = (text = ''): string | undefined => /Signature=([0-9a-f]{64})$/.exec(text)?.[1]

describe('a signature as the current SDKs make it', () => {
  it("is that of the cloud's published example", async () => {
    const query = canonicalPairs([
      ['RegionId', 'cn-shanghai'],
      ['ImageId', 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd'],
    ])
    const signed = await sign('YourAccessKeySecret', {
      method: 'POST',
      query,
      bodyHash: NO_BODY,
      headers: {
        host: 'ecs.cn-shanghai.aliyuncs.com',
        'x-acs-action': 'RunInstances',
        'x-acs-content-sha256': NO_BODY,
        'x-acs-date': '2023-10-26T10:22:32Z',
        'x-acs-signature-nonce': '3156853299f313e23d1673dc12e1703d',
        'x-acs-version': '2014-05-26',
      },
    })
    assert.equal(
      signed,
      'SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;' +
        'x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    )
  })

  it('covers marks that URLs leave bare, and the token of a session', async () => {
    const query = canonicalPairs([...parameters, ['EncryptionContext', '{"a":"1*~"}']])
    const request = { method: 'POST', query, headers, bodyHash: NO_BODY }
    assert.equal(
      signatureIn(await sign('testsecret', request)),
      '5b5366c718dca755fa0fa427baed4735745b0521d8d4d347e152a1884bd52711',
    )
    const token = { 'x-acs-accesskey-id': 'testid', 'x-acs-security-token': 'ststoken' }
    const session = { ...request, headers: { ...headers, ...token } }
    assert.equal(
      signatureIn(await sign('testsecret', session)),
      '0b0b91bdf852bb34133783b648c7a66f5baa31140e0b15a730f51080ac0f5dc0',
    )
  })

  it('covers the body, in which a POST has its parameters', async () => {
    const signed = await signAcs3(call)
    assert.equal(signed.query, '')
    assert.equal(signed.body, 'KeyId=alias%2Fdemo%20key&Plaintext=aGVsbG8gd29ybGQ%3D')
    assert.equal(
      signed.headers['authorization'],
      'ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=content-type;host;x-acs-action;' +
        'x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,' +
        'Signature=822af0133828a61e2132387792d483ab87125b07ac5bf1842e56c4ffdab3a5d5',
    )
  })

  it('of a GET covers the query, and names the session', async () => {
    const accessKey = { ...call.accessKey, securityToken: 'ststoken' }
    const signed = await signAcs3({ ...call, method: 'GET', accessKey })
    assert.equal(signed.body, '')
    assert.equal(signed.query, 'KeyId=alias%2Fdemo%20key&Plaintext=aGVsbG8gd29ybGQ%3D')
    assert.equal(signed.headers['x-acs-security-token'], 'ststoken')
    assert.match(signed.headers['authorization'] ?? '', /x-acs-accesskey-id;.*x-acs-security-token/)
  })
})
