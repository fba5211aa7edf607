import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { DenialLimit } from '@claviger/vault'
import { memoryVault } from '@claviger/vault/testing'
import { accountIdOf } from '../account-id.ts'
import { stsDoor } from './door.ts'

async function stsUnderTest(denialsPerMinute = 600) {
  const memory = await memoryVault()
  let caller = memory.administrator.caller
  const door = stsDoor({
    vault: memory.vault,
    denials: new DenialLimit(denialsPerMinute, memory.clock),
    authenticate: async () => ({ caller, claims: [] }),
    log: { error: () => assert.fail('an internal failure') },
  })
  const call = async (parameters: Readonly<Record<string, string>>, by = memory.administrator) => {
    caller = by.caller
    const sent = {
      Action: 'AssumeRole', Version: '2015-04-01', AccessKeyId: 'LTAItest', SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0', Timestamp: '2026-01-01T00:00:00Z', Signature: 'none', ...parameters,
    }
    const answer = await door.answer({
      method: 'POST', path: '/', query: new URLSearchParams(sent).toString(), headers: {},
      body: new Uint8Array(), host: 'sts.localhost', port: 8443, clientAddress: '127.0.0.1',
      requestId: randomUUID(),
    })
    return { status: answer.status, body: JSON.parse(String(answer.body)) }
  }
  const { id } = await memory.vault.principals.create(memory.administrator, {
    kind: 'sessionRole', displayName: 'deployer',
  })
  const RoleArn = `acs:ram::${accountIdOf(memory.first.tenant.id)}:role/${id}`
  return { memory, call, RoleArn }
}

test('whoever may assume a role gets credentials for a while', async () => {
  const { call, RoleArn, memory } = await stsUnderTest()
  const { status, body } = await call({ RoleArn, RoleSessionName: 'build', DurationSeconds: '900' })
  assert.equal(status, 200)
  assert.match(body.Credentials.AccessKeyId, /^STS\./)
  assert.ok(body.Credentials.AccessKeySecret.length > 20 && body.Credentials.SecurityToken.length > 50)
  const now = Math.floor(memory.clock.now() / 1000)
  assert.equal(Date.parse(body.Credentials.Expiration) / 1000, now + 900)
  assert.ok(body.AssumedRoleUser.Arn.endsWith('/build'))
})

test('whoever may not is refused, and what is wrong is named', async () => {
  const { call, RoleArn, memory } = await stsUnderTest()
  const session = { RoleSessionName: 'build' }
  const refused = await call({ RoleArn, ...session }, memory.stranger)
  assert.deepEqual([refused.status, refused.body.Code], [403, 'Forbidden.NoPermission'])
  for (const [parameters, code, named] of [
    [session, 'MissingParameter', 'RoleArn'],
    [{ RoleArn }, 'MissingParameter', 'RoleSessionName'],
    [{ RoleArn: 'acs:ram::1:role/x', ...session }, 'InvalidParameter', 'RoleArn'],
    [{ RoleArn: RoleArn.replace(/.$/, '!'), ...session }, 'InvalidParameter', 'RoleArn'],
    [{ RoleArn, RoleSessionName: 'a b' }, 'InvalidParameter', 'RoleSessionName'],
    [{ RoleArn, ...session, DurationSeconds: '1' }, 'InvalidParameter', 'DurationSeconds'],
    [{ RoleArn, ...session, DurationSeconds: 'x' }, 'InvalidParameter', 'DurationSeconds'],
    [{ RoleArn, ...session, Policy: '{}' }, 'InvalidParameter', 'Policy'],
    [{ RoleArn, ...session, Action: 'GetSomething' }, 'InvalidApi.NotFound', ''],
    [{ RoleArn, ...session, Version: '2016-01-20' }, 'InvalidApi.NotFound', ''],
  ] as const) {
    const { body } = await call(parameters)
    assert.equal(body.Code, code)
    assert.ok(body.Message.includes(named), body.Message)
  }
})

test('whoever is denied again and again is not asked about any more, and leaves no entry', async () => {
  const { call, RoleArn, memory } = await stsUnderTest(2)
  const denied = (): ReturnType<typeof call> =>
    call({ RoleArn, RoleSessionName: 'build' }, memory.stranger)
  for (let tries = 0; tries < 2; tries++) assert.equal((await denied()).status, 403)
  const before = (await memory.audit()).length
  const last = await denied()
  assert.deepEqual([last.status, last.body.Code], [400, 'Throttling.User'])
  assert.equal((await memory.audit()).length, before)
})
