import assert from 'node:assert/strict'
import { it } from 'node:test'
import { sharedDoorUnderTest } from './door-under-test.ts'

const DIGEST = Buffer.alloc(32).toString('base64')
const NO_KEY = `key-${'0'.repeat(21)}`

it('a stranger is told the same of a key that there is and of one that there is not', async () => {
  const { call } = await sharedDoorUnderTest()
  const { KeyId } = (await call('CreateKey')).body.KeyMetadata
  await call('CreateAlias', { KeyId, AliasName: 'alias/there' })
  for (const action of ['DescribeKey', 'Encrypt', 'CreateKeyVersion', 'GenerateMac'] as const) {
    const parameters = { Plaintext: 'a', Algorithm: 'HMAC_SHA_256', Message: 'YQ==' }
    const told = async (key: string): Promise<unknown> => {
      const { status, body } = await call(action, { ...parameters, KeyId: key }, 'stranger')
      const { RequestId: _, ...words } = body
      return { status, ...words }
    }
    const missing = await told(NO_KEY)
    for (const one of [KeyId, 'alias/there', 'alias/nowhere']) {
      assert.deepEqual(await told(one), missing, action)
    }
  }
})

it('nor does the id of another key as KeyVersionId tell; each call is audited as what it is', async () => {
  const { call, memory } = await sharedDoorUnderTest()
  const key = { KeySpec: 'EC_P256' }
  const { KeyId } = (await call('CreateKey', key)).body.KeyMetadata
  const before = (await memory.audit()).length
  for (const KeyVersionId of ['x', `${NO_KEY}-0000000000`]) {
    const asked = { KeyId, KeyVersionId }
    const sign = { ...asked, Algorithm: 'ECDSA_SHA_256', Digest: DIGEST }
    for (const answer of [
      await call('DescribeKeyVersion', asked, 'stranger'),
      await call('AsymmetricSign', sign, 'stranger'),
    ]) {
      assert.deepEqual([answer.status, answer.body.Code], [403, 'Forbidden.NoPermission'])
    }
    const known = await call('AsymmetricSign', sign)
    assert.deepEqual([known.status, known.body.Code], [404, 'Forbidden.KeyVersionNotFound'])
  }
  const names = (await memory.audit(before)).map(({ operationName }) => operationName)
  assert.deepEqual(new Set(names), new Set(['KeyGet', 'KeySign']))
})
