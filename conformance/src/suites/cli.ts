import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { REPOSITORY } from '../machine/repository.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import { admin } from '../server/admin.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'

/** The sessions, each a script that a person could type. */
const SESSIONS = [
  'secrets', 'keys', 'certificates', 'pending-certificates', 'issuers', 'run', 'kms', 'connect', 'doctor',
  'server', 'completion', 'terminal',
] as const

/** The command line `claviger`, by what it writes and how it ends. */
export const cli: Suite = {
  name: 'cli',
  what: 'sessions of the command line claviger, as shell scripts, with only connect.env sourced',
  budgetSeconds: 500,
  async run(run) {
    const server = await TestServer.start(run)
    await run.step('a second vault is created', () =>
      admin(run, server, ['vault', 'create', 'second']),
    )
    const { python } = run.machine
    for (const session of SESSIONS) {
      if (session === 'terminal' && 'missing' in python) {
        run.notRun('a terminal', python.missing)
        continue
      }
      const result = await runClient(run, ['/bin/sh', scriptOf(session)], {
        sourced: [server.file('connect.env')],
        variables: {
          CANARY: server.canary,
          DATA: server.place.dataDir,
          RUNTIME: run.machine.runtime,
          CLI: join(REPOSITORY, 'packages/cli/src/main.ts'),
          SESSION: scriptOf('session'),
          // The sources would be read anew by each of some hundred commands.
          NODE_COMPILE_CACHE: join(run.folder, 'compiled'),
          PYTHON: 'path' in python ? python.path : '',
          TERMINAL: fileURLToPath(new URL('../cli/terminal.py', import.meta.url)),
        },
        limitSeconds: 180,
      })
      countChecks(run, session, result)
    }
  },
}

function scriptOf(name: string): string {
  return fileURLToPath(new URL(`../cli/${name}.sh`, import.meta.url))
}
