import { PYTHON_PROGRAMS } from '../machine/repository.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { runClient } from '../server/run-client.ts'
import type { TestServer } from '../server/test-server.ts'
import { SEEDS_MISSING, seedText } from './seed-text.ts'

/** The statements of the users' text that must fail, and how. Everything else must run. */
const MUST_FAIL: readonly RegExp[] = [
  /^raised ResourceNotFoundError at secret = client\.get_secret\(.*, version="abc123"\)$/,
  /^raised ResourceNotFoundError at client\.begin_recover_deleted_secret\(.*\)\.result\(\)$/,
]

/** What the texts store; it is read from them, so it is named here to be looked for on the disk. */
const STORED = ['super-secret-value', 'value-of-my-secret']

/**
 * Runs the users' own programs as they stand, read at run time from the folder that holds them:
 * they are not part of this repository. Without the folder they count as not run.
 */
export async function runSeedPrograms(
  run: SuiteRun,
  server: TestServer,
  python: string,
  place: string,
): Promise<void> {
  const text = seedText('002_')
  if (text === undefined) {
    run.notRun(`${place}: the users' programs`, SEEDS_MISSING)
    return
  }
  for (const value of STORED) server.plant('a value of the users’ programs', value)
  const { AZURE_KEYVAULT_URL: url = '' } = server.variables('connect.env')
  const program = [python, `${PYTHON_PROGRAMS}seed_programs.py`, 'secrets', text, url]
  const result = await runClient(run, program, { sourced: [server.file('connect.env')] })
  const lines = result.output.split('\n')
  const raised = lines.filter((line) => line.startsWith('raised '))
  const expected = (line: string): boolean => MUST_FAIL.some((pattern) => pattern.test(line))
  await run.step(`${place}: the users' programs run as they stand`, () => {
    const wrong = raised.filter((line) => !expected(line))
    if (wrong.length > 0) throw new Error(`${wrong.join('\n')}\n${result.errors}`)
    if (result.code !== 0 || !lines.includes('done')) {
      throw new Error(`They ended with ${result.code}.\n${result.output}\n${result.errors}`)
    }
  })
  for (const pattern of MUST_FAIL) {
    const name = /client\\\.(\w+)/.exec(pattern.source)?.[1] ?? pattern.source
    await run.step(`${place}: ${name} of what is not there raises ResourceNotFoundError`, () => {
      if (!raised.some((line) => pattern.test(line))) throw new Error(result.output)
    })
  }
  const said = ['Value: super-secret-value', 'Secret: database-password', 'Secret not found']
  await run.step(`${place}: the users' programs print what they should`, () => {
    const unsaid = [...said, 'value-of-my-secret'].filter((line) => !lines.includes(line))
    if (unsaid.length > 0) throw new Error(`They did not print ${unsaid.join(', ')}.`)
  })
}
