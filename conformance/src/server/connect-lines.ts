import { join } from 'node:path'
import { REPOSITORY } from '../machine/repository.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { runClient } from './run-client.ts'
import type { TestServer } from './test-server.ts'

/**
 * Writes what `claviger connect` says of a server to programs of a kind, told of the server by
 * arguments alone, as on a machine that has nothing of it but the CA. Gives the file.
 * @throws Error with what the command said when it failed.
 */
export async function writeConnectLines(
  run: SuiteRun,
  server: TestServer,
  what: string,
  tenant?: string,
): Promise<string> {
  const { domain, port } = server.place
  const file = join(run.folder, `${what}-${domain}${tenant === undefined ? '' : '-tenant'}.env`)
  const cli = ['--conditions=claviger-source', join(REPOSITORY, 'packages/cli/src/main.ts')]
  const named = ['--domain', domain, '--port', String(port), '--ca-file', server.file('ca.pem')]
  const told = tenant === undefined ? [] : ['--tenant', tenant]
  const command = [run.machine.runtime, ...cli, 'connect', what, ...named, ...told, '--write', file]
  const { code, output, errors } = await runClient(run, command, { sourced: [] })
  if (code !== 0) throw new Error(`connect ${what} ended with ${code}: ${output}${errors}`)
  return file
}
