import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'

/** Adds the options that say what an object has beside what it is. */
export function withAttributes(command: Command, { say }: CommandContext): Command {
  return command
    .option('--tags [pair...]', say('optionTags'))
    .option('--expires <time>', say('optionExpires'))
    .option('--not-before <time>', say('optionNotBefore'))
    .option('--disabled [true|false]', say('optionDisabled'))
}

/** Adds the option by which `az` changes what it makes with `--disabled`. */
export function withEnabled(command: Command, { say }: CommandContext): Command {
  return command.option('--enabled [true|false]', say('optionEnabled'))
}
