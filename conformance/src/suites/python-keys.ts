import { PYTHON_PROGRAMS } from '../machine/repository.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { plantKeys } from '../server/plant-keys.ts'
import {
  createPolicyVault,
  policyVaultUrl,
  setPolicy,
  USE_WITHOUT_READING,
} from '../server/policy-vault.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { PYTHON_PLACES } from './python-places.ts'
import { runSeedKeyPrograms } from './seed-key-programs.ts'

/** The official Python client of keys, synchronous and asynchronous, and the users' own programs. */
export const pythonKeys: Suite = {
  name: 'python-keys',
  what: 'azure-keyvault-keys, unmodified, every algorithm cross-checked with cryptography',
  budgetSeconds: 240,
  async run(run) {
    const { python } = run.machine
    if ('missing' in python) {
      run.notRun('the Python clients of keys', python.missing)
      return
    }
    for (const [name, options] of Object.entries(PYTHON_PLACES)) {
      const server = await TestServer.start(run, options)
      await run.step(`${name}: a vault with access policies is created`, () =>
        createPolicyVault(run, server),
      )
      await runOwnPrograms(run, server, python.path, name)
      await runSeedKeyPrograms(run, server, python.path, name)
      await server.finish()
    }
  },
}

async function runOwnPrograms(
  run: SuiteRun,
  server: TestServer,
  python: string,
  place: string,
): Promise<void> {
  const { file } = await plantKeys(run, server)
  const runProgram = async (
    program: string,
    flavour: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<void> => {
    const result = await runClient(run, [python, `${PYTHON_PROGRAMS}${program}.py`, flavour], {
      sourced: [server.file('connect.env')],
      variables: { CANARY: server.canary, LOCAL_KEYS: file, ...more },
    })
    const what = 'REMOTE_ONLY' in more ? `${program} without reading keys` : program
    countChecks(run, `${place}: ${what}, ${flavour}`, result)
  }
  for (const flavour of ['sync', 'async']) await runProgram('key_management', flavour)
  // Of the other names the algorithms know nothing; once is enough for them.
  if (server.place.domain !== 'localhost') return
  await run.step(`${place}: the client may use keys there and not read them`, () =>
    setPolicy(run, server, ['--keys', USE_WITHOUT_READING]),
  )
  const unread = { REMOTE_ONLY: 'yes', AZURE_KEYVAULT_URL: policyVaultUrl(server) }
  for (const flavour of ['sync', 'async']) {
    await runProgram('key_crypto', flavour)
    await runProgram('key_crypto', flavour, unread)
  }
}
