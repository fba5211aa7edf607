import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { KMS_ACTIONS } from '@claviger/client/alibaba'
import { MemoryVault } from '../testing/memory-vault.ts'
import { type CliResult, runInMemory } from '../testing/run-in-memory.ts'
import { hiddenIn } from './read-request.ts'

const environment = {
  ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou',
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'id',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'canary-access-key',
}

describe('claviger kms', () => {
  it('refuses an action that is none, and words that are no parameters, before it asks', async () => {
    const nobody = new MemoryVault(() => assert.fail('it has asked'))
    for (const words of [['no-such-action'], ['Encrypt', 'keyId'], ['Encrypt', '=x'], ['Encrypt', 'a={']]) {
      assert.equal((await runInMemory(['kms', ...words], nobody, { environment })).code, 2)
    }
  })

  it('says what to set when the environment names no gateway', async () => {
    const nobody = new MemoryVault(() => assert.fail('it has asked'))
    const { code, errors } = await runInMemory(['kms', 'list-keys'], nobody, { environment: {} })
    assert.equal(code, 2)
    assert.match(errors, /ALIBABA_CLOUD_REGION_ID/)
  })

  it('hides what is secret at any depth, in either spelling', () => {
    const answer = { SecretData: 'canary', list: [{ plaintext: 'canary', keyId: 'k' }] }
    assert.deepEqual(hiddenIn(answer, '-'), { SecretData: '-', list: [{ plaintext: '-', keyId: 'k' }] })
  })

  it('knows every action by one name alone', () => {
    assert.equal(new Set(KMS_ACTIONS.map((name) => name.toLowerCase())).size, KMS_ACTIONS.length)
  })
})

/** The parameters that reach the service. */
async function sent(
  words: readonly string[],
  given: Parameters<typeof runInMemory>[2] = {},
): Promise<CliResult & { readonly parameters: Readonly<Record<string, string>> }> {
  const vault = new MemoryVault(() => ({ status: 200, body: {} }))
  const result = await runInMemory(['kms', ...words], vault, { environment, ...given })
  const { url, body = '' } = vault.seen.at(-1) ?? {}
  const parameters = Object.fromEntries([...(url?.searchParams ?? []), ...new URLSearchParams(body)])
  return { ...result, parameters }
}

describe('a parameter of claviger kms', () => {
  it('hands text on as it is, whatever it looks like', async () => {
    const TEXTS = [
      '{"n":12345678901234567890, "m":1e400}', '[abc', '{', 'true', '007', '{"a" : 1}', 'a=b', '',
    ]
    for (const text of TEXTS) {
      const words = ['put-secret-value', 'secretName=a', 'versionId=v', `secretData=${text}`]
      const { code, parameters, errors } = await sent(words)
      assert.equal(code, 0, errors)
      assert.equal(parameters['SecretData'], text)
    }
  })

  it('may begin with @, which is written twice then', async () => {
    const { parameters } = await sent(['describe-secret', 'secretName=@@name'])
    assert.equal(parameters['SecretName'], '@name')
  })

  it('has a name in any spelling', async () => {
    for (const name of ['keySpec', 'KeySpec', 'keyspec', 'KEYSPEC', 'Key-Spec', 'key-spec']) {
      const { code, parameters } = await sent(['create-key', `${name}=EC_P256`])
      assert.deepEqual([code, parameters['KeySpec']], [0, 'EC_P256'])
    }
    const { parameters } = await sent(['create-key', 'dkms-instance-id=kst-1'])
    assert.equal(parameters['DKMSInstanceId'], 'kst-1')
  })

  it('is of its kind', async () => {
    const { parameters } = await sent(['list-secrets', 'pagesize=07', 'FetchTags=TRUE', 'filters=[{"Key":"SecretName","Values":["a"]}]'])
    assert.deepEqual([parameters['PageSize'], parameters['FetchTags']], ['7', 'true'])
    assert.deepEqual(JSON.parse(parameters['Filters'] ?? ''), [{ Key: 'SecretName', Values: ['a'] }])
  })

  const WRONG: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a name that the action does not know', ['create-key', 'keyspecs=x'], /It has: .*keySpec/],
    ['a name of an action without any', ['describe-regions', 'a=b'], /It has: -/],
    ['a number that is none', ['generate-data-key', 'keyId=k', 'numberOfBytes=abc'], /whole number/],
    ['a negative number', ['list-keys', 'pageSize=-1'], /whole number/],
    ['a flag that is none', ['list-secrets', 'fetchTags=yes'], /true or false/],
    ['a list that is none', ['list-secrets', 'filters=SecretName'], /JSON/],
    ['a number that would change', ['list-secrets', 'filters=[12345678901234567890]'], /JSON/],
  ]
  for (const [what, words, said] of WRONG) {
    it(`is not ${what}, and nothing is asked`, async () => {
      const nobody = new MemoryVault(() => assert.fail('it has asked'))
      const { code, errors } = await runInMemory(['kms', ...words], nobody, { environment })
      assert.equal(code, 2)
      assert.match(errors, said)
    })
  }

  it('is told of by its place, as a value without its name may be secret', async () => {
    for (const word of ['canary', 'canary==', 'canary=', 'canary password', '=canary']) {
      for (const lang of ['en', 'zh-CN']) {
        const words = ['encrypt', 'keyId=k', word, '--lang', lang]
        const { code, errors, parameters } = await sent(words)
        assert.deepEqual([code, parameters], [2, {}])
        assert.match(errors, lang === 'en' ? /word 2 after Encrypt/ : /Encrypt 后的第 2 个词/)
        assert.doesNotMatch(errors, /canary/)
      }
    }
  })

  it('is not passed over in a file either', async () => {
    const good = await sent(['create-key', '--request', '-'], { stdin: '{"Key-Spec": "EC_P256"}' })
    assert.equal(good.parameters['KeySpec'], 'EC_P256')
    for (const stdin of ['{"KeySpecs": "EC_P256"}', '[]', '{"keySpec": 1e400}', '']) {
      assert.equal((await sent(['create-key', '--request', '-'], { stdin })).code, 2)
    }
  })

  it('is better not on the command line when it is secret, and that names what kms takes', async () => {
    const { errors } = await sent(['encrypt', 'keyId=k', 'plaintext=canary'])
    assert.match(errors, /plaintext=@file/)
    assert.doesNotMatch(errors, /--file|canary/)
    assert.equal((await sent(['encrypt', 'keyId=k', 'plaintext=@-'], { stdin: 'canary\n' })).errors, '')
  })
})
