import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkElsewhere, type Expected } from '../client/check-elsewhere.ts'
import { REPOSITORY } from '../machine/repository.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import type { Suite } from '../runner/suite.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { checkUnitTests } from '../unit-tests/check-unit-tests.ts'

const PROGRAM = fileURLToPath(new URL('../client/compare-azure.ts', import.meta.url))

/** What the last line of each example says. */
const EXAMPLES: Readonly<Record<string, RegExp>> = {
  keys: /It can be recovered until 20\d\d-/,
  secrets: /It is gone for good\./,
  certificates: /It is deleted\./,
  cryptography: /Valid: true/,
  'error-handling': /Secret not found/,
  'best-practices': /The password has 7 characters\./,
}

/** Our Azure clients and the official ones: the same calls against one vault, compared. */
export const clientAzure: Suite = {
  name: 'client-azure',
  what: '@claviger/client/azure, call by call beside @azure/keyvault-* on the same vault; and its unit tests, in Chromium, Deno, Bun and workerd; its examples',
  budgetSeconds: 240,
  async run(run) {
    const server = await TestServer.start(run)
    const command = [run.machine.runtime, '--conditions=claviger-source', PROGRAM]
    const result = await runClient(run, command, { sourced: [server.file('connect.env')] })
    countChecks(run, 'beside the official clients', result)
    const outcomes = readFileSync(join(run.folder, 'outcomes.json'), 'utf8')
    await checkElsewhere(run, server, JSON.parse(outcomes) as Expected)
    await checkUnitTests(run, server)
    for (const [name, wanted] of Object.entries(EXAMPLES)) {
      await run.step(`the example ${name}`, () => runExample(run, server, name, wanted))
    }
  },
}

async function runExample(
  run: SuiteRun,
  server: TestServer,
  name: string,
  wanted: RegExp,
): Promise<void> {
  const path = join(REPOSITORY, 'examples/azure', `${name}.ts`)
  const command = [run.machine.runtime, '--conditions=claviger-source', path, `example-${name}`]
  const { code, output, errors } = await runClient(run, command, {
    sourced: [server.file('connect.env')],
    variables: { SECRET_VALUE: server.canary },
  })
  const [last = ''] = output.trim().split('\n').slice(-1)
  if (code === 0 && wanted.test(last) && !output.includes(server.canary)) return
  throw new Error(`It ended with ${code}: ${output}${errors}`)
}
