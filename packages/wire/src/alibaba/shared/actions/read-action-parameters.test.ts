import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { KmsRefusal } from '../kms-refusal.ts'
import { RequestParameters } from '../request-parameters.ts'
import { ACTION_FAMILIES, actionRow, ACTIONS, demandAction, type ActionName } from './actions.ts'
import { CONFIDENTIAL_PARAMETERS } from './confidential-parameters.ts'
import { readActionParameters, type ActionParameters } from './read-action-parameters.ts'

function read<Name extends ActionName>(
  action: Name,
  sent: Readonly<Record<string, string>>,
): ActionParameters<Name> {
  return readActionParameters(action, new RequestParameters(Object.entries(sent)))
}

function invalid(name: string, hint = /./): (thrown: unknown) => boolean {
  return (thrown) =>
    thrown instanceof KmsRefusal &&
    thrown.code === 'InvalidParameter' &&
    thrown.message === `The specified parameter ${name} is not valid.` &&
    hint.test(thrown.recommend)
}

describe('the table', () => {
  const names = Object.keys(ACTIONS)

  test('has the 90 current actions and the 12 legacy ones, each in one family', () => {
    const legacy = Object.values(ACTION_FAMILIES).flatMap((family) =>
      Object.entries(family).filter(([, row]) => 'legacy' in row),
    )
    assert.equal(names.length, 102)
    assert.equal(legacy.length, 12)
    const inFamilies = Object.values(ACTION_FAMILIES).flatMap((family) => Object.keys(family))
    assert.deepEqual(inFamilies, names)
  })

  test('says which actions the instance gateway answers', () => {
    const onInstance = names.filter((name) => 'onInstance' in actionRow(demandKnown(name)))
    assert.deepEqual(onInstance.toSorted(), [
      'AsymmetricDecrypt',
      'AsymmetricEncrypt',
      'AsymmetricSign',
      'AsymmetricVerify',
      'Decrypt',
      'Encrypt',
      'ExportDataKey',
      'GenerateAndExportDataKey',
      'GenerateDataKey',
      'GenerateDataKeyWithoutPlaintext',
      'GenerateMac',
      'GetPublicKey',
      'GetSecretValue',
      'VerifyMac',
    ])
  })

  test('says whose values are confidential', () => {
    assert.deepEqual([...CONFIDENTIAL_PARAMETERS].toSorted(), [
      'BearerToken',
      'Message',
      'Password',
      'Plaintext',
      'SecretData',
      'SecurityToken',
    ])
  })

  test('knows actions by their exact names, of one version', () => {
    assert.equal(demandKnown('Encrypt'), 'Encrypt')
    const unknown = (thrown: unknown): boolean =>
      thrown instanceof KmsRefusal && thrown.code === 'InvalidApi.NotFound' && thrown.status === 404
    for (const action of ['encrypt', '', 'constructor', '__proto__', 'RunInstances']) {
      assert.throws(() => demandKnown(action), unknown, action)
    }
    assert.throws(() => demandAction({ action: 'Encrypt', version: '2014-05-26' }), unknown)
  })

  function demandKnown(action: string): ActionName {
    return demandAction({ action, version: '2016-01-20' })
  }
})

describe('reading', () => {
  test('gives typed values, and defaults for what is not sent', () => {
    const found = read('ListSecrets', { PageSize: '5', FetchTags: 'True' })
    const size: number = found.PageSize
    assert.equal(size, 5)
    assert.deepEqual(found, { PageNumber: 1, PageSize: 5, FetchTags: true })
    assert.deepEqual(read('ListNetworkRules', {}), { PageNumber: 1, PageSize: 20 })
  })

  test('ignores what the action does not take', () => {
    const sent = { KeyId: 'k', RegionId: 'r', Version: 'v' }
    assert.deepEqual(read('DescribeKey', sent), { KeyId: 'k' })
  })

  test('names a missing parameter in the service\'s own words', () => {
    for (const sent of [{}, { KeyId: '' }]) {
      assert.throws(
        () => read('DescribeKey', sent),
        (thrown: unknown) =>
          thrown instanceof KmsRefusal &&
          thrown.code === 'MissingParameter' &&
          thrown.message === 'The parameter  KeyId  needed but no provided.',
      )
    }
  })

  test('takes an empty description as one, and any other empty value as absent', () => {
    const found = read('UpdateKeyDescription', { KeyId: 'k', Description: '' })
    assert.deepEqual(found, { KeyId: 'k', Description: '' })
    const key = read('CreateKey', { KeySpec: '', EnableAutomaticRotation: '', Tags: '' })
    assert.deepEqual(key, {})
  })

  test('refuses numbers that are none or out of range', () => {
    const schedule = (days: string): unknown =>
      read('ScheduleKeyDeletion', { KeyId: 'k', PendingWindowInDays: days })
    assert.deepEqual(schedule('366'), { KeyId: 'k', PendingWindowInDays: 366 })
    for (const days of ['6', '367', '-7', '7.0', '0x7', '7 ', '1e1', 'NaN', '9'.repeat(20)]) {
      assert.throws(() => schedule(days), invalid('PendingWindowInDays', /from 7 to 366/), days)
    }
  })

  test('refuses booleans, base64 and times in other forms', () => {
    for (const text of ['1', 'yes', 'truee']) {
      assert.throws(
        () => read('UpdateRotationPolicy', { KeyId: 'k', EnableAutomaticRotation: text }),
        invalid('EnableAutomaticRotation', /true or false/),
      )
    }
    const { CiphertextBlob } = read('Decrypt', { CiphertextBlob: 'AAEC' })
    assert.deepEqual(CiphertextBlob, Uint8Array.of(0, 1, 2))
    for (const text of ['A', 'AAE C', 'AAE\n', 'AA-_', '=', 'AAECA']) {
      const decrypt = (): unknown => read('Decrypt', { CiphertextBlob: text })
      assert.throws(decrypt, invalid('CiphertextBlob'), text)
    }
    const key = { AapName: 'a', Password: 'p', NotAfter: '2030-01-01T00:00:00Z' }
    assert.equal(read('CreateClientKey', key).NotAfter, Date.UTC(2030, 0) / 1000)
    const day = { ...key, NotAfter: '2030-01-01' }
    assert.throws(() => read('CreateClientKey', day), invalid('NotAfter'))
  })

  test('keeps the plaintext of Encrypt as the text it is', () => {
    assert.equal(read('Encrypt', { KeyId: 'k', Plaintext: 'hello wörld' }).Plaintext, 'hello wörld')
    assert.throws(
      () => read('Encrypt', { KeyId: 'k', Plaintext: 'x'.repeat(8193) }),
      (thrown) => invalid('Plaintext', /8192/)(thrown) && !String(thrown).includes('xx'),
    )
    assert.throws(
      () => read('Encrypt', { KeyId: 'k', Plaintext: 'ä'.repeat(4097) }),
      invalid('Plaintext', /octets/),
    )
  })

  test('takes a context as JSON or pair by pair', () => {
    const pairs = [['a', '1'], ['b', '2']]
    const own = { KeyId: 'k', Plaintext: 'p' }
    const json = read('Encrypt', { ...own, EncryptionContext: '{"b":"2","a":"1"}' })
    assert.deepEqual(json.EncryptionContext?.pairs, pairs)
    const flat = { ...own, 'EncryptionContext.b': '2', 'EncryptionContext.a': '1' }
    assert.deepEqual(read('Encrypt', flat).EncryptionContext?.pairs, pairs)
    assert.throws(
      () => read('Decrypt', { CiphertextBlob: 'AAEC', EncryptionContext: '{"a":1}' }),
      invalid('EncryptionContext', /strings/),
    )
  })

  test('takes custom data as JSON or member by member', () => {
    const name = 'ExtendedConfig.CustomData'
    const json = read('UpdateSecret', { SecretName: 's', [name]: '{"a":"1"}' })
    assert.deepEqual(json[name], { a: '1' })
    const flat = read('UpdateSecret', { SecretName: 's', [`${name}.a`]: '1' })
    assert.deepEqual(flat[name], { a: '1' })
    assert.throws(() => read('UpdateSecret', { SecretName: 's', [name]: '[]' }), invalid(name))
  })

  test('takes lists in JSON, with commas and by numbers', () => {
    const tags = '[{"TagKey":"a","TagValue":"1"},{"TagKey":"b"}]'
    assert.deepEqual(read('TagResource', { KeyId: 'k', Tags: tags }).Tags, [
      { key: 'a', value: '1' },
      { key: 'b', value: '' },
    ])
    for (const TagKeys of ['["a","b"]', 'a, b']) {
      assert.deepEqual(read('UntagResource', { KeyId: 'k', TagKeys }).TagKeys, ['a', 'b'])
    }
    const Filters = '[{"Key":"KeyState","Values":["Enabled"]},{"Key":"KeySpec"}]'
    assert.deepEqual(read('ListKeys', { Filters }).Filters, [
      { key: 'KeyState', values: ['Enabled'] },
      { key: 'KeySpec', values: [] },
    ])
    const many = {
      RegionId: 'r',
      ResourceType: 'key',
      'ResourceId.1': 'one',
      'ResourceId.2': 'two',
      'Tag.1.Key': 'a',
      'Tag.1.Value': '1',
    }
    const found = read('TagResources', many)
    assert.deepEqual(found.ResourceId, ['one', 'two'])
    assert.deepEqual(found.Tag, [{ key: 'a', value: '1' }])
  })

  test('refuses lists of another form, and longer ones', () => {
    const tagged = (Tags: string): unknown => read('TagResource', { KeyId: 'k', Tags })
    const bad = ['{}', '[1]', '[null]', '[{}]', '[{"TagKey":1}]', '[{"TagKey":""}]', '[', 'a']
    for (const text of bad) assert.throws(() => tagged(text), invalid('Tags'), text)
    const many = JSON.stringify(Array.from({ length: 21 }, (_, at) => ({ TagKey: String(at) })))
    assert.throws(() => tagged(many), invalid('Tags', /at most 20/))
    const untagged = (TagKeys: string): unknown => read('UntagResource', { KeyId: 'k', TagKeys })
    for (const text of [',', '[1]', '["a",""]']) {
      assert.throws(() => untagged(text), invalid('TagKeys'))
    }
    const values = JSON.stringify([{ Key: 'KeyId', Values: Array(11).fill('x') }])
    assert.throws(() => read('ListKeys', { Filters: values }), invalid('Filters', /10 values/))
  })

  test('refuses JSON that is too deep or too long, or has half a character', () => {
    const policy = (Policy: string): unknown => read('SetKeyPolicy', { KeyId: 'k', Policy })
    const deep = '['.repeat(16_000) + ']'.repeat(16_000)
    const bad = [deep, '{"a":"\\ud800"}', '{', `"${'ä'.repeat(16_384)}"`]
    for (const text of bad) assert.throws(() => policy(text), invalid('Policy'))
  })

  test('no value makes any action throw anything but a refusal', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.constantFrom('true', '7', 'AAEC', '{}', '[]', '[{}]', '2030-01-01T00:00:00Z', '__proto__'),
    )
    const version = '2016-01-20'
    const names = Object.keys(ACTIONS).map((action) => demandAction({ action, version }))
    const oneOf = fc.constantFrom(...names).chain((action) => {
      const own = Object.keys(actionRow(action).parameters)
      const nested = own.flatMap((one) => [`${one}.1.Key`, `${one}.a`])
      const name = fc.constantFrom('x', ...own, ...nested)
      return fc.tuple(fc.constant(action), fc.dictionary(name, value))
    })
    fc.assert(
      fc.property(oneOf, ([action, sent]) => {
        try {
          read(action, sent)
        } catch (thrown) {
          assert.ok(thrown instanceof KmsRefusal)
          assert.ok(['InvalidParameter', 'MissingParameter'].includes(thrown.code))
        }
      }),
      { numRuns: 1000 },
    )
  })
})
