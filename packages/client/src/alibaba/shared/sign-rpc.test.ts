import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { rpcSignature, signRpc } from './sign-rpc.ts'

const accessKey = { accessKeyId: 'testid', accessKeySecret: 'testsecret' }

const encrypt = {
  action: 'Encrypt',
  version: '2016-01-20',
  method: 'POST',
  host: 'kms.cn-hangzhou.aliyuncs.com',
  parameters: new Map([
    ['KeyId', 'alias/demo key'],
    ['Plaintext', 'aGVsbG8gd29ybGQ='],
  ]),
  accessKey,
  date: new Date('2024-01-02T03:04:05.678Z'),
  nonce: '0123456789abcdef',
} as const

describe('a signature as the older SDKs make it', () => {
  it("is that of the service's published example", async () => {
    const parameters = Object.entries({
      AccessKeyId: 'testid',
      Action: 'CreateKey',
      Format: 'json',
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      Timestamp: '2016-03-28T03:13:08Z',
      Version: '2016-01-20',
    })
    const signature = await rpcSignature('testsecret', 'GET', parameters, 'HMAC-SHA1')
    assert.equal(signature, '41wk2SSX1GJh7fwnc5eqOfiJPFg=')
  })

  it('covers parameters wherever they stand, with either hash', async () => {
    const parameters: readonly (readonly [string, string])[] = [
      ...encrypt.parameters,
      ['Action', 'Encrypt'],
      ['Format', 'json'],
      ['Version', '2016-01-20'],
      ['Timestamp', '2024-01-02T03:04:05Z'],
      ['SignatureNonce', '0123456789abcdef'],
      ['SignatureMethod', 'HMAC-SHA1'],
      ['SignatureVersion', '1.0'],
      ['AccessKeyId', 'testid'],
    ]
    const sign = (algorithm: 'HMAC-SHA1' | 'HMAC-SHA256'): Promise<string> =>
      rpcSignature('testsecret', 'POST', parameters, algorithm)
    assert.equal(await sign('HMAC-SHA1'), '/6XK5AFG3iiDWxSKRCmZ8PD7ZAc=')
    assert.equal(await sign('HMAC-SHA256'), '7zzcsaxWVP3hu7z1Lw4hcijjAvztE9P7auhvibHQD1c=')
  })

  it('leaves nothing of a POST in the URL', async () => {
    const { query, body, headers } = await signRpc(encrypt, 'HMAC-SHA256')
    assert.equal(query, '')
    assert.deepEqual(headers, { 'content-type': 'application/x-www-form-urlencoded' })
    const sent = new URLSearchParams(body)
    assert.equal(sent.get('KeyId'), 'alias/demo key')
    assert.equal(sent.get('Timestamp'), '2024-01-02T03:04:05Z')
    assert.equal(sent.get('SignatureMethod'), 'HMAC-SHA256')
    assert.ok(sent.get('Signature'))
    assert.equal(sent.get('SecurityToken'), null)
  })

  it('puts the parameters of a GET, and the token of a session, into the query', async () => {
    const session = { ...accessKey, securityToken: 'sts/token' }
    const call = { ...encrypt, method: 'GET', accessKey: session } as const
    const { query, body } = await signRpc(call, 'HMAC-SHA1')
    assert.equal(body, '')
    assert.equal(new URLSearchParams(query).get('SecurityToken'), 'sts/token')
  })
})
