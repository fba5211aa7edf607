import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryVault, wireSecret } from './testing/memory-vault.ts'
import { runInMemory } from './testing/run-in-memory.ts'

const CANARY = 'canary\u0020value'

const vault = (): MemoryVault =>
  new MemoryVault(({ method, url }) => {
    const [, collection, name = ''] = url.pathname.split('/')
    if (collection === 'secrets' && name === '') {
      return { status: 200, body: { value: ['a', 'b'].map((one) => wireSecret(url, one)) } }
    }
    if (name === 'missing') {
      const error = { code: 'SecretNotFound', message: 'A secret with that name was not found.' }
      return { status: 404, body: { error } }
    }
    if (name === 'forbidden') {
      return { status: 403, body: { error: { code: 'Forbidden', message: 'Not for you.' } } }
    }
    return { status: 200, body: wireSecret(url, name, method === 'PUT' ? undefined : CANARY) }
  })

describe('claviger secret set', () => {
  it('sets what standard input has, without the end of its last line, and shows no value', async () => {
    const far = vault()
    const { code, output, errors } = await runInMemory(
      ['secret', 'set', '-n', 'db', '--tags', 'a=1', 'b=2=3', '--disabled', '--content-type', 'text/plain'],
      far,
      { stdin: `${CANARY}\n` },
    )
    assert.deepEqual([code, errors], [0, ''])
    assert.doesNotMatch(output, /canary/)
    assert.deepEqual(JSON.parse(far.seen[0]?.body ?? ''), {
      value: CANARY,
      contentType: 'text/plain',
      tags: { a: '1', b: '2=3' },
      attributes: { enabled: false },
    })
  })

  it('asks nothing when there is no value, and says how to give one', async () => {
    const far = vault()
    const { code, errors } = await runInMemory(['secret', 'set', '-n', 'db'], far)
    assert.equal(code, 2)
    assert.match(errors, /standard input/)
    assert.equal(far.seen.length, 0)
  })

  it('asks nothing when the program before it in the pipe has given nothing', async () => {
    const CASES = [['', []], ['\n', []], ['\r\n', ['-f', '-']], ['', ['-e', 'base64']]] as const
    for (const [stdin, words] of CASES) {
      const far = vault()
      const { code, errors } = await runInMemory(['secret', 'set', '-n', 'db', ...words], far, { stdin })
      assert.deepEqual([code, far.seen.length], [2, 0])
      assert.match(errors, /is empty/)
    }
  })

  it('takes tags without a value, and none at all', async () => {
    const TAGS = [[['urgent', 'b='], { urgent: '', b: '' }], [[], {}], [[''], {}]] as const
    for (const [words, tags] of TAGS) {
      const far = vault()
      const argv = ['secret', 'set', '-n', 'db', '--value', 'x', '--tags', ...words]
      assert.equal((await runInMemory(argv, far)).code, 0)
      assert.deepEqual((JSON.parse(far.seen[0]?.body ?? '') as { tags: object }).tags, tags)
    }
  })

  it('takes a value from its own line, and warns without repeating it', async () => {
    const { code, errors } = await runInMemory(['secret', 'set', '-n', 'db', '--value', CANARY], vault())
    assert.equal(code, 0)
    assert.match(errors, /can be read by other programs/)
    assert.doesNotMatch(errors, /canary/)
  })

  it('refuses octets that are no text', async () => {
    const far = vault()
    async function* octets(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(0xff, 0xfe)
    }
    const { code } = await runInMemory(['secret', 'set', '-n', 'db'], far, {
      inputIsTerminal: false,
      input: octets,
    })
    assert.deepEqual([code, far.seen.length], [2, 0])
  })
})

describe('claviger secret show', () => {
  it('gives the value to a program', async () => {
    const argv = ['secret', 'show', '-n', 'db', '--query', 'value', '-o', 'tsv']
    assert.equal((await runInMemory(argv, vault())).output, `${CANARY}\n`)
  })

  for (const output of ['table', 'json', 'tsv', 'env']) {
    it(`shows no value on a terminal as ${output}, unless it is told to`, async () => {
      const argv = ['secret', 'show', '-n', 'db', '-o', output]
      const hidden = await runInMemory(argv, vault(), { outIsTerminal: true })
      assert.equal(hidden.code, 0)
      assert.doesNotMatch(hidden.output, /canary/)
      const shown = await runInMemory([...argv, '--show'], vault(), { outIsTerminal: true })
      assert.match(shown.output, /canary value/)
    })
  }

  it('writes a line for a shell', async () => {
    const { output } = await runInMemory(['secret', 'show', '-n', 'db-password', '-o', 'env'], vault())
    assert.equal(output, `DB_PASSWORD='${CANARY}'\n`)
  })

  it('takes an id in the place of vault, name and version', async () => {
    const far = vault()
    const id = 'https://other.vault.azure.net/secrets/db/00112233445566778899aabbccddeeff'
    assert.equal((await runInMemory(['secret', 'show', '--id', id], far)).code, 0)
    assert.equal(far.seen[0]?.url.href.split('?')[0], id)
  })

  it('finds a vault by its name beside the one of the environment', async () => {
    const far = vault()
    await runInMemory(['secret', 'show', '-n', 'db', '--vault-name', 'other'], far, {
      environment: { AZURE_KEYVAULT_URL: 'https://default.vault.azure.net:8443' },
    })
    assert.equal(far.seen.length, 0, 'a token for one host goes to no other')
    await runInMemory(['secret', 'show', '-n', 'db', '--vault-name', 'other'], far)
    assert.equal(far.seen[0]?.url.host, 'other.vault.azure.net')
  })
})

describe('claviger secret list', () => {
  it('is a table for people and JSON for programs', async () => {
    const argv = ['secret', 'list']
    const table = await runInMemory(argv, vault(), { outIsTerminal: true })
    assert.deepEqual(table.output.split('\n').map((line) => line.split(/ {2,}/)[0]), [
      'Name', '----', 'a', 'b', '',
    ])
    const names = (JSON.parse((await runInMemory(argv, vault())).output) as { name: string }[])
      .map(({ name }) => name)
    assert.deepEqual(names, ['a', 'b'])
  })

  it('takes a part by JMESPath, and refuses what is none before it asks', async () => {
    const argv = ['secret', 'list', '--query', '[].name', '-o', 'tsv']
    assert.equal((await runInMemory(argv, vault())).output, 'a\nb\n')
    const far = vault()
    const wrong = await runInMemory(['secret', 'list', '--query', '[['], far)
    assert.deepEqual([wrong.code, far.seen.length], [2, 0])
  })

  it('has done its work when the part that is asked for does not fit it', async () => {
    const far = vault()
    const argv = ['secret', 'set', '-n', 'db', '--value', 'x', '--query', 'abs(name)']
    const { code, errors } = await runInMemory(argv, far)
    assert.deepEqual([code, far.seen.length], [1, 1])
    assert.match(errors, /The work is done, but --query/)
  })
})

describe('how claviger ends', () => {
  const CASES: readonly (readonly [string, readonly string[], number])[] = [
    ['3 for what is not there', ['secret', 'show', '-n', 'missing'], 3],
    ['4 for what is not allowed', ['secret', 'show', '-n', 'forbidden'], 4],
    ['2 for an option that is not there', ['secret', 'show', '--nmae', 'x'], 2],
    ['2 for a command that is not there', ['secert'], 2],
    ['2 for a vault that has no name of one', ['secret', 'list', '--vault-name', 'a.example/'], 2],
    ['2 for a time that is none', ['secret', 'set-attributes', '-n', 'a', '--expires', '2026'], 2],
    ['0 for help', ['secret', 'show', '--help'], 0],
    ['0 for its version', ['--version'], 0],
  ]
  for (const [what, argv, code] of CASES) {
    it(`is ${what}`, async () => {
      const result = await runInMemory(argv, vault())
      assert.equal(result.code, code)
      if (code !== 0) assert.equal(result.output, '')
      if (code !== 0) assert.notEqual(result.errors, '')
    })
  }

  it('says the code of the service and the name of the request', async () => {
    const { errors } = await runInMemory(['secret', 'show', '-n', 'missing'], vault())
    assert.match(errors, /^claviger: A secret with that name was not found\. \(SecretNotFound/)
  })
})

describe('what a terminal is shown', () => {
  const evil = '\u001b]0;title\u0007\u009b31m\u202e'
  const far = (): MemoryVault =>
    new MemoryVault(({ url }) =>
      url.pathname.includes('missing')
        ? { status: 404, body: { error: { code: 'SecretNotFound', message: `none\r\nhere ${evil}` } } }
        : { status: 200, body: { ...wireSecret(url, 'db', `value ${evil}`), tags: { [evil]: evil } } })

  for (const output of ['table', 'json', 'tsv', 'env']) {
    it(`has no control of a value or a tag as ${output}`, async () => {
      const argv = ['secret', 'show', '-n', 'db', '--show', '-o', output]
      const shown = await runInMemory(argv, far(), { outIsTerminal: true })
      assert.match(shown.output, /value /)
      assert.doesNotMatch(shown.output.replaceAll(/[\n\t]/g, ''), /\p{C}/u)
    })
  }

  it('has no control of what a service says', async () => {
    const { errors } = await runInMemory(['secret', 'show', '-n', 'missing'], far())
    assert.match(errors, /none\nhere \?/)
    assert.doesNotMatch(errors.replaceAll('\n', ''), /\p{C}/u)
  })

  it('is for terminals alone: a program is given the value as it is', async () => {
    const argv = ['secret', 'show', '-n', 'db', '--query', 'value', '-o', 'tsv']
    assert.equal((await runInMemory(argv, far())).output, `value ${evil}\n`)
  })
})

describe('what is said of a wrong command line', () => {
  const CASES: readonly (readonly [argv: readonly string[], said: RegExp])[] = [
    [['secret', 'list', '-o', 'xml'], /it takes table, json, tsv, env, none\.\n.*"claviger secret list --help"/],
    [['-o', 'json', 'secret', 'show', '--nmae', 'a'], /"claviger secret show --help"/],
    [['--query', 'key', 'secret', 'shwo'], /"claviger secret --help"/],
    [['key', 'rotation-policy', 'update', '-n', 'a'], /"claviger key rotation-policy update --help"/],
    [['--shwo'], /"claviger --help"/],
  ]
  for (const [argv, said] of CASES) {
    it(`is what helps with ${argv.join(' ')}`, async () => {
      const { code, errors } = await runInMemory(argv, vault())
      assert.equal(code, 2)
      assert.match(errors, said)
    })
  }

  it('is said in Chinese of files too', async () => {
    const argv = ['secret', 'set', '-n', 'db', '-f', 'nowhere', '--lang', 'zh-CN']
    const { code, errors } = await runInMemory(argv, vault())
    assert.equal(code, 1)
    assert.match(errors, /^claviger: \/nowhere\/nowhere:没有这样的文件/)
  })
})
