import { EXIT } from './exit-codes.ts'

/** A failure that the command says itself; its message is shown as it is, so nothing secret is in it. */
export class CliError extends Error {
  override readonly name = 'CliError'
  readonly exitCode: number

  constructor(message: string, exitCode: number = EXIT.failed) {
    super(message)
    this.exitCode = exitCode
  }
}

/** A failure of what was typed. */
export function usageError(message: string): CliError {
  return new CliError(message, EXIT.usage)
}
