import { fileURLToPath } from 'node:url'
import { PYTHON_PROGRAMS } from '../machine/repository.ts'
import { programPath } from '../machine/strip-programs.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { runClient } from '../server/run-client.ts'
import type { TestServer } from '../server/test-server.ts'

const OURS = fileURLToPath(new URL('../client/sign-in.ts', import.meta.url))

/** What the environment says; an empty variable is unset after the files are sourced. */
export interface SignInWay {
  readonly name: string
  readonly sourced: readonly string[]
  readonly variables: Readonly<Record<string, string>>
}

/** Signs in by each way with each client, and uses what it got on a secret. */
export async function signInEverywhere(
  run: SuiteRun,
  server: TestServer,
  ways: readonly SignInWay[],
): Promise<void> {
  const { python, runtime } = run.machine
  const clients: Record<string, readonly string[]> = {
    js: [runtime, programPath('sign-in')],
    'our client': [runtime, '--conditions=claviger-source', OURS],
  }
  if ('path' in python) {
    clients['Python'] = [python.path, `${PYTHON_PROGRAMS}sign_in.py`]
    clients['Python, async'] = [python.path, `${PYTHON_PROGRAMS}sign_in.py`, 'async']
  }
  for (const way of ways) {
    for (const [client, command] of Object.entries(clients)) {
      const result = await runClient(run, command, {
        sourced: way.sourced.map((name) => server.file(name)),
        variables: { ...way.variables, CANARY: server.canary, SECRET_NAME: 'sign-in' },
      })
      countChecks(run, `${way.name}, ${client}`, result)
    }
    if ('missing' in python) run.notRun(`${way.name}, Python`, python.missing)
  }
}
