import { Az } from '../az/az.ts'
import { checkDiagnosticCommands, sinkSettings } from '../az/diagnostic-commands.ts'
import { checkDirectoryCommands } from '../az/directory-commands.ts'
import { followBanner, leaveServer, logInAsAdministrator, pointAtServer } from '../az/log-in.ts'
import { checkLogInCommands } from '../az/log-in-commands.ts'
import {
  checkCertificateCommands,
  checkKeyCommands,
  checkSecretCommands,
  createObjectVault,
  removeObjectVault,
} from '../az/object-commands.ts'
import { checkPolicyCommands } from '../az/policy-commands.ts'
import { checkRoleCommands } from '../az/role-commands.ts'
import { checkSeedCommands } from '../az/seed-commands.ts'
import { checkVaultCommands } from '../az/vault-commands.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { TestServer } from '../server/test-server.ts'

/** The command line of Azure, unmodified. */
export const az: Suite = {
  name: 'az',
  what: 'azure-cli, unmodified: groups, vaults, roles, the directory, log-ins, what is in vaults',
  budgetSeconds: 600,
  async run(run) {
    const { azPython } = run.machine
    if ('missing' in azPython) {
      run.notRun('the command line of Azure', azPython.missing)
      return
    }
    await runSeedCommands(run, azPython.path)
    await runOwnCommands(run, azPython.path)
  },
}

/** What the users' texts tell, in their order, with Azure's own names. */
async function runSeedCommands(run: SuiteRun, python: string): Promise<void> {
  const server = await TestServer.start(run, { domain: 'azure.net', port: 443 })
  const az = new Az(run, server, python, 'seeds')
  await followBanner(az)
  await checkSeedCommands(az)
  await leaveServer(az)
  await server.finish()
}

/** An az is slow to start, so that those which have nothing to do with each other run together. */
async function runOwnCommands(run: SuiteRun, python: string): Promise<void> {
  const server = await TestServer.start(run, { settings: sinkSettings(run) })
  const as = (who: string): Promise<Az> => administratorsAz(run, server, python, who)
  const vaultsAndPolicies = async (): Promise<void> => {
    const az = await as('vaults')
    await checkVaultCommands(az)
    await checkPolicyCommands(az)
  }
  const directoryAndLogIns = async (): Promise<void> => {
    const az = await as('directory')
    await checkDirectoryCommands(az)
    await checkLogInCommands(az)
  }
  const roles = async (): Promise<void> => await checkRoleCommands(await as('roles'))
  const objects = async (): Promise<void> => {
    const az = await as('objects')
    await createObjectVault(az)
    for (const check of [checkKeyCommands, checkSecretCommands, checkCertificateCommands]) {
      await check(az)
    }
    await removeObjectVault(az)
    await checkDiagnosticCommands(az)
  }
  await Promise.all([vaultsAndPolicies(), directoryAndLogIns(), roles(), objects()])
  await server.finish()
}

async function administratorsAz(
  run: SuiteRun,
  server: TestServer,
  python: string,
  who: string,
): Promise<Az> {
  const az = new Az(run, server, python, who)
  await pointAtServer(az)
  await logInAsAdministrator(az)
  return az
}
