import type { CommanderError, HelpConfiguration } from 'commander'
import { ADMIN_ZH_CN } from '../language/admin-zh-cn.ts'
import type { Language, MessageName, Say } from '../language/messages.ts'

/** Help in a language; the commands have their English. */
export function helpIn(language: Language, say: Say): HelpConfiguration {
  const layout = { helpWidth: 96, showGlobalOptions: true }
  if (language === 'en') return layout
  const told = (english: string): string => ADMIN_ZH_CN[english] ?? english
  return {
    ...layout,
    styleTitle: told,
    commandDescription: (command) => told(command.description()),
    subcommandDescription: (command) => told(command.description()),
    optionDescription({ description, argChoices, defaultValue }) {
      const list = argChoices?.join(', ')
      const choices = list === undefined ? '' : say('choices', { list })
      const value: unknown = defaultValue
      const isTold = typeof value === 'string' && value !== ''
      return `${told(description)}${choices}${isTold ? say('otherwise', { value }) : ''}`
    },
  }
}

const PROBLEMS = [
  'commander.unknownOption',
  'commander.unknownCommand',
  'commander.missingArgument',
  'commander.optionMissingArgument',
  'commander.missingMandatoryOptionValue',
  'commander.invalidArgument',
  'commander.excessArguments',
] as const satisfies readonly MessageName[]

/** What was wrong with a command line. */
export function parseProblem({ code, message }: CommanderError, say: Say): string {
  const [, word = ''] = /'([^']*)'/.exec(message) ?? []
  const [, choices = ''] = /Allowed choices are (.*)\.$/.exec(message) ?? []
  const known = PROBLEMS.find((name) => name === code)
  return known === undefined ? message : say(known, { message, word, choices })
}
