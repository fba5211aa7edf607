import type { Command, HelpConfiguration } from 'commander'
import { firstOperand } from './first-operand.ts'
import type { MessageName, Say } from './language/messages.ts'
import { widthOf } from './output/text-width.ts'
import { wrapped } from './output/wrapped.ts'

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
    displayWidth: widthOf,
    boxWrap: wrapped,
    showGlobalOptions: true,
    styleTitle(title) {
      const name = TITLES[title]
      return name === undefined ? title : say(name)
    },
    optionDescription({ description, argChoices }) {
      if (argChoices === undefined) return description
      return say('described', {
        description,
        choices: say('choices', { choices: argChoices.join(', ') }),
      })
    },
  }
}

/** What was wrong with a command line, in the language of the run, and whose help says more. */
export function parseProblem(
  error: { readonly code: string; readonly message: string },
  program: Command,
  argv: readonly string[],
  say: Say,
): string {
  const { code, message } = error
  const [, word = ''] = /'([^']*)'/.exec(message) ?? []
  const [, choices = ''] = /Allowed choices are (.*)\.$/.exec(message) ?? []
  const known = PROBLEMS.find((name) => name === code)
  const problem = known === undefined ? message : say(known, { word, choices })
  return `${problem}\n${say('seeHelp', { command: namedCommand(program, argv) })}\n`
}

/** The words of the command that a line names, as `claviger secret show`. */
function namedCommand(program: Command, argv: readonly string[]): string {
  const names = [program.name()]
  let command = program
  for (const word of argv.slice(firstOperand(program, argv))) {
    const named = command.commands.find((one) => one.name() === word)
    if (named === undefined) continue
    names.push(word)
    command = named
  }
  return names.join(' ')
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
