import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Fetch } from '@claviger/client/azure'
import { ConnectionError, CredentialUnavailableError } from '@claviger/client/azure'
import { widthOf } from '../output/text-width.ts'
import type { Surroundings } from '../surroundings.ts'
import { MemoryVault } from '../testing/memory-vault.ts'
import { runInMemory } from '../testing/run-in-memory.ts'

const vault = (status = 200): MemoryVault =>
  new MemoryVault(() => ({
    status,
    body: status === 200 ? { value: [] } : { error: { code: 'Forbidden', message: 'Not for you.' } },
  }))

async function examined(
  far: MemoryVault,
  given: Partial<Surroundings> = {},
): Promise<{ readonly code: number; readonly states: Readonly<Record<string, string>> }> {
  const addressesOf = async (): Promise<readonly string[]> => ['127.0.0.1']
  const { code, output } = await runInMemory(['doctor'], far, { addressesOf, ...given })
  const findings = JSON.parse(output) as { check: string; state: string; advice?: string }[]
  for (const { state, advice } of findings) assert.equal(advice !== undefined, state === 'failed')
  return { code, states: Object.fromEntries(findings.map(({ check, state }) => [check, state])) }
}

/** The vault with one thing about its answers changed. */
function changed(far: MemoryVault, change: (answer: Response) => Response): Fetch {
  return async (url, init) => change(await far.fetch(url, init))
}

const OK = { name: 'ok', connection: 'ok', clock: 'ok', credential: 'ok', permission: 'ok' }

describe('claviger doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    assert.deepEqual(await examined(vault()), { code: 0, states: OK })
  })

  it('finds a name without an address, and looks no further', async () => {
    const far = vault()
    const addressesOf = async (): Promise<never> => {
      throw new Error('ENOTFOUND')
    }
    assert.deepEqual(await examined(far, { addressesOf }), { code: 1, states: { name: 'failed' } })
    assert.equal(far.seen.length, 0)
  })

  it('finds an authority that this machine does not trust', async () => {
    const fetch: Fetch = async () => {
      throw Object.assign(new Error('no'), { code: 'SELF_SIGNED_CERT_IN_CHAIN' })
    }
    const { states } = await examined(vault(), { fetch })
    assert.deepEqual(states, { name: 'ok', connection: 'failed' })
  })

  it('finds something else than a vault', async () => {
    const fetch: Fetch = async () => new Response('hello')
    const { states } = await examined(vault(), { fetch })
    assert.deepEqual(states, { name: 'ok', connection: 'failed' })
  })

  it('finds a clock that is wrong, and goes on', async () => {
    const fetch = changed(vault(), (answer) => {
      answer.headers.set('date', new Date(Date.now() - 3_600_000).toUTCString())
      return answer
    })
    assert.deepEqual(await examined(vault(), { fetch }), { code: 1, states: { ...OK, clock: 'failed' } })
  })

  it('finds that there is no credential', async () => {
    const credential = {
      getToken: async (): Promise<never> => {
        throw new CredentialUnavailableError({ code: 'NoCredential', message: 'There is none.' })
      },
    }
    const { permission: _, ...others } = OK
    assert.deepEqual((await examined(vault(), { credential })).states, { ...others, credential: 'failed' })
  })

  it('finds that a permission is missing', async () => {
    assert.deepEqual((await examined(vault(403))).states, { ...OK, permission: 'failed' })
  })

  interface Found {
    readonly check: string
    readonly detail: string
    readonly advice?: string
  }

  async function lastOf(given: Partial<Surroundings>, argv: readonly string[] = []): Promise<Found> {
    const addressesOf = async (host: string): Promise<readonly string[]> => [host]
    const { output } = await runInMemory(['doctor', ...argv], vault(), { addressesOf, ...given })
    return (JSON.parse(output) as Found[]).at(-1) ?? { check: '', detail: '' }
  }

  it('tells a vault that is not there from something else', async () => {
    const error = { error: { code: 'VaultNotFound', message: 'None.' } }
    const isNone: Fetch = async () => new Response(JSON.stringify(error), { status: 404 })
    assert.match((await lastOf({ fetch: isNone })).detail, /has no vault of that name/)
    for (const body of ['<html>', '{}', '"x"', `${JSON.stringify(error)}${' '.repeat(9000)}`]) {
      const fetch: Fetch = async () => new Response(body, { status: 404 })
      assert.match((await lastOf({ fetch })).detail, /as no vault does/)
    }
  })

  it('says in words why there is no connection', async () => {
    const CODES = [['ABORT_ERR', /in time/], ['EPROTO', /TLS/], ['ECONNREFUSED', /listens/]] as const
    for (const [code, words] of CODES) {
      const fetch: Fetch = async () => {
        throw Object.assign(new Error('no'), { code })
      }
      assert.match((await lastOf({ fetch })).detail, words)
    }
  })

  it('says of a token that cannot be fetched where to look', async () => {
    const credential = {
      getToken: async (): Promise<never> => {
        const cause = Object.assign(new Error('no'), { code: 'ECONNREFUSED' })
        const message = 'login.example could not be reached.\r\nIt said no more.'
        throw new ConnectionError({ code: 'ConnectionFailed', message, cause })
      },
    }
    const { check, detail, advice } = await lastOf({ credential })
    assert.equal(check, 'credential')
    assert.match(detail, /^login\.example could not be reached\.$/)
    assert.match(advice ?? '', /AZURE_AUTHORITY_HOST/)
  })

  it('finds the address of a vault at one of IPv6', async () => {
    const asked: string[] = []
    const addressesOf = async (host: string): Promise<readonly string[]> => {
      asked.push(host)
      return [host]
    }
    await lastOf({ addressesOf }, ['--vault-url', 'https://[::1]:8443'])
    assert.deepEqual(asked, ['::1'])
  })

  it('asks below the path that the vault has, as all other commands do', async () => {
    const far = vault()
    const asked: string[] = []
    const fetch: Fetch = async (url, init) => {
      asked.push(new URL(url).pathname)
      return far.fetch(url, init)
    }
    for (const path of ['/first', '/first/']) {
      const { check } = await lastOf({ fetch }, ['--vault-url', `https://gw.vault.azure.net${path}`])
      assert.equal(check, 'permission')
    }
    assert.deepEqual(new Set(asked), new Set(['/first/secrets']))
  })

  it('tells people in their language, with what to do below the table', async () => {
    const addressesOf = async (): Promise<readonly string[]> => ['127.0.0.1']
    const argv = ['doctor', '-o', 'table', '--lang', 'zh-CN']
    const { output } = await runInMemory(argv, vault(403), { addressesOf })
    const [titles = '', , name = ''] = output.split('\n')
    assert.deepEqual(titles.split(/ {2,}/), ['检查', '状态', '发现'])
    assert.match(name, /^名称 +正常 /)
    assert.match(output, /\n权限 +有问题 .*\n\n\S+ {2}\S/)
    for (const line of output.split('\n').slice(0, 7)) assert.ok(widthOf(line) < 100, line)
  })
})
