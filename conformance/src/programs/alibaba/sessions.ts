import assert from 'node:assert/strict'
import { step, variable } from '../step.ts'
import * as kms from '@alicloud/kms20160120'
import { type Answer, genericCall, list, member, refused, text } from './generic-client.ts'
import { kmsClient } from './kms-client.ts'

// Sessions of the token service: who may act as a role for a while, and what such a session signs.

const endpoint = variable('ALIBABA_STS_ENDPOINT')
// The account stands in whatever has been made.
const made = member(await genericCall()('CreateKey'), 'KeyMetadata')
const arn = `acs:ram::${text(made, 'Creator')}:role/${variable('ALIBABA_ROLE_ID')}`
const sts = genericCall({ endpoint, version: '2015-04-01' })

async function session(more: object = {}): Promise<Answer> {
  const asked = { RoleArn: arn, RoleSessionName: 'conformance', DurationSeconds: 900, ...more }
  return member(await sts('AssumeRole', asked), 'Credentials')
}

function keysOf(credentials: Answer): {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken: string
} {
  return {
    accessKeyId: text(credentials, 'AccessKeyId'),
    accessKeySecret: text(credentials, 'AccessKeySecret'),
    securityToken: text(credentials, 'SecurityToken'),
  }
}

await step(
  'AssumeRole gives an access key with a token, for as long as it was asked for',
  async () => {
    const { AccessKeyId, Expiration } = await session()
    assert.match(String(AccessKeyId), /^STS\./)
    const seconds = (Date.parse(String(Expiration)) - Date.now()) / 1000
    assert.ok(seconds > 840 && seconds <= 910, String(seconds))
    await refused(session({ DurationSeconds: 1 }), 'InvalidParameter', 400)
    await refused(session({ RoleSessionName: '' }), 'MissingParameter', 400)
  },
)

for (const way of [
  'openapi-core, ACS3, query',
  'openapi-client, RPC, query',
  'openapi-core, RPC, form',
  'openapi-client, ACS3, form',
]) {
  await step(`a session may do what its role may, and no more: ${way}`, async () => {
    const call = genericCall({ way, ...keysOf(await session()) })
    assert.ok(list(await call('ListKeys'), 'Keys', 'Key'))
    await refused(call('CreateKey'), 'Forbidden.NoPermission', 403)
  })
}

await step('the client of version 1 signs with a session too', async () => {
  const client = kmsClient(keysOf(await session()))
  const { keys } = await client.listKeys(new kms.ListKeysRequest({}))
  assert.ok(Array.isArray(keys.key))
})

await step(
  'a session without its token, with another’s, or with a broken one is none',
  async () => {
    const [one, other] = [keysOf(await session()), keysOf(await session())]
    const wrong: readonly (readonly [object, string, number])[] = [
      [{ securityToken: undefined }, 'InvalidAccessKeyId.NotFound', 404],
      [{ securityToken: other.securityToken }, 'InvalidSecurityToken.MismatchWithAccessKey', 400],
      [{ securityToken: 'nonsense' }, 'InvalidSecurityToken.Malformed', 400],
      [
        { securityToken: `${one.securityToken.slice(0, -4)}AAAA` },
        'InvalidSecurityToken.Malformed',
        400,
      ],
      [{ accessKeySecret: other.accessKeySecret }, 'SignatureDoesNotMatch', 400],
    ]
    for (const [change, code, status] of wrong) {
      const call = genericCall({ ...one, ...change })
      await refused(call('ListKeys'), code, status)
    }
  },
)

await step('who was not given the role may not act as it', async () => {
  const stranger = genericCall({
    endpoint,
    version: '2015-04-01',
    accessKeyId: variable('STRANGER_ACCESS_KEY_ID'),
    accessKeySecret: variable('STRANGER_ACCESS_KEY_SECRET'),
  })
  const asked = { RoleArn: arn, RoleSessionName: 'stranger' }
  await refused(stranger('AssumeRole', asked), 'Forbidden.NoPermission', 403)
  const nobody = arn.replace(/[^/]+$/, '00000000-0000-4000-8000-000000000000')
  await assert.rejects(session({ RoleArn: nobody }), /code: 40[34], /)
  await refused(session({ RoleArn: 'nonsense' }), 'InvalidParameter', 400)
})

console.log('done')
