import type { Command, Option } from 'commander'
import { offeredWords } from './offered-words.ts'

// What a shell needs to know of all commands, as a table in its own language: a press of the tab key
// starts no program then. A new version brings new words when its script is made again.

/** A word that a shell offers, and what it is for. */
export interface Offer {
  readonly word: string
  readonly about: string
}

/** A command, and what may follow it. */
export interface CompletionRow {
  /** Its words, each with a space before it; the empty text is the program. */
  readonly path: string
  readonly offers: readonly Offer[]
}

/** Options of a command that take a value. */
export interface ValueRow {
  /** Paths with the option as their last word: ` key sign -a`. */
  readonly places: readonly string[]
  /** The words it takes; none where it takes any, such as the name of a file. */
  readonly words: readonly string[]
}

/** All that a shell needs to know. */
export interface CompletionTable {
  readonly rows: readonly CompletionRow[]
  readonly values: readonly ValueRow[]
}

/** The table of a program. */
export function completionTable(program: Command): CompletionTable {
  const commands = commandsOf(program, '')
  return {
    rows: commands.map(({ command, path }) => ({ path, offers: offersOf(command) })),
    values: commands.flatMap(({ command, path }) =>
      optionsOf(command)
        // One whose value may be left out is followed by anything.
        .filter((option) => option.required)
        .map((option) => ({
          places: namesOf(option).map((name) => `${path} ${name}`),
          words: option.argChoices ?? [],
        })),
    ),
  }
}

interface PlacedCommand {
  readonly command: Command
  readonly path: string
}

function commandsOf(command: Command, path: string): readonly PlacedCommand[] {
  const inner = command.commands.flatMap((one) => commandsOf(one, `${path} ${one.name()}`))
  return [{ command, path }, ...inner]
}

function offersOf(command: Command): readonly Offer[] {
  const commands = command.commands.map((one) => ({ word: one.name(), about: one.description() }))
  const words = offeredWords(command).map((word) => ({ word, about: '' }))
  const options = optionsOf(command).flatMap(({ long, description }) =>
    typeof long === 'string' ? [{ word: long, about: description }] : [],
  )
  return [...commands, ...words, ...options]
}

/** The options of a command, those of its parents after them. */
function optionsOf(command: Command): readonly Option[] {
  const own = command.createHelp().visibleOptions(command)
  const parents: Option[] = []
  for (let one = command.parent; one !== null; one = one.parent) parents.push(...one.options)
  return [...own, ...parents]
}

function namesOf({ short, long }: Option): readonly string[] {
  return [short, long].filter((name) => typeof name === 'string')
}
