import { Command, Option } from 'commander'

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
    .addHelpText('after', (context) => `\n${exampleTitleOf(context.command)}\n  claviger ${example}`)
}

const exampleTitles = new WeakMap<Command, string>()

/** Says how examples are headed in the help of a program. */
export function titleExamples(program: Command, title: string): void {
  exampleTitles.set(program, title)
}

function exampleTitleOf(command: Command): string {
  let root: Command = command
  while (root.parent !== null) root = root.parent
  return exampleTitles.get(root) ?? ''
}

/** An option that takes one of these words. */
export function choice(flags: string, description: string, words: readonly string[]): Option {
  return new Option(flags, description).choices(words)
}
