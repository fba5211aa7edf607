import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryVault } from '../testing/memory-vault.ts'
import { runInMemory } from '../testing/run-in-memory.ts'

const environment = {
  ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou',
  ALIBABA_CLOUD_ACCESS_KEY_ID: 'id',
  ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'canary-access-key',
}

const answering = (body: object): MemoryVault => new MemoryVault(() => ({ status: 200, body }))

describe('claviger kms on a terminal', () => {
  it('shows the list of an answer as a table, and the page below it', async () => {
    const far = answering({
      Keys: { Key: [{ KeyId: 'key-1', KeyArn: 'acs:kms:1' }, { KeyId: 'key-2', KeyArn: 'acs:kms:2' }] },
      PageNumber: 1,
      PageSize: 10,
      TotalCount: 2,
      RequestId: 'r',
    })
    const { code, output } = await runInMemory(['kms', 'list-keys'], far, { environment, outIsTerminal: true })
    assert.equal(code, 0)
    assert.deepEqual(output.split('\n').map((line) => line.split(/ {2,}/)), [
      ['keyId', 'keyArn'],
      ['-----', '---------'],
      ['key-1', 'acs:kms:1'],
      ['key-2', 'acs:kms:2'],
      [''],
      ['pageNumber', '1'],
      ['pageSize', '10'],
      ['totalCount', '2'],
      ['requestId', 'r'],
      [''],
    ])
  })

  const SECRETS: readonly (readonly [action: string, words: readonly string[], body: object])[] = [
    ['get-secret-value', ['secretName=a'], { SecretName: 'a', SecretData: 'canary' }],
    ['get-random-password', [], { RandomPassword: 'canary' }],
    ['generate-data-key', ['keyId=k'], { Plaintext: 'canary', CiphertextBlob: 'sealed' }],
    ['get-managed-data-key', ['dataKeyName=k'], { Plaintext: 'canary', DataKeyName: 'k' }],
    ['decrypt', ['ciphertextBlob=sealed'], { Plaintext: 'canary', KeyId: 'k' }],
    ['asymmetric-decrypt', ['keyId=k'], { Plaintext: 'canary', KeyId: 'k' }],
  ]
  for (const [action, words, body] of SECRETS) {
    for (const output of ['table', 'json', 'tsv', 'env']) {
      it(`hides what ${action} gives as ${output}, unless it is told to show it`, async () => {
        const argv = ['kms', action, ...words, '-o', output]
        const given = { environment, outIsTerminal: true, stdin: 'canary-password' }
        const hidden = await runInMemory(argv, answering(body), given)
        assert.equal(hidden.code, 0, hidden.errors)
        assert.match(hidden.output, /hidden/)
        assert.doesNotMatch(hidden.output + hidden.errors, /canary/)
        const shown = await runInMemory([...argv, '--show'], answering(body), given)
        assert.match(shown.output, /canary/)
      })
    }
  }

  it('hides values inside of a list too', async () => {
    const far = answering({ SecretValues: [{ SecretName: 'a', SecretData: 'canary' }], Errors: [] })
    const argv = ['kms', 'batch-get-secret-value', 'secretsList=[{"SecretName":"a"}]']
    const { output } = await runInMemory(argv, far, { environment, outIsTerminal: true })
    assert.equal(output, 'secretName  secretData\n----------  ----------------\na           (hidden; --show)\n')
  })

  it('shows no part of what is hidden by a query', async () => {
    const argv = ['kms', 'get-secret-value', 'secretName=a', '--query', 'secretData']
    const far = answering({ SecretData: 'canary' })
    const { output } = await runInMemory(argv, far, { environment, outIsTerminal: true })
    assert.equal(output, '(hidden; --show)\n')
  })

  it('makes no client key whose private key nobody would see', async () => {
    const far = answering({ PrivateKeyData: 'canary', ClientKeyId: 'c' })
    const argv = ['kms', 'create-client-key', 'aapName=a', 'password=@-']
    const given = { environment, outIsTerminal: true, stdin: 'canary-password' }
    const hidden = await runInMemory(argv, far, given)
    assert.deepEqual([hidden.code, far.seen.length], [2, 0])
    assert.match(hidden.errors, /--show/)
    for (const [words, outIsTerminal] of [[['--show'], true], [[], false]] as const) {
      const shown = await runInMemory([...argv, ...words], far, { ...given, outIsTerminal })
      assert.equal(shown.code, 0)
      assert.match(shown.output, /canary/)
    }
  })
})
