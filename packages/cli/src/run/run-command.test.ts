import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MemoryVault, wireSecret } from '../testing/memory-vault.ts'
import { runInMemory, VAULT_URL } from '../testing/run-in-memory.ts'

const CANARY = 'canary value'

const vault = (): MemoryVault =>
  new MemoryVault(({ url }) => {
    const name = url.pathname.split('/')[2] ?? ''
    if (name === 'missing') {
      return { status: 404, body: { error: { code: 'SecretNotFound', message: 'None.' } } }
    }
    return { status: 200, body: wireSecret(url, name, name === 'nul' ? `${CANARY}\0` : CANARY) }
  })

const REFERENCE = `@Microsoft.KeyVault(SecretUri=${VAULT_URL}/secrets/db)`

async function run(
  script: string,
  variables: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly errors: string }> {
  const environment = { AZURE_KEYVAULT_URL: VAULT_URL, ...variables }
  return runInMemory(['run', '--', process.execPath, '-e', script], vault(), { environment })
}

describe('claviger run', () => {
  it('gives the program values in the place of references', async () => {
    const script = `process.exitCode = process.env.DB === ${JSON.stringify(CANARY)} ? 7 : 8`
    const byUri = await run(script, { DB: REFERENCE })
    const byName = await run(script, { DB: '@Microsoft.KeyVault(VaultName=unit;SecretName=db)' })
    assert.deepEqual([byUri.code, byName.code], [7, 7])
    assert.equal(process.env['DB'], undefined)
  })

  it('starts nothing when a reference leads nowhere, and names the variable', async () => {
    const reference = REFERENCE.replace('secrets/db', 'secrets/missing')
    const { code, errors } = await run('process.exitCode = 0', { DB: reference })
    assert.notEqual(code, 0)
    assert.match(errors, /DB cannot be resolved/)
  })

  it('ends as the program ends, by a signal too', async () => {
    assert.equal((await run('process.exitCode = 42', {})).code, 42)
    assert.equal((await run("process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)", {})).code, 143)
  })

  it('ends with 127 when there is no such program', async () => {
    const { code, errors } = await runInMemory(['run', '--', '/no/such/program'], vault())
    assert.equal(code, 127)
    assert.match(errors, /no program/)
    assert.equal((await runInMemory(['run', '--', ''], vault())).code, 127)
  })

  it('ends with 126 when the system does not start it, as with too much in its environment', async () => {
    // Of one variable, Linux takes 131072 octets.
    const { code, errors } = await run('process.exitCode = 0', { LONG: 'x'.repeat(8_000_000) })
    assert.equal(code, 126)
    assert.match(errors, /E2BIG/)
    assert.doesNotMatch(errors, /defect|xxx/)
  })

  it('asks no host that only looks like a neighbour of the vault', async () => {
    const reference = '@Microsoft.KeyVault(VaultName=foo;SecretName=db)'
    const nobody = new MemoryVault(() => assert.fail('it has asked'))
    for (const host of ['localhost:8443', '127.0.0.1:8443', '[::1]']) {
      const environment = { AZURE_KEYVAULT_URL: `https://${host}`, DB: reference }
      const argv = ['run', '--', process.execPath, '-e', '']
      const { code, errors } = await runInMemory(argv, nobody, { environment })
      assert.notEqual(code, 0)
      assert.match(errors, /--vault-url/)
      const byName = await runInMemory(['secret', 'list', '--vault-name', 'foo'], nobody, { environment })
      assert.equal(byName.code, 2)
      assert.match(byName.errors, /--vault-url/)
    }
  })

  it('starts nothing with a value that no environment can have, and shows nothing of it', async () => {
    const { code, errors } = await run('process.exitCode = 0', {
      DB: REFERENCE.replace('/db)', '/nul)'),
    })
    assert.equal(code, 1)
    assert.match(errors, /^claviger: DB has a NUL octet/)
    assert.doesNotMatch(errors, /canary/)
  })

  it('takes no option of the program for its own', async () => {
    const script = "process.exitCode = process.argv.includes('--output') ? 5 : 6"
    const argv = ['run', '--', process.execPath, '-e', script, '--', '--output', 'nothing']
    assert.equal((await runInMemory(argv, vault())).code, 5)
  })
})
