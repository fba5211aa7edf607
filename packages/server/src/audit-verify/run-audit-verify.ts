import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Fault, type FaultCode } from '@claviger/vault'
import { COMMAND_NAMES } from '../command-names.ts'
import { ConfigError, type Config } from '../config.ts'
import { renderFault } from '../doors/admin/faults.ts'
import type { MessageName, Say } from '../language/messages.ts'
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
  readonly say: Say
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** 0: intact. 1: not intact. 2: it cannot be told. */
export type VerifyExitCode = 0 | 1 | 2

/** A line of progress for each of these many entries. */
const PROGRESS_STEP = 100_000

/** Runs the command; the verdict is the one line on `out`. */
export async function runAuditVerify(
  argv: readonly string[],
  surroundings: VerifySurroundings,
): Promise<VerifyExitCode> {
  const { out, err, say } = surroundings
  try {
    const options = readArguments(argv)
    if (options === 'help') {
      out(say('verifyHelp', { ...COMMAND_NAMES }))
      return 0
    }
    const { intact, line } = await verify(options, surroundings)
    out(`${line}\n`)
    return intact ? 0 : 1
  } catch (thrown) {
    err(`${explained(thrown, say)}\n`)
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
  const { err, say, workingDirectory } = surroundings
  const config = surroundings.config()
  const isStored = existsSync(databaseFile(config.dataDir))
  const chain = isStored || exports.length === 0 ? await openStoredChain(config) : undefined
  try {
    if (chain !== undefined && exports.length === 0) {
      return await verifyStore(chain, say, (sequence, of) => {
        if (sequence % PROGRESS_STEP === 0) err(`${say('verifiedUpTo', { sequence, of })}\n`)
      })
    }
    const files = exports.map((file) => resolve(workingDirectory, file))
    return await verifyExports(files, chain, say)
  } finally {
    chain?.close()
  }
}

/** What a failure is called in front of its own words, which are in English. */
const FAULTS: Partial<Record<FaultCode, MessageName>> = {
  UnsealFailed: 'unsealFailed',
  StoreUnavailable: 'storeUnavailable',
  RecordCorrupt: 'recordCorrupt',
}

/** What the library that reads the arguments finds wrong with them. */
const WRONG_ARGUMENTS: Readonly<Record<string, MessageName>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: 'unknownOption',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: 'wrongOptionValue',
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: 'unexpectedWord',
}

function explained(thrown: unknown, say: Say): string {
  if (thrown instanceof Fault) {
    const code: FaultCode = thrown.code
    return say(FAULTS[code] ?? 'fault', { message: renderFault(thrown).message })
  }
  if (thrown instanceof ConfigError) {
    return [say('wrongSettings'), ...thrown.problems.map((problem) => `  - ${problem}`)].join('\n')
  }
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  if (!(thrown instanceof Error) || typeof code !== 'string') {
    return say('defect', { name: thrown instanceof Error ? thrown.name : typeof thrown })
  }
  const { message } = thrown
  const wrong = WRONG_ARGUMENTS[code]
  if (wrong === undefined) return say(code === 'ENOENT' ? 'noSuchFile' : 'fault', { message })
  const [, word = ''] = /'(.*?)'/s.exec(message) ?? []
  return say(wrong, { word })
}
