import { cleanEnvironment } from '../machine/clean-environment.ts'
import { REPOSITORY } from '../machine/repository.ts'
import { runProgram } from '../machine/run-program.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { type JsonObject, objectOf } from './json.ts'
import type { TestServer } from './test-server.ts'

/** How `npm run admin` starts the program of administrators. */
const PROGRAM = ['--conditions=claviger-source', 'packages/server/src/admin.ts']
const LIMIT_SECONDS = 30

/**
 * Runs an administrator's command through the running server and gives the JSON it prints.
 * @param input what it reads from standard input.
 * @throws Error with what the command said when it failed.
 */
export async function admin(
  run: SuiteRun,
  server: TestServer,
  args: readonly string[],
  input = '',
): Promise<JsonObject> {
  return objectOf(await adminJson(run, server, args, input))
}

/** The same for a command that may print a list. */
export async function adminJson(
  run: SuiteRun,
  server: TestServer,
  args: readonly string[],
  input = '',
): Promise<unknown> {
  const result = await runProgram(run.machine.runtime, [...PROGRAM, ...args, '--json'], {
    cwd: REPOSITORY,
    env: { ...cleanEnvironment(run.folder), CLAVIGER_DATA_DIR: server.place.dataDir },
    limitSeconds: LIMIT_SECONDS,
    input,
  })
  if (result.code !== 0) {
    throw new Error(`admin ${args.join(' ')} ended with ${result.code}: ${result.errors}`)
  }
  return JSON.parse(result.output)
}
