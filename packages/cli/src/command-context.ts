import { DefaultCredential, type TokenCredential, type VaultClientOptions } from '@claviger/client/azure'
import type { Command } from 'commander'
import type { Say } from './language/messages.ts'
import type { JsonValue } from './output/json-value.ts'
import { readQuery } from './output/query.ts'
import { type Output, render } from './output/render.ts'
import type { Columns } from './output/table.ts'
import { visibleLines } from './output/visible.ts'
import { Progress } from './progress.ts'
import type { Surroundings } from './surroundings.ts'

/** The options that every command has. */
export interface GlobalOptions {
  readonly output?: Output
  readonly query?: string
  readonly show?: true
}

/** What commands are made with. */
export interface CommandContext {
  readonly surroundings: Surroundings
  readonly say: Say
  /** Who asks; one for all clients of a run. */
  readonly credential: TokenCredential
  /** What every client of a vault takes. */
  readonly clientOptions: VaultClientOptions
  /** Whether what is secret may go where standard output goes. */
  readonly maySeeValues: () => boolean
  /**
   * Runs the work of a command and shows what it gives. What is a table for people, and no part of
   * it by `--query`, may be put in their words first.
   */
  readonly give: <Value extends JsonValue>(
    columns: Columns,
    work: () => Promise<Value>,
    forPeople?: (value: Value) => JsonValue,
  ) => Promise<void>
  /** Runs the work of a command that gives nothing, such as one that writes a file. */
  readonly act: (work: () => Promise<void>) => Promise<void>
  /** Standard input, up to its end. */
  readonly input: () => AsyncIterable<unknown>
}

/** The context of the commands below `program`, whose options it reads when a command runs. */
export function commandContext(
  program: Command,
  surroundings: Surroundings,
  say: Say,
): CommandContext {
  const { outIsTerminal, fetch } = surroundings
  const options = (): GlobalOptions => program.opts<GlobalOptions>()
  const progress = new Progress(surroundings, say)
  return {
    surroundings,
    say,
    credential: surroundings.credential ?? new DefaultCredential(fetch === undefined ? {} : { fetch }),
    clientOptions: fetch === undefined ? {} : { fetch },
    maySeeValues: () => !outIsTerminal || options().show === true,
    async give(columns, work, forPeople = (value) => value) {
      const { query, output = outIsTerminal ? 'table' : 'json' } = options()
      const part = readQuery(query, say)
      const value = await progress.during(work)
      const isForPeople = output === 'table' && query === undefined
      const text = render(isForPeople ? forPeople(value) : part(value), output, columns)
      surroundings.out(outIsTerminal ? visibleLines(text) : text)
    },
    act: (work) => progress.during(work),
    input: () => progress.quietly(surroundings.input()),
  }
}
