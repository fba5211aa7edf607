import type { Command } from 'commander'

const offered = new WeakMap<Command, readonly string[]>()

/** Says what a shell offers for the first argument of a command, which takes other spellings too. */
export function offerWords(command: Command, words: readonly string[]): Command {
  offered.set(command, words)
  return command
}

/** What a shell offers for the first argument of a command. */
export function offeredWords(command: Command): readonly string[] {
  const [first] = command.registeredArguments
  return offered.get(command) ?? first?.argChoices ?? []
}
