import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { alibaba } from '@claviger/wire'
import fc from 'fast-check'
import { instanceDoorUnderTest } from './door-under-test.ts'

const { instance } = alibaba

function errorOf(body: string | Uint8Array): alibaba.instance.Message<'Error'> {
  return instance.decodeMessage('Error', Buffer.from(body))
}

describe('a request of the instance gateway', () => {
  it('is refused for its headers in the words that clients compare', async () => {
    const { ask, shared } = await instanceDoorUnderTest()
    const before = (await shared.memory.audit()).length
    const notMatched = [401, 'SignatureNotMatch', 'Signature is not matched.'] as const
    for (const [headers, status, code, message] of [
      [
        { 'content-type': 'text/plain' },
        415,
        'InvalidContentType',
        'Content-Type "text/plain" is unsupported.',
      ],
      [{ 'x-kms-apiversion': '1' }, 400, 'InvalidApiVersion', 'The ApiVersion "1" is invalid.'],
      [{ 'x-kms-apiname': 'Hmac' }, 400, 'InvalidApiName', 'The ApiName "Hmac" is invalid.'],
      [{ 'x-kms-apiname': undefined }, 400, 'InvalidApiName', 'The ApiName "" is invalid.'],
      [{ date: 'today' }, 400, 'InvalidParam', 'The Param Date is invalid.'],
      [
        { date: 'Tue, 02 Jan 2024 03:04:05 GMT' },
        400,
        'RequestTimeTooSkewed',
        'Request time exceeds server time more than 15 minutes.',
      ],
      [
        { 'x-kms-acccesskeyid': undefined },
        400,
        'MissingParameter',
        'Parameter x-kms-acccesskeyid does not exist in http header or body.',
      ],
      [{ authorization: 'Basic x' }, 400, 'InvalidParam', 'The Param Authorization is invalid.'],
      [{ 'content-sha256': '00' }, 400, 'InvalidParam', 'The Param Content-SHA256 is invalid.'],
      [
        { 'x-kms-acccesskeyid': 'KAAP.none' },
        404,
        'Unauthorized',
        'The AccessKey ID "KAAP.none" does not exist in our records.',
      ],
      [{ 'x-kms-acccesskeyid': 'KAAP.identity' }, ...notMatched],
      [{ authorization: `Bearer ${'A'.repeat(344)}` }, ...notMatched],
    ] as const) {
      const { error, ...answer } = await ask('GenerateRandom', { Length: 8 }, { headers })
      assert.deepEqual([answer.status, error.ErrorCode, error.ErrorMessage], [status, code, message])
      assert.equal(error.StatusCode, status)
      assert.match(error.RequestId, /^[0-9a-f-]{36}$/)
      assert.equal(answer.headers['content-type'], 'application/x-protobuf')
    }
    // Sign-ins that fail are recorded by those who know the keys; nothing was asked of the vault.
    assert.equal((await shared.memory.audit()).length, before)
  })

  it('is decided and audited, whatever it names', async () => {
    const { ask, shared } = await instanceDoorUnderTest()
    const { KeyId } = (await shared.call('CreateKey')).body.KeyMetadata
    const { count } = await shared.memory.store.head()
    for (const named of [KeyId, `key-${'0'.repeat(21)}`, 'alias/none', 'nonsense', '../..']) {
      const question = { KeyId: named, Plaintext: Buffer.from('a') }
      const { error, status } = await ask('Encrypt', question, { accessKeyId: 'KAAP.stranger' })
      assert.deepEqual([status, error.ErrorCode], [403, 'Forbidden.NoPermission'])
      assert.equal(
        error.ErrorMessage,
        `This operation for "${named}" is forbidden by permission system.`,
      )
    }
    const entries = await shared.memory.audit(count)
    assert.equal(entries.length, 5)
    assert.ok(entries.every(({ properties }) => properties.httpStatusCode === 403))
    assert.ok(entries.every(({ operationVersion }) => operationVersion === 'dkms-gcs-0.2'))
  })

  it('finds the keys of its instance alone, by their aliases too', async () => {
    const { ask, shared } = await instanceDoorUnderTest()
    const { vault, administrator } = shared.memory
    await vault.vaults.create(administrator, { name: 'other' })
    const { KeyId } = (await shared.call('CreateKey')).body.KeyMetadata
    await shared.call('CreateAlias', { KeyId, AliasName: 'alias/orders' })
    const Plaintext = Buffer.from('a')
    const byAlias = await ask('Encrypt', { KeyId: 'alias/orders', Plaintext })
    assert.equal(byAlias.message.KeyId, KeyId)
    const made = await ask('AdvanceEncrypt', { KeyId, Plaintext })
    const elsewhere = { host: 'kst-other.cryptoservice.kms.localhost' }
    const { CiphertextBlob } = made.message
    const refusals = [
      await ask('Encrypt', { KeyId, Plaintext }, elsewhere),
      await ask('Encrypt', { KeyId: 'alias/orders', Plaintext }, elsewhere),
      await ask('AdvanceDecrypt', { CiphertextBlob }, elsewhere),
      await ask('Encrypt', { KeyId, Plaintext }, { host: 'kst-none.cryptoservice.kms.localhost' }),
    ]
    for (const { status, error } of refusals) {
      assert.deepEqual([status, error.ErrorCode], [404, 'Forbidden.KeyNotFound'])
      assert.match(error.ErrorMessage, /does not exist in the key store "kst-(other|none)"\.$/)
    }
    const unknown = await ask('GetPublicKey', { KeyId: `key-${'0'.repeat(21)}` })
    assert.equal(unknown.error.ErrorCode, 'Forbidden.KeyNotFound')
  })

  it('finds the keys of a vault whose name has capitals, though hosts have none', async () => {
    const { ask, shared } = await instanceDoorUnderTest()
    const { vault, administrator } = shared.memory
    await vault.vaults.create(administrator, { name: 'MyVault' })
    const { body } = await shared.call('CreateKey', { DKMSInstanceId: 'kst-MyVault' })
    const { KeyId } = body.KeyMetadata
    const Plaintext = Buffer.from('hello')
    const host = 'kst-myvault.cryptoservice.kms.localhost'
    const { status } = await ask('Encrypt', { KeyId, Plaintext }, { host })
    assert.equal(status, 200)
  })

  it('shows the state of a key', async () => {
    const { ask, shared } = await instanceDoorUnderTest()
    const Plaintext = Buffer.from('a')
    const create = async (more = {}): Promise<string> =>
      (await shared.call('CreateKey', more)).body.KeyMetadata.KeyId
    const [disabled, deleted] = [await create(), await create()]
    const awaiting = await create({ Origin: 'EXTERNAL' })
    await shared.call('DisableKey', { KeyId: disabled })
    await shared.call('ScheduleKeyDeletion', { KeyId: deleted, PendingWindowInDays: 7 })
    for (const [KeyId, state] of [
      [disabled, 'Disabled'],
      [deleted, 'PendingDeletion'],
      [awaiting, 'PendingImport'],
    ] as const) {
      for (const operation of ['Encrypt', 'AdvanceEncrypt'] as const) {
        const { status, error } = await ask(operation, { KeyId, Plaintext })
        assert.deepEqual([status, error.ErrorCode], [409, `Rejected.${state}`])
        assert.equal(
          error.ErrorMessage,
          `The request was rejected because the key state is ${state}.`,
        )
      }
    }
  })

  it('may have 3 MiB, of which little is read before who asks is known', async () => {
    const { ask, door, requestOf, shared } = await instanceDoorUnderTest()
    const { KeyId } = (await shared.call('CreateKey')).body.KeyMetadata
    const Plaintext = randomBytes(3 * 1024 * 1024 - 200)
    const sealed = await ask('AdvanceEncrypt', { KeyId, Plaintext })
    assert.equal(sealed.status, 200)
    const large = requestOf('AdvanceEncrypt', { KeyId, Plaintext })
    const head = { ...large, body: new Uint8Array() }
    assert.equal(door.bodyLimitBytes?.(head, 100), 3 * 1024 * 1024)
    assert.equal(await door.admit?.(head), undefined)
    const foreign = requestOf('AdvanceEncrypt', { KeyId, Plaintext }, { accessKeyId: 'KAAP.none' })
    const refused = await door.admit?.({ ...foreign, body: new Uint8Array() })
    assert.equal(errorOf(refused?.body ?? '').ErrorCode, 'Unauthorized')
    const badDate = requestOf('AdvanceEncrypt', { KeyId, Plaintext }, { headers: { date: 'x' } })
    assert.equal((await door.admit?.({ ...badDate, body: new Uint8Array() }))?.status, 400)
    const small = requestOf('GenerateRandom', { Length: 1 }, { headers: { date: 'x' } })
    assert.equal(await door.admit?.({ ...small, body: new Uint8Array() }), undefined)
    assert.equal((await door.answer(small)).status, 400)
    const tooLarge = door.refuse(head, { reason: 'BodyTooLarge', limitBytes: 1 })
    assert.deepEqual([tooLarge.status, tooLarge.body.length], [413, 0])
    const cut = door.refuse(head, { reason: 'BodyIncomplete' })
    assert.equal(errorOf(cut.body).ErrorMessage, 'The Param Content-SHA256 is invalid.')
    assert.equal(door.refuse(head, { reason: 'Overloaded' }).status, 429)
  })

  it('never fails for what its body is', async () => {
    const { ask, shared } = await instanceDoorUnderTest()
    await shared.call('CreateKey')
    const operations = Object.keys(instance.OPERATIONS).filter(instance.isOperation)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), fc.uint8Array(), async (operation, body) => {
        const { status } = await ask(operation, {}, { body })
        assert.ok([400, 404].includes(status), `${operation}: ${status}`)
      }),
      { numRuns: 200 },
    )
  })

  it('ignores what it does not know of a message', async () => {
    const { ask } = await instanceDoorUnderTest()
    const known = instance.encodeMessage('GenerateRandomRequest', { Length: 16 })
    const body = Buffer.concat([Uint8Array.of(0xfa, 0x01, 0x02, 0x61, 0x62), known])
    const { status, message } = await ask('GenerateRandom', {}, { body })
    assert.deepEqual([status, message.Random.length], [200, 16])
  })
})

describe('an action at the instance gateway', () => {
  const query = (parameters: Record<string, string>): string =>
    new URLSearchParams({
      Version: '2016-01-20',
      AccessKeyId: 'LTAItest',
      SignatureMethod: 'HMAC-SHA1',
      SignatureVersion: '1.0',
      Timestamp: '2026-01-01T00:00:00Z',
      Signature: 'none',
      ...parameters,
    }).toString()

  it('is answered for its own keys and secrets', async () => {
    const { door, requestOf, shared } = await instanceDoorUnderTest()
    const { vault, administrator } = shared.memory
    await vault.vaults.create(administrator, { name: 'other' })
    const { KeyId } = (await shared.call('CreateKey')).body.KeyMetadata
    const secret = { SecretName: 'a/b', VersionId: 'v1', SecretData: 'value' }
    await shared.call('CreateSecret', secret)
    const ask = async (
      parameters: Record<string, string>,
      host = 'kst-default.cryptoservice.kms.localhost',
      // oxlint-disable-next-line typescript/no-explicit-any -- answers of any action
    ): Promise<any> => {
      const { body: _, ...head } = requestOf('GenerateRandom', {}, { host })
      const request = { ...head, query: query(parameters), headers: { host }, body: new Uint8Array() }
      return JSON.parse(String((await door.answer(request)).body))
    }
    const { CiphertextBlob } = await ask({ Action: 'Encrypt', KeyId, Plaintext: 'hello' })
    assert.equal((await ask({ Action: 'Decrypt', CiphertextBlob })).Plaintext, 'hello')
    const read = await ask({ Action: 'GetSecretValue', SecretName: 'a/b' })
    assert.equal(read.SecretData, 'value')
    const other = 'kst-other.cryptoservice.kms.localhost'
    for (const [parameters, code] of [
      [{ Action: 'Encrypt', KeyId, Plaintext: 'hello' }, 'Forbidden.KeyNotFound'],
      [{ Action: 'Decrypt', CiphertextBlob }, 'Forbidden.KeyNotFound'],
      [{ Action: 'GetSecretValue', SecretName: 'a/b' }, 'Forbidden.ResourceNotFound'],
    ] as const) {
      assert.equal((await ask(parameters, other)).Code, code)
    }
    for (const Action of ['ReEncrypt', 'CreateKey', 'DescribeKey', 'ListSecrets', 'Nothing']) {
      assert.equal((await ask({ Action, KeyId })).Code, 'InvalidApi.NotFound', Action)
    }
  })
})
