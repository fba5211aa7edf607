import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConnectionError, CredentialUnavailableError, type TokenCredential } from '@claviger/client/azure'
import { EXIT } from './exit-codes.ts'
import type { Surroundings } from './surroundings.ts'
import { MemoryVault, wireSecret } from './testing/memory-vault.ts'
import { runInMemory } from './testing/run-in-memory.ts'

const REFUSALS: Readonly<Record<string, number>> = { wrong: 400, denied: 403, missing: 404, taken: 409 }

const vault = (): MemoryVault =>
  new MemoryVault(({ url }) => {
    const name = url.pathname.split('/')[2] ?? ''
    const status = REFUSALS[name]
    if (status === undefined) return { status: 200, body: wireSecret(url, name) }
    return { status, body: { error: { code: 'Refused', message: `It is ${name}.` } } }
  })

/** Who asks, in vain. */
function failing(error: Error): Partial<Surroundings> {
  const credential: TokenCredential = {
    getToken: async () => {
      throw error
    },
  }
  return { credential }
}

const noCredential = new CredentialUnavailableError({ code: 'NoCredential', message: 'There is none.' })
const noConnection = new ConnectionError({ code: 'ECONNREFUSED', message: 'Nobody listens.' })

/** What shows each code: the secret that is asked for, with words that follow, and who asks. */
const SHOWN: Readonly<Record<keyof typeof EXIT, readonly (readonly [string, Partial<Surroundings>?])[]>> = {
  done: [['there']],
  failed: [['wrong']],
  usage: [['there --nmae']],
  notFound: [['missing']],
  notAllowed: [['denied'], ['there', failing(noCredential)]],
  unreachable: [['there', failing(noConnection)]],
  conflict: [['taken']],
}

describe('an exit code', () => {
  for (const [what, cases] of Object.entries(SHOWN)) {
    const wanted = EXIT[what as keyof typeof EXIT]
    it(`is ${wanted} when it is ${what}, and the reason is plain text`, async () => {
      for (const [words, given] of cases) {
        const argv = ['secret', 'show', '-o', 'json', '-n', ...words.split(' ')]
        const { code, output, errors } = await runInMemory(argv, vault(), given)
        assert.equal(code, wanted)
        assert.equal(output === '', wanted !== 0)
        assert.match(errors, wanted === 0 ? /^$/ : /^[^{}]+\n$/)
      }
    })
  }
})
