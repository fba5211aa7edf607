import type { Command, HelpConfiguration } from 'commander'
import type { MessageName, Say } from './language/messages.ts'

const TITLES: Readonly<Record<string, MessageName>> = {
  'Usage:': 'usageTitle',
  'Options:': 'optionsTitle',
  'Global Options:': 'globalOptionsTitle',
  'Commands:': 'commandsTitle',
  'Arguments:': 'argumentsTitle',
}

/** Help in the language of the run; the library itself has English alone. */
export function helpIn(say: Say): HelpConfiguration {
  return {
    helpWidth: 96,
    showGlobalOptions: true,
    styleTitle(title) {
      const name = TITLES[title]
      return name === undefined ? title : say(name)
    },
    optionDescription({ description, argChoices }) {
      if (argChoices === undefined) return description
      return `${description} (${say('choices', { choices: argChoices.join(', ') })})`
    },
  }
}

/** What was wrong with a command line, in the language of the run. */
export function parseProblem(
  error: { readonly code: string; readonly message: string },
  command: Command,
  say: Say,
): string {
  const { code, message } = error
  const [, word = ''] = /'([^']*)'/.exec(message) ?? []
  const known = PROBLEMS.find((name) => name === code)
  const problem = known === undefined ? message : say(known, { word })
  return `${problem}\n${say('seeHelp', { command: command.name() })}\n`
}

const PROBLEMS = [
  'commander.unknownOption',
  'commander.unknownCommand',
  'commander.missingArgument',
  'commander.optionMissingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.invalidArgument',
  'commander.excessArguments',
  'commander.conflictingOption',
] as const satisfies readonly MessageName[]
