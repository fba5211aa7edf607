import type { TokenCredential } from '@claviger/client/azure'
import { runCli } from '../run-cli.ts'
import type { Surroundings } from '../surroundings.ts'
import type { MemoryVault } from './memory-vault.ts'

/** What a command line has said, and how it has ended. */
export interface CliResult {
  readonly code: number
  readonly output: string
  readonly errors: string
}

/** The vault of the tests. */
export const VAULT_URL = 'https://unit.vault.azure.net'

const credential: TokenCredential = {
  getToken: async () => ({ token: 'canary-token', expiresOnTimestamp: Date.now() + 3_600_000 }),
}

/** Runs a command line against a vault in memory. */
export async function runInMemory(
  argv: readonly string[],
  vault: MemoryVault,
  given: Partial<Surroundings> & { readonly stdin?: string } = {},
): Promise<CliResult> {
  const { stdin, ...others } = given
  const written = { output: '', errors: '' }
  const code = await runCli(argv, {
    environment: { AZURE_KEYVAULT_URL: VAULT_URL },
    workingDirectory: '/nowhere',
    outIsTerminal: false,
    errIsTerminal: false,
    inputIsTerminal: stdin === undefined,
    out: (text) => void (written.output += text),
    err: (text) => void (written.errors += text),
    input: async function* () {
      yield Buffer.from(stdin ?? '')
    },
    credential,
    fetch: vault.fetch,
    ...others,
  })
  return { code, ...written }
}
