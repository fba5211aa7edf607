import { join } from 'node:path'
import { programPath, stripPrograms } from '../machine/strip-programs.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { checkPkcs12Files } from './pkcs12-files.ts'

/** The official JavaScript client of certificates, and TLS servers that run on what it fetches. */
export const jsCertificates: Suite = {
  name: 'js-certificates',
  what: '@azure/keyvault-certificates, unmodified; TLS of Node, PKCS #12 of openssl and keytool',
  budgetSeconds: 240,
  async run(run) {
    const server = await TestServer.start(run)
    await checkPkcs12Files(run, server)
    const { runtime, otherNode } = run.machine
    const here = `Node ${process.versions.node}`
    await runProgramOn(run, server, here, [runtime, programPath('certificates')])
    if ('missing' in otherNode) {
      // Not counted as not run: what users have is what the check above used.
      run.note(`On another Node: ${otherNode.missing}.`)
      return
    }
    const program = join(stripPrograms(run.folder), 'certificates.mjs')
    await runProgramOn(run, server, 'the Node in PATH', [otherNode.path, program])
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
    variables: { CANARY: server.canary },
  })
  countChecks(run, who, result)
}
