import { join } from 'node:path'
import { programPath, stripPrograms } from '../machine/strip-programs.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { type AlibabaVariables, alibabaAccess } from '../server/alibaba-access.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'

/** With the SDK of version 1, which has its actions as methods. */
const SDK_PROGRAMS = ['sdk-keys', 'sdk-crypto', 'sdk-secrets'] as const

/** The vendor's JavaScript clients at the shared gateway. */
export const jsAlibaba: Suite = {
  name: 'js-alibaba',
  what: '@alicloud/kms20160120 and the generic clients, unmodified, at the shared gateway',
  budgetSeconds: 240,
  async run(run) {
    const server = await TestServer.start(run)
    const access = await alibabaAccess(run, server)
    const here = `Node ${process.versions.node}`
    for (const name of SDK_PROGRAMS) {
      const program = [run.machine.runtime, programPath(`alibaba/${name}`)]
      await runProgramOn(run, server, access, here, program)
    }
    const { otherNode } = run.machine
    if ('missing' in otherNode) {
      run.note(`On another Node: ${otherNode.missing}.`)
      return
    }
    const programs = stripPrograms(run.folder)
    for (const name of SDK_PROGRAMS) {
      const program = [otherNode.path, join(programs, 'alibaba', `${name}.mjs`)]
      await runProgramOn(run, server, access, 'the Node in PATH', program)
    }
  },
}

async function runProgramOn(
  run: SuiteRun,
  server: TestServer,
  access: AlibabaVariables,
  who: string,
  command: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const result = await runClient(run, command, {
    sourced: [server.file('connect.env')],
    variables: { ...access, CANARY: server.canary, ...more },
  })
  countChecks(run, who, result)
}
