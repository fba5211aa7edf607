/** How the admin command ends, for scripts. */
export const EXIT = { done: 0, refused: 1, usage: 2, notRunning: 3 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What the operator is told instead of a result: a sentence that says what to do. */
export class AdminError extends Error {
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = EXIT.refused) {
    super(message)
    this.name = 'AdminError'
    this.exitCode = exitCode
  }
}
