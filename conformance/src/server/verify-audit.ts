import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import { REPOSITORY } from '../machine/repository.ts'
import { runProgram } from '../machine/run-program.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { objectOf, textOf } from './json.ts'
import type { TestServer } from './test-server.ts'

/** How `npm run audit:verify` starts its program. */
const PROGRAM = ['--conditions=claviger-source', 'packages/server/src/audit-verify.ts']
const LIMIT_SECONDS = 60

/** What an entry tells of one request. */
export interface AuditRow {
  readonly operationName: string
  readonly correlationId: string
  /** The object's id within the vault, `secrets/name/version`. */
  readonly id: string
  readonly status: number
  /** The client's user agent, cut. */
  readonly clientInfo: string
  readonly requestUri: string
}

/** @throws Error with what the program said when the chain is not whole. */
export async function verifyAudit(run: SuiteRun, server: TestServer): Promise<void> {
  const { code, output, errors } = await runProgram(run.machine.runtime, PROGRAM, {
    cwd: REPOSITORY,
    env: { ...cleanEnvironment(run.folder), CLAVIGER_DATA_DIR: server.place.dataDir },
    limitSeconds: LIMIT_SECONDS,
  })
  if (code !== 0) throw new Error(`audit:verify ended with ${code}: ${output}${errors}`)
}

/**
 * Reads the entries from the store itself, past the server: the crash test must see what is on the
 * disk. Entries stand there in clear.
 */
export function readAudit(server: TestServer): readonly AuditRow[] {
  const database = new DatabaseSync(join(server.place.dataDir, 'claviger.sqlite'), {
    readOnly: true,
  })
  try {
    return database
      .prepare('SELECT entry FROM audit ORDER BY sequence')
      .all()
      .map((row) => auditRow(textOf(row, 'entry')))
  } finally {
    database.close()
  }
}

function auditRow(text: string): AuditRow {
  const entry = objectOf(JSON.parse(text))
  const properties = objectOf(entry['properties'])
  return {
    operationName: textOf(entry, 'operationName'),
    correlationId: textOf(entry, 'correlationId'),
    id: textOf(properties, 'id'),
    status: Number(properties['httpStatusCode']),
    clientInfo: textOf(properties, 'clientInfo'),
    requestUri: textOf(properties, 'requestUri'),
  }
}
