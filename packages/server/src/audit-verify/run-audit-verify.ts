import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault } from '@claviger/vault'
import { COMMAND_NAMES } from '../command-names.ts'
import { ConfigError, type Config } from '../config.ts'
import { renderFault } from '../doors/admin/faults.ts'
import { databaseFile } from '../stores/embedded/schema.ts'
import { openStoredChain } from './stored-chain.ts'
import type { Verdict } from './verdict.ts'
import { verifyExports } from './verify-exports.ts'
import { verifyStore } from './verify-store.ts'

/** Where the command runs. */
export interface VerifySurroundings {
  /** @throws ConfigError */
  readonly config: () => Config
  readonly workingDirectory: string
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** 0: intact. 1: not intact. 2: it cannot be told. */
export type VerifyExitCode = 0 | 1 | 2

const HELP = `Usage: ${COMMAND_NAMES.auditVerify} [--export <file>...]

Verifies the audit chain of the store in CLAVIGER_DATA_DIR, with the server running or stopped:
every entry follows from the one before, and the last is the one that the sealed head and its copy
name.
With --export it verifies exported files, given in their order, and that they are the store's own.

Examples:
  ${COMMAND_NAMES.auditVerify}
  ${COMMAND_NAMES.auditVerify} --export ./audit-2026-10.jsonl --export ./audit-2026-11.jsonl

Exit codes: 0 intact, 1 not intact, 2 it cannot be told.
`

/** A line of progress for each of these many entries. */
const PROGRESS_STEP = 100_000

/** Runs the command; the verdict is the one line on `out`. */
export async function runAuditVerify(
  argv: readonly string[],
  surroundings: VerifySurroundings,
): Promise<VerifyExitCode> {
  const { out, err } = surroundings
  try {
    const options = readArguments(argv)
    if (options === 'help') {
      out(HELP)
      return 0
    }
    const { intact, line } = await verify(options, surroundings)
    out(`${line}\n`)
    return intact ? 0 : 1
  } catch (thrown) {
    err(`${explained(thrown)}\n`)
    return 2
  }
}

function readArguments(argv: readonly string[]): readonly string[] | 'help' {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      export: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h' },
    },
  })
  return values.help === true ? 'help' : values.export
}

async function verify(
  exports: readonly string[],
  surroundings: VerifySurroundings,
): Promise<Verdict> {
  const { err, workingDirectory } = surroundings
  const config = surroundings.config()
  const isStored = existsSync(databaseFile(config.dataDir))
  const chain = isStored || exports.length === 0 ? await openStoredChain(config) : undefined
  try {
    if (chain !== undefined && exports.length === 0) {
      return await verifyStore(chain, (sequence, of) => {
        if (sequence % PROGRESS_STEP === 0) err(`Verified up to entry ${sequence} of ${of}.\n`)
      })
    }
    return await verifyExports(exports.map((file) => resolve(workingDirectory, file)), chain)
  } finally {
    chain?.close()
  }
}

function explained(thrown: unknown): string {
  if (thrown instanceof Fault) return renderFault(thrown).message
  const isOurs = thrown instanceof ConfigError
  const isSystem = thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string'
  if (thrown instanceof Error && (isOurs || isSystem)) return thrown.message
  const name = thrown instanceof Error ? thrown.name : typeof thrown
  return `The verification failed (${name}); this is a defect.`
}
