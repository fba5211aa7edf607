import { PYTHON_PROGRAMS } from '../machine/repository.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { PYTHON_PLACES } from './python-places.ts'
import { runSeedPrograms } from './seed-programs.ts'

/** The official Python clients, synchronous and asynchronous, and the users' own programs. */
export const pythonSecrets: Suite = {
  name: 'python-secrets',
  what: 'azure-keyvault-secrets and azure-identity, unmodified, with only connect.env sourced',
  budgetSeconds: 240,
  async run(run) {
    const { python } = run.machine
    if ('missing' in python) {
      run.notRun('the Python clients', python.missing)
      return
    }
    for (const [name, options] of Object.entries(PYTHON_PLACES)) {
      const server = await TestServer.start(run, options)
      await runOwnPrograms(run, server, python.path, name)
      await runSeedPrograms(run, server, python.path, name)
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
  for (const program of ['secrets_sync', 'secrets_async']) {
    const result = await runClient(run, [python, `${PYTHON_PROGRAMS}${program}.py`], {
      sourced: [server.file('connect.env')],
      variables: { CANARY: server.canary },
    })
    countChecks(run, `${place}: ${program}`, result)
  }
}
