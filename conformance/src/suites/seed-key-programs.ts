import type { ProgramResult } from '../machine/run-program.ts'
import { PYTHON_PROGRAMS } from '../machine/repository.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { POLICY_VAULT, setPolicy } from '../server/policy-vault.ts'
import { runClient } from '../server/run-client.ts'
import type { TestServer } from '../server/test-server.ts'
import { SEEDS_MISSING, seedText } from './seed-text.ts'

/** What the quickstart tells its reader to grant: it is about keys, but says secrets. */
const DOCUMENTED_POLICY = ['--secrets', 'delete,get,list,set']
const NEEDED_POLICY = ['--keys', 'create,get,delete']
/** What a statement of the quickstart that ran again has to say. */
const DELETED = /^raised ResourceExistsError: \(Conflict\) Key quickstart is currently in a deleted/

/** Runs the users' own programs about keys, read at run time from the folder that holds them. */
export async function runSeedKeyPrograms(
  run: SuiteRun,
  server: TestServer,
  python: string,
  place: string,
): Promise<void> {
  await runSkill(run, server, python, place)
  // The quickstart has Azure's own host name in it.
  if (server.place.domain === 'azure.net') await runQuickstart(run, server, python, place)
}

async function runSkill(
  run: SuiteRun,
  server: TestServer,
  python: string,
  place: string,
): Promise<void> {
  const name = `${place}: the users' programs with keys`
  const text = seedText('002_')
  if (text === undefined) {
    run.notRun(name, SEEDS_MISSING)
    return
  }
  server.plant('a plaintext of the users’ programs', 'Hello, Key Vault!')
  const { AZURE_KEYVAULT_URL: url = '' } = server.variables('connect.env')
  const result = await runSeed(run, server, python, ['keys', text, url])
  await run.step(`${name} run as they stand`, () => {
    // How a member of an enumeration prints is for the versions of Python and of the client to say.
    const said = ['Key type: .*RSA', 'Key: rsa-key', 'Key: ec-key', 'Valid: True', 'done']
    expectOutput(result, said.map((line) => new RegExp(`^${line}$`, 'm')))
    if (/^raised /m.test(result.output)) throw new Error(result.output)
  })
}

async function runQuickstart(
  run: SuiteRun,
  server: TestServer,
  python: string,
  place: string,
): Promise<void> {
  const name = `${place}: the quickstart of keys`
  const text = seedText('000_')
  if (text === undefined) {
    run.notRun(name, SEEDS_MISSING)
    return
  }
  const quickstart = (): Promise<ProgramResult> =>
    runSeed(run, server, python, ['quickstart', text, 'quickstart'], { KEY_VAULT_NAME: POLICY_VAULT })
  await run.step(`${name} is refused with the access policy that it documents`, async () => {
    await setPolicy(run, server, DOCUMENTED_POLICY)
    expectOutput(await quickstart(), [/^raised HttpResponseError: \(Forbidden\)/m])
  })
  await run.step(`${name} runs as it stands once keys are granted`, async () => {
    await setPolicy(run, server, NEEDED_POLICY)
    const result = await quickstart()
    const { output } = result
    expectOutput(result, [/^ran the program$/m, /^Key with name 'quickstart' was found\.$/m])
    expectOutput(result, [/^ran deleted_key = poller\.result\(\)$/m, /^done$/m])
    const raised = output.split('\n').filter((line) => line.startsWith('raised '))
    if (raised.length !== 1 || !DELETED.test(raised[0] ?? '')) {
      throw new Error(`The second run alone must be refused, because the name is taken:\n${output}`)
    }
  })
}

function runSeed(
  run: SuiteRun,
  server: TestServer,
  python: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> {
  return runClient(run, [python, `${PYTHON_PROGRAMS}seed_programs.py`, ...args], {
    sourced: [server.file('connect.env')],
    variables,
  })
}

/** @throws Error with everything that was said when something is missing. */
function expectOutput({ output, errors }: ProgramResult, said: readonly RegExp[]): void {
  const unsaid = said.filter((pattern) => !pattern.test(output))
  if (unsaid.length === 0) return
  throw new Error(`${unsaid.join(', ')} is missing:\n${output}\n${errors}`)
}
