import type { ProgramResult } from '../machine/run-program.ts'
import { PYTHON_PROGRAMS } from '../machine/repository.ts'
import { countChecks } from '../runner/count-checks.ts'
import type { Suite } from '../runner/suite.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { createPolicyVault, POLICY_VAULT, setPolicy } from '../server/policy-vault.ts'
import { runClient } from '../server/run-client.ts'
import { TestServer } from '../server/test-server.ts'
import { PYTHON_PLACES } from './python-places.ts'
import { SEEDS_MISSING, seedText } from './seed-text.ts'

/** What the quickstart tells its reader to grant. */
const DOCUMENTED_POLICY = ['--certificates', 'delete,get,list,create']
/** What a statement of the quickstart that ran again has to say. */
const DELETED = /^raised ResourceExistsError: \(Conflict\) Certificate quickstart is currently in a deleted/

/** The official Python client of certificates, and the users' own programs about them. */
export const pythonCertificates: Suite = {
  name: 'python-certificates',
  what: 'azure-keyvault-certificates, unmodified; PKCS #12 and requests checked with cryptography',
  budgetSeconds: 240,
  async run(run) {
    const { python } = run.machine
    if ('missing' in python) {
      run.notRun('the Python client of certificates', python.missing)
      return
    }
    for (const [place, options] of Object.entries(PYTHON_PLACES)) {
      const server = await TestServer.start(run, options)
      for (const flavour of ['sync', 'async']) {
        const result = await runPython(run, server, python.path, ['certificates.py', flavour])
        countChecks(run, `${place}: ${flavour}`, result)
      }
      await runSkill(run, server, python.path, place)
      // The quickstart has Azure's own host name in it.
      if (server.place.domain === 'azure.net') await runQuickstart(run, server, python.path, place)
      await server.finish()
    }
  },
}

async function runSkill(
  run: SuiteRun,
  server: TestServer,
  python: string,
  place: string,
): Promise<void> {
  const name = `${place}: the users' programs with certificates run as they stand`
  const text = seedText('002_')
  if (text === undefined) {
    run.notRun(name, SEEDS_MISSING)
    return
  }
  const { AZURE_KEYVAULT_URL: url = '' } = server.variables('connect.env')
  const program = ['seed_programs.py', 'certificates', text, url]
  const result = await runPython(run, server, python, program)
  await run.step(name, () => {
    expectOutput(result, [/^Thumbprint: [0-9a-f]{40}$/m, /^Certificate: my-cert$/m, /^done$/m])
    if (/^raised /m.test(result.output)) throw new Error(result.output)
  })
}

async function runQuickstart(
  run: SuiteRun,
  server: TestServer,
  python: string,
  place: string,
): Promise<void> {
  const name = `${place}: the quickstart of certificates runs as it stands`
  const text = seedText('001_')
  if (text === undefined) {
    run.notRun(name, SEEDS_MISSING)
    return
  }
  await run.step(name, async () => {
    await createPolicyVault(run, server)
    await setPolicy(run, server, DOCUMENTED_POLICY)
    const program = ['seed_programs.py', 'quickstart', text, 'quickstart']
    const variables = { KEY_VAULT_NAME: POLICY_VAULT }
    const result = await runPython(run, server, python, program, variables)
    expectOutput(result, [
      /^ran the program$/m,
      /^Certificate with name 'quickstart' was found'\.$/m,
      /^ran deleted_certificate = poller\.result\(\)$/m,
      /^done$/m,
    ])
    const raised = result.output.split('\n').filter((line) => line.startsWith('raised '))
    if (raised.length !== 1 || !DELETED.test(raised[0] ?? '')) {
      throw new Error(`The second run alone must be refused:\n${result.output}`)
    }
  })
}

function runPython(
  run: SuiteRun,
  server: TestServer,
  python: string,
  [program = '', ...args]: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<ProgramResult> {
  return runClient(run, [python, `${PYTHON_PROGRAMS}${program}`, ...args], {
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
