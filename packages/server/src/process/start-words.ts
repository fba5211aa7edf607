import { COMMAND_NAMES } from '../command-names.ts'
import { configurationExitCode } from './start-error.ts'

/** What is said to words behind the command that starts the server, in place of a start. */
export interface StartAnswer {
  readonly exitCode: 0 | 2
  readonly text: string
}

const HELP = `Usage: ${COMMAND_NAMES.start}

Starts the server; Ctrl-C or SIGTERM stops it. Its settings are variables of the environment that
begin with CLAVIGER_; without any, its data is in ./claviger-data.

While it runs:
  ${COMMAND_NAMES.admin} help
  ${COMMAND_NAMES.auditVerify} --help

Exit codes: 0 stopped, 2 wrong arguments, ${configurationExitCode} wrong settings, 1 failed.
`

/** The answer to `words`; none is needed where there are none, because a start takes none. */
export function startAnswer(words: readonly string[]): StartAnswer | undefined {
  const [word] = words
  if (word === undefined) return undefined
  if (word === '--help' || word === '-h' || word === 'help') return { exitCode: 0, text: HELP }
  return { exitCode: 2, text: `claviger: A start takes no arguments.\n\n${HELP}` }
}
