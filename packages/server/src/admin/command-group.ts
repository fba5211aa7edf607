import { Command } from 'commander'
import { COMMAND_NAMES } from '../command-names.ts'

/** A group of commands under one noun, below `parent`; alone it shows its help. */
export function commandGroup(parent: Command, name: string, description: string): Command {
  return parent.command(name).description(description).helpCommand(false)
}

/** A command with an example, which its help ends in. */
export function commandWithExample(
  group: Command,
  usage: string,
  description: string,
  example: string,
): Command {
  return group
    .command(usage)
    .description(description)
    .addHelpText('after', ({ command }) => {
      const title = command.createHelp().styleTitle('Example:')
      return `\n${title}\n  ${COMMAND_NAMES.admin} ${example}`
    })
}
