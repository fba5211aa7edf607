import { join } from 'node:path'
import { programPath, stripPrograms } from '../machine/strip-programs.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from '../server/admin.ts'
import { plantKeys } from '../server/plant-keys.ts'
import {
  createPolicyVault,
  policyVaultUrl,
  setPolicy,
  USE_WITHOUT_READING,
} from '../server/policy-vault.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { checkRawCrypto } from './raw-crypto.ts'
import { checkRawRefusals } from './raw-key-refusals.ts'

const PROGRAMS = ['key-creation', 'key-life', 'key-crypto'] as const

/** The official JavaScript client of keys; bare HTTPS for what that computes by itself. */
export const jsKeys: Suite = {
  name: 'js-keys',
  what: '@azure/keyvault-keys, unmodified, and bare HTTPS; all cross-checked with node:crypto',
  budgetSeconds: 240,
  async run(run) {
    const server = await TestServer.start(run)
    await run.step('a second vault is created', () =>
      admin(run, server, ['vault', 'create', 'second']),
    )
    await run.step('a vault is created whose keys the client may use and not read', async () => {
      await createPolicyVault(run, server)
      await setPolicy(run, server, ['--keys', USE_WITHOUT_READING])
    })
    const { keys, file } = await plantKeys(run, server)
    const { runtime, otherNode } = run.machine
    const here = `Node ${process.versions.node}`
    for (const name of PROGRAMS) {
      await runProgramOn(run, server, here, [runtime, programPath(name)], file)
    }
    const unread = { AZURE_KEYVAULT_URL: policyVaultUrl(server) }
    const crypto = [runtime, programPath('key-crypto')]
    await runProgramOn(run, server, `${here}, without reading keys`, crypto, file, unread)
    await checkRawCrypto(run, server, keys)
    await checkRawRefusals(run, server)
    if ('missing' in otherNode) {
      // Not counted as not run: what users have is what the check above used.
      run.note(`On another Node: ${otherNode.missing}.`)
      return
    }
    const programs = stripPrograms(run.folder)
    for (const name of PROGRAMS) {
      const command = [otherNode.path, join(programs, `${name}.mjs`)]
      await runProgramOn(run, server, 'the Node in PATH', command, file)
    }
  },
}

async function runProgramOn(
  run: SuiteRun,
  server: TestServer,
  who: string,
  command: readonly string[],
  localKeys: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const result = await runClient(run, command, {
    sourced: [server.file('connect.env')],
    variables: {
      CANARY: server.canary,
      LOCAL_KEYS: localKeys,
      FORBIDDEN_VAULT_URL: `https://second.vault.${server.place.domain}:${server.place.port}`,
      ...more,
    },
  })
  countChecks(run, who, result)
}
