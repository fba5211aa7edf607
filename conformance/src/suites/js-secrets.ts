import { join } from 'node:path'
import { programPath, stripPrograms } from '../machine/strip-programs.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from '../server/admin.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'

/** The official JavaScript client on the server's own Node, and on the Node that users may have. */
export const jsSecrets: Suite = {
  name: 'js-secrets',
  what: '@azure/keyvault-secrets and @azure/identity, unmodified, with only connect.env sourced',
  budgetSeconds: 240,
  async run(run) {
    const server = await TestServer.start(run)
    await run.step('a second vault is created', () =>
      admin(run, server, ['vault', 'create', 'second']),
    )
    const { runtime, otherNode } = run.machine
    const here = `Node ${process.versions.node}`
    await runProgramOn(run, server, here, [runtime, programPath('secrets')])
    if ('missing' in otherNode) {
      // Not counted as not run: what users have is what the check above used.
      run.note(`On another Node: ${otherNode.missing}.`)
      return
    }
    const programs = stripPrograms(run.folder)
    await runProgramOn(run, server, 'the Node in PATH', [
      otherNode.path,
      join(programs, 'secrets.mjs'),
    ])
  },
}

async function runProgramOn(
  run: SuiteRun,
  server: TestServer,
  who: string,
  command: readonly string[],
): Promise<void> {
  const result = await runClient(run, command, {
    sourced: [server.file('connect.env')],
    variables: {
      CANARY: server.canary,
      FORBIDDEN_VAULT_URL: `https://second.vault.${server.place.domain}:${server.place.port}`,
    },
  })
  countChecks(run, who, result)
}
