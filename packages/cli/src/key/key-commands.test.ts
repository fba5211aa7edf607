import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { MemoryVault } from '../testing/memory-vault.ts'
import { type CliResult, runInMemory, VAULT_URL } from '../testing/run-in-memory.ts'

const KID = `${VAULT_URL}/keys/k/0123456789abcdef0123456789abcdef`
const KEY = {
  key: { kid: KID, kty: 'RSA-HSM', n: 'AQAB', e: 'AQAB', key_ops: ['encrypt'] },
  attributes: { enabled: true, exportable: true },
  release_policy: { data: Buffer.from('{"version":"1.0.0"}').toString('base64url'), immutable: true },
}

interface Run extends CliResult {
  readonly paths: readonly string[]
  readonly body: Readonly<Record<string, unknown>>
}

async function run(
  argv: readonly string[],
  answer: unknown = KEY,
  given: Parameters<typeof runInMemory>[2] = {},
): Promise<Run> {
  const vault = new MemoryVault(() => ({ status: 200, body: answer }))
  const result = await runInMemory(['key', ...argv], vault, given)
  return {
    ...result,
    paths: vault.seen.map(({ method, url }) => `${method} ${url.pathname}`),
    body: JSON.parse(vault.seen.at(-1)?.body || '{}') as Record<string, unknown>,
  }
}

describe('claviger key create', () => {
  it('says to whom the key may be released', async () => {
    const argv = ['create', '-n', 'k', '--kty', 'RSA-HSM', '--exportable', '--immutable', 'true']
    const { code, body, errors } = await run([...argv, '--policy', '{"version": "1.0.0"}'])
    assert.equal(code, 0, errors)
    assert.deepEqual(body['attributes'], { exportable: true })
    assert.deepEqual(body['release_policy'], {
      data: Buffer.from('{"version":"1.0.0"}').toString('base64url'),
      immutable: true,
    })
  })

  it('asks nothing for what is no policy, or is about none', async () => {
    for (const words of [['--policy', '[]'], ['--policy', '{'], ['--immutable']]) {
      const { code, paths } = await run(['create', '-n', 'k', ...words], KEY, { stdin: '[]' })
      assert.notEqual(code, 0)
      assert.deepEqual(paths, [])
    }
  })
})

describe('claviger key import', () => {
  it('takes the private key from standard input', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const stdin = privateKey.export({ format: 'pem', type: 'pkcs8' })
    const { code, body, errors } = await run(['import', '-n', 'k', '--pem-file', '-'], KEY, { stdin })
    assert.equal(code, 0, errors)
    assert.equal((body['key'] as { crv: string }).crv, 'P-256')
  })

  it('takes the private key as az does, and its password from standard input', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const passphrase = 'canary password'
    const sealed = { format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase } as const
    const pem = privateKey.export(sealed)
    const argv = ['import', '-n', 'k', '--pem-string', pem, '--pem-password-file', '-']
    const { code, body, errors } = await run(argv, KEY, { stdin: `${passphrase}\n` })
    assert.equal(code, 0, errors)
    assert.equal((body['key'] as { crv: string }).crv, 'P-256')
    assert.match(errors, /can be read by other programs/)
  })

  it('takes one key, and one thing from standard input', async () => {
    const WRONG = [
      [],
      ['--pem-file', '-', '--pem-string', 'x'],
      ['--pem-file', '-', '--pem-password-file', '-'],
      ['--pem-string', '@-', '--pem-password-file', '-'],
    ]
    for (const words of WRONG) {
      const { code, paths } = await run(['import', '-n', 'k', ...words], KEY, { stdin: 'canary' })
      assert.deepEqual([code, paths], [2, []])
    }
  })
})

describe('claviger key list', () => {
  it('has the members that az has', async () => {
    const { output } = await run(['list'], { value: [{ kid: KID, attributes: { enabled: true } }] })
    const [key] = JSON.parse(output) as Readonly<Record<string, unknown>>[]
    assert.deepEqual(
      Object.keys(key ?? {}).toSorted(),
      ['attributes', 'kid', 'managed', 'name', 'releasePolicy', 'tags', 'version'],
    )
  })
})

describe('claviger key show', () => {
  it('says by which rules the key is released', async () => {
    const { output } = await run(['show', '-n', 'k', '--query', 'releasePolicy'])
    assert.deepEqual(JSON.parse(output), {
      contentType: null,
      encodedPolicy: '{"version":"1.0.0"}',
      immutable: true,
    })
  })
})

describe('claviger key set-attributes', () => {
  it('enables a key, and changes its release policy', async () => {
    const { code, body } = await run(['set-attributes', '-n', 'k', '--enabled', '--policy', '{}'])
    assert.equal(code, 0)
    assert.deepEqual(body['attributes'], { enabled: true })
    assert.deepEqual(body['release_policy'], { data: Buffer.from('{}').toString('base64url') })
  })
})

describe('claviger key get-policy-template', () => {
  it('gives what create takes, and asks nobody', async () => {
    const { code, output, paths } = await run(['get-policy-template'])
    assert.deepEqual([code, paths], [0, []])
    assert.equal((await run(['create', '-n', 'k', '--exportable', '--policy', output])).code, 0)
  })
})

describe('claviger key random', () => {
  const value = Buffer.from('canary-octets').toString('base64url')

  it('gives octets to a program, and hides them from a terminal', async () => {
    const argv = ['random', '--count', '13', '--query', 'value', '-o', 'tsv']
    const given = await run(argv, { value })
    assert.equal(Buffer.from(given.output, 'base64').toString(), 'canary-octets')
    assert.deepEqual([given.paths, given.body], [['POST /rng'], { count: 13 }])
    const hidden = await run(argv, { value }, { outIsTerminal: true })
    assert.equal(hidden.output, '(hidden; --show)\n')
  })

  it('asks for no more than the service gives at once', async () => {
    for (const count of ['0', '129', 'many']) {
      const { code, paths } = await run(['random', '--count', count], { value })
      assert.deepEqual([code, paths], [2, []])
    }
  })
})

describe('what stands beside a text that was encrypted', () => {
  const answer = {
    kid: KID,
    value: 'AAEC',
    iv: Buffer.from('0102', 'hex').toString('base64url'),
    tag: Buffer.from('0304', 'hex').toString('base64url'),
  }

  it('is hexadecimal, as az has it', async () => {
    const argv = ['encrypt', '--id', KID, '-a', 'A256GCM', '--value', 'text', '--data-type', 'plaintext']
    const { code, body, output, errors } = await run([...argv, '--aad', '0a0B'], answer)
    assert.equal(code, 0, errors)
    assert.equal(body['value'], Buffer.from('text').toString('base64url'))
    assert.equal(body['aad'], Buffer.from('0a0b', 'hex').toString('base64url'))
    const { iv, tag, result } = JSON.parse(output) as Record<string, string>
    assert.deepEqual([iv, tag, result], ['0102', '0304', 'AAEC'])
  })

  it('is refused in any other form, before anything is asked', async () => {
    for (const words of [['--iv', 'AQI='], ['--tag', '123'], ['--aad', '']]) {
      const { code, paths } = await run(['decrypt', '--id', KID, '-a', 'A256GCM', '--value', 'AAEC', ...words])
      assert.deepEqual([code, paths], [2, []])
    }
  })
})
