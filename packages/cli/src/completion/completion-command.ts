import type { Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { commandWithExample } from '../command-group.ts'
import { bashCompletion } from './bash-completion.ts'

/** `completion`: prints what bash sources. */
export function completionCommand(program: Command, { say, surroundings }: CommandContext): void {
  commandWithExample(program, 'completion', say('completion'), 'completion >~/.claviger-completion')
    .action(() => surroundings.out(bashCompletion(program)))
}
