import { AdminError, EXIT } from './admin-error.ts'
import type { Ask } from './admin-client.ts'
import type { Config } from '../config.ts'
import type { Language } from '../language/messages.ts'
import { recordOf, recordsOf } from './admin-record.ts'
import { details, table, type Columns } from './table.ts'

/** Where the command runs. */
export interface AdminSurroundings {
  /** Read when a command needs it. @throws ConfigError */
  readonly config: () => Config
  /** Relative paths of arguments start here. */
  readonly workingDirectory: string
  readonly language: Language
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** All of standard input: where a password comes from, which arguments would show to everybody. */
  readonly input: () => Promise<string>
}

/** What each command works with. */
export interface AdminContext {
  readonly ask: Ask
  readonly surroundings: AdminSurroundings
  /**
   * Shows a result: the server's own JSON with `--json`, else a table, or lines for a single one.
   */
  readonly show: (result: unknown, columns: Columns) => void
  /** A sentence beside the result, on standard error. */
  readonly note: (sentence: string) => void
}

/** @param isJson whether `--json` was given; known once the arguments are parsed. */
export function adminContext(
  ask: Ask,
  surroundings: AdminSurroundings,
  isJson: () => boolean,
): AdminContext {
  const { out, err } = surroundings
  return {
    ask,
    surroundings,
    show(result, columns) {
      if (isJson()) out(`${JSON.stringify(result, undefined, 2)}\n`)
      else if (!Array.isArray(result)) out(`${details(recordOf(result), columns)}\n`)
      else if (result.length > 0) out(`${table(recordsOf(result), columns)}\n`)
      else err('There are none.\n')
    },
    note: (sentence) => err(`${sentence}\n`),
  }
}

/** Reads a whole number from an argument. @throws AdminError */
export function wholeNumber(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new AdminError(`${name} must be a whole number.`, EXIT.usage)
}
