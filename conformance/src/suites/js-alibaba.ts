import { join } from 'node:path'
import { programPath, stripPrograms } from '../machine/strip-programs.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from '../server/admin.ts'
import { connectUser, giveRole, makeAccessKey } from '../server/alibaba-access.ts'
import { textOf } from '../server/json.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { checkAlibabaRefusals } from './alibaba-refusals.ts'

/** With the SDK of version 1, which has its actions as methods. */
const SDK_PROGRAMS = ['sdk-keys', 'sdk-crypto', 'sdk-secrets'] as const

/** With the generic clients, by every way of theirs. */
const GENERIC_PROGRAMS = [
  'keys',
  'tags',
  'symmetric',
  'asymmetric',
  'secrets',
  'application-access',
  'instances',
] as const

/** What knows nothing of ways, or is long: once is enough. */
const ONCE = ['key-states', 'key-import', 'both-doors', 'instance-openapi'] as const

/** As the programs know them. */
const WAYS = [
  'openapi-core, ACS3, query',
  'openapi-core, RPC, form',
  'openapi-client, ACS3, form',
  'openapi-client, RPC, query',
] as const

/** The vendor's JavaScript clients at the shared gateway. */
export const jsAlibaba: Suite = {
  name: 'js-alibaba',
  what: '@alicloud/kms20160120 and the generic clients, unmodified, at the shared gateway',
  budgetSeconds: 240,
  async run(run) {
    const server = await TestServer.start(run)
    const user = await connectUser(run, server)
    await checkAlibabaRefusals(run, server)
    // It sees the instances from the start; from here on it may set them up and release them too.
    await giveRole(run, server, 'Key Vault Contributor', user)
    const { otherNode, runtime } = run.machine
    const runOn: RunProgram = async (who, command, more = {}) => {
      const result = await runClient(run, command, {
        sourced: [server.file('connect.env')],
        variables: { CANARY: server.canary, ...more },
      })
      countChecks(run, who, result)
    }
    const here = `Node ${process.versions.node}`
    for (const name of SDK_PROGRAMS) await runOn(here, [runtime, programPath(`alibaba/${name}`)])
    for (const name of ONCE) await runOn(here, [runtime, programPath(`alibaba/${name}`)])
    await runGeneric(run, server, runOn)
    const sessions = await roleForSessions(run, server, user)
    await runOn('sessions', [runtime, programPath('alibaba/sessions')], sessions)
    if ('missing' in otherNode) {
      // Not counted as not run: what users have is what the check above used.
      run.note(`On another Node: ${otherNode.missing}.`)
      return
    }
    const programs = join(stripPrograms(run.folder), 'alibaba')
    for (const name of SDK_PROGRAMS) {
      await runOn('the Node in PATH', [otherNode.path, join(programs, `${name}.mjs`)])
    }
  },
}

type Variables = Readonly<Record<string, string>>

type RunProgram = (who: string, command: readonly string[], more?: Variables) => Promise<void>

async function runGeneric(run: SuiteRun, server: TestServer, runOn: RunProgram): Promise<void> {
  const { openssl, runtime } = run.machine
  for (const [index, way] of WAYS.entries()) {
    const spare = `spare-${index}`
    await admin(run, server, ['vault', 'create', spare])
    const runWay = (name: string, more: Variables = {}): Promise<void> =>
      runOn(way, [runtime, programPath(`alibaba/${name}`)], { ALIBABA_WAY: way, ...more })
    for (const name of GENERIC_PROGRAMS) {
      await runWay(name, { ALIBABA_SPARE_INSTANCE: `kst-${spare}` })
    }
    if ('missing' in openssl) run.notRun(`${way}: certificates`, openssl.missing)
    else await runWay('certificates', { OPENSSL: openssl.path })
  }
}

/** A role that may read keys, which the user may act as, and a user who may not. */
async function roleForSessions(
  run: SuiteRun,
  server: TestServer,
  user: string,
): Promise<Variables> {
  const role = textOf(await admin(run, server, ['session-role', 'create', 'reader']), 'id')
  await giveRole(run, server, 'Key Vault Reader', role)
  await giveRole(run, server, 'Session Role User', user, `/sessionRoles/${role}`)
  await admin(run, server, ['user', 'create', 'stranger'])
  const stranger = await makeAccessKey(run, server, 'stranger')
  return {
    ALIBABA_ROLE_ID: role,
    ALIBABA_STS_ENDPOINT: `sts.${server.place.domain}:${server.place.port}`,
    STRANGER_ACCESS_KEY_ID: stranger.accessKeyId,
    STRANGER_ACCESS_KEY_SECRET: stranger.secret,
  }
}
