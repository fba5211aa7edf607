import { basename } from 'node:path'
import { Argument, type Command } from 'commander'
import type { CommandContext } from '../command-context.ts'
import { commandWithExample } from '../command-group.ts'
import { bashCompletion } from './bash-completion.ts'
import { type CompletionTable, completionTable } from './completion-table.ts'
import { fishCompletion } from './fish-completion.ts'
import { zshCompletion } from './zsh-completion.ts'

const SHELLS: Readonly<Record<string, (table: CompletionTable) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
}

/** `completion`: prints what a shell sources. */
export function completionCommand(program: Command, { say, surroundings }: CommandContext): void {
  const shells = Object.keys(SHELLS)
  const about = say('optionShell', { shells: shells.join(', ') })
  commandWithExample(program, 'completion', say('completion'), 'completion zsh >~/.claviger-completion')
    .addArgument(new Argument('[shell]', about).choices(shells))
    .action((shell: string | undefined) => {
      const own = basename(surroundings.environment['SHELL'] ?? '')
      const script = SHELLS[shell ?? own] ?? bashCompletion
      surroundings.out(script(completionTable(program)))
    })
}
