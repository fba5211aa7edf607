import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Fault, Secret } from '@claviger/vault'
import { memoryVault } from '@claviger/vault/testing'
import { alibaba } from '@claviger/wire'
import { sharedAuthentication } from './authenticate.ts'
import { refusalOf } from './fault-refusal.ts'

const SECRET = Buffer.from('secret')

/** Claims of requests that a key with this secret has signed. */
async function claimsUnderTest() {
  const { vault, administrator, clock } = await memoryVault()
  const refused = async (): Promise<never> => assert.fail('no client key has signed it')
  const authenticate = sharedAuthentication({
    signers: {
      async callerOfAccessKey(proof) {
        assert.ok(proof.verify(new Secret(Uint8Array.from(SECRET))))
        return administrator.caller
      },
      callerOfClientKey: refused,
    },
    clock,
    claimsSince: 0,
  })
  const view = await vault.view()
  const common = {
    Action: 'DescribeKey',
    Version: '2016-01-20',
    AccessKeyId: 'LTAItest',
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    Timestamp: alibaba.shared.formatWireTime(Math.floor(clock.now() / 1000)),
  }
  const signed = (parameters: Readonly<Record<string, string>>): Map<string, string> => {
    const all = new Map(Object.entries({ ...common, ...parameters }))
    const text = alibaba.shared.rpcStringToSign('POST', all)
    return all.set('Signature', alibaba.shared.signRpc(text, 'HMAC-SHA1', SECRET))
  }
  const claimsOf = async (sent: ReadonlyMap<string, string>): Promise<readonly string[]> => {
    const raw = {
      method: 'POST',
      path: '/',
      query: new URLSearchParams([...sent]).toString(),
      headers: { host: 'kms.cn-hangzhou.localhost' },
      body: new Uint8Array(),
    }
    const request = alibaba.shared.readSignedRequest(raw, alibaba.shared.readParameters(raw))
    return (await authenticate(request, administrator.request, view)).claims
  }
  return { signed, claimsOf }
}

describe('a request without a nonce', () => {
  it('makes one claim however its signature is written', async () => {
    const { signed, claimsOf } = await claimsUnderTest()
    const sent = signed({ KeyId: 'k' })
    const claims = await claimsOf(sent)
    assert.equal(claims.length, 1)
    for (const signature of spellings(sent.get('Signature') ?? '')) {
      assert.deepEqual(await claimsOf(new Map(sent).set('Signature', signature)), claims)
    }
  })

  it('makes another claim than one that asks for something else', async () => {
    const { signed, claimsOf } = await claimsUnderTest()
    const [one, other] = [await claimsOf(signed({ KeyId: 'k' })), await claimsOf(signed({ KeyId: 'l' }))]
    assert.notDeepEqual(one, other)
  })
})

it('a nonce makes one claim whatever is asked with it', async () => {
  const { signed, claimsOf } = await claimsUnderTest()
  const claims = await claimsOf(signed({ KeyId: 'k', SignatureNonce: 'n' }))
  assert.deepEqual(await claimsOf(signed({ KeyId: 'l', SignatureNonce: 'n' })), claims)
})

it('what a refusal is recorded with is what the client is answered', () => {
  for (const [reason, code, status] of [
    ['RequestSignatureWrong', 'SignatureDoesNotMatch', 400],
    ['AccessKeyDisabled', 'InvalidAccessKeyId.Inactive', 400],
    ['SecurityTokenExpired', 'InvalidSecurityToken.Expired', 400],
    ['ClientAddressNotAllowed', 'Forbidden.NoPermission', 403],
    ['AccessKeyUnknown', 'InvalidAccessKeyId.NotFound', 404],
  ] as const) {
    const refusal = refusalOf(new Fault('SignInFailed', { reason }))
    assert.deepEqual([refusal.code, refusal.status], [code, status])
  }
})

/** Base64 of the same octets: without padding, and with other bits where none count. */
function spellings(base64: string): readonly string[] {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  const bare = base64.replace(/=$/, '')
  const last = digits.indexOf(bare.slice(-1))
  const others = [1, 2, 3].map((bits) => `${bare.slice(0, -1)}${digits.charAt(last + bits)}=`)
  return [bare, ...others]
}
