import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fakeFetch, json, type FakeFetch } from '../testing/fake-fetch.ts'
import { assumeRoleCredential, KmsClient, type KmsCredentialProvider } from './index.ts'

const config = { accessKeyId: 'a', accessKeySecret: 's' }

interface Far extends FakeFetch {
  readonly provider: KmsCredentialProvider
}

/** A token service whose sessions last so long, each under a number of its own. */
function tokenService(secondsOf: (number: number) => number, fails = 0): Far {
  const far = fakeFetch((_, number) => {
    if (number <= fails) return json(403, { Code: 'NoPermission', Message: 'No.' })
    const ends = new Date(Date.now() + secondsOf(number) * 1000)
    const Expiration = `${ends.toISOString().slice(0, 19)}Z`
    const keys = { AccessKeyId: `STS.${number}`, AccessKeySecret: 's', SecurityToken: 't' }
    return json(200, { Credentials: { ...keys, Expiration }, RequestId: 'r' })
  })
  const session = { roleArn: 'acs:ram::1:role/r', roleSessionName: 'test' }
  const provider = assumeRoleCredential({ ...session, config, fetch: far.fetch })
  return { ...far, provider }
}

describe('the access key of a session', () => {
  it('is asked for once, by calls that come together and those that follow', async () => {
    const { provider, seen } = tokenService(() => 3600)
    const together = [provider.getCredential(), provider.getCredential()]
    const keys = [...(await Promise.all(together)), await provider.getCredential()]
    assert.deepEqual(new Set(keys.map(({ accessKeyId }) => accessKeyId)), new Set(['STS.1']))
    assert.equal(seen.length, 1)
    assert.equal(seen[0]?.url.href, 'https://sts.aliyuncs.com/')
    assert.equal(seen[0]?.headers.get('x-acs-version'), '2015-04-01')
    assert.equal(seen[0]?.headers.get('x-acs-action'), 'AssumeRole')
    const sent = Object.fromEntries(new URLSearchParams(seen[0]?.body))
    const role = { RoleArn: 'acs:ram::1:role/r', RoleSessionName: 'test' }
    assert.deepEqual(sent, { ...role, DurationSeconds: '3600' })
  })

  it('is renewed once when little of it is left, by calls that come together too', async () => {
    const { provider, seen } = tokenService((number) => (number === 1 ? 200 : 3600))
    await provider.getCredential()
    const together = [provider.getCredential(), provider.getCredential(), provider.getCredential()]
    const keys = await Promise.all(together)
    assert.deepEqual(new Set(keys.map(({ accessKeyId }) => accessKeyId)), new Set(['STS.2']))
    assert.equal(seen.length, 2)
  })

  it('is asked for again after a failure', async () => {
    const { provider } = tokenService(() => 3600, 1)
    await assert.rejects(provider.getCredential(), { name: 'AccessDeniedError' })
    assert.equal((await provider.getCredential()).accessKeyId, 'STS.2')
  })

  it('signs what a client asks', async () => {
    const { provider } = tokenService(() => 3600)
    const { fetch, seen } = fakeFetch(() => json(200, { RequestId: 'r' }))
    const client = new KmsClient({ config: { endpoint: 'h', credential: provider }, fetch })
    await client.describeRegions()
    assert.equal(seen[0]?.headers.get('x-acs-security-token'), 't')
    assert.match(seen[0]?.headers.get('authorization') ?? '', /Credential=STS\.1,/)
  })
})
