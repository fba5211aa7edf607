import { COMMAND_NAMES } from '../command-names.ts'
import type { Say } from '../language/messages.ts'
import { configurationExitCode } from './start-error.ts'

/** What is said to words behind the command that starts the server, in place of a start. */
export interface StartAnswer {
  readonly exitCode: 0 | 2
  readonly text: string
}

/** The answer to `words`; none is needed where there are none, because a start takes none. */
export function startAnswer(words: readonly string[], say: Say): StartAnswer | undefined {
  const [word] = words
  if (word === undefined) return undefined
  const help = say('startHelp', { ...COMMAND_NAMES, wrongSettings: configurationExitCode })
  if (word === '--help' || word === '-h' || word === 'help') return { exitCode: 0, text: help }
  return { exitCode: 2, text: `claviger: ${say('startTakesNothing')}\n\n${help}` }
}
