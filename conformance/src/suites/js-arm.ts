import { hostAndPort } from '../az/log-in.ts'
import { programPath } from '../machine/strip-programs.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import { objectOf, textOf } from '../server/json.ts'
import { managerClient } from '../server/manager.ts'
import { runClient } from '../server/run-client.ts'
import { tenantOf } from '../server/tenant-of.ts'
import { TestServer } from '../server/test-server.ts'
import { checkManagerRefusals } from './manager-refusals.ts'

const PROGRAMS = ['groups', 'vaults', 'objects', 'roles'] as const

/** The official JavaScript clients of the resource manager; bare HTTPS for what they never send. */
export const jsArm: Suite = {
  name: 'js-arm',
  what: '@azure/arm-keyvault, -authorization and -resources, unmodified; bare requests',
  budgetSeconds: 180,
  async run(run) {
    const server = await TestServer.start(run)
    const manager = await run.step('the administrator has one subscription', () =>
      managerClient(server),
    )
    if (manager === undefined) return
    const variables = {
      CANARY: server.canary,
      MANAGER: `https://management.${hostAndPort(server)}`,
      SUBSCRIPTION: manager.subscription,
      TENANT: await tenantOf(server),
      OTHER_PRINCIPAL: await principalOf(server),
      // The second file takes the managed identity away; it is somebody else here.
      ...identityOf(server),
    }
    for (const name of PROGRAMS) {
      const command = [run.machine.runtime, programPath(`arm/${name}`)]
      const result = await runClient(run, command, {
        sourced: ['connect.env', 'connect-service-principal.env'].map((file) => server.file(file)),
        variables,
      })
      countChecks(run, name, result)
    }
    await checkManagerRefusals(run, server, manager)
    manager.close()
  },
}

function identityOf(server: TestServer): Readonly<Record<string, string>> {
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = server.variables('connect.env')
  return { IDENTITY_ENDPOINT, IDENTITY_HEADER }
}

/** The object id of the managed identity of `connect.env`. */
async function principalOf(server: TestServer): Promise<string> {
  const [, payload = ''] = (await server.token()).split('.')
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'))
  return textOf(objectOf(claims), 'oid')
}
