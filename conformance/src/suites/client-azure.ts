import { fileURLToPath } from 'node:url'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'

const PROGRAM = fileURLToPath(new URL('../client/compare-azure.ts', import.meta.url))

/** Our Azure clients and the official ones: the same calls against one vault, compared. */
export const clientAzure: Suite = {
  name: 'client-azure',
  what: '@claviger/client/azure, call by call beside @azure/keyvault-* on the same vault',
  budgetSeconds: 120,
  async run(run) {
    const server = await TestServer.start(run)
    const command = [run.machine.runtime, '--conditions=claviger-source', PROGRAM]
    const result = await runClient(run, command, { sourced: [server.file('connect.env')] })
    countChecks(run, 'beside the official clients', result)
  },
}
