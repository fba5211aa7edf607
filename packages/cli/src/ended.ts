/** Ends the command with an exit code, when all has been said. */
export class Ended extends Error {
  override readonly name = 'Ended'
  readonly exitCode: number

  constructor(exitCode: number) {
    super('The command has ended.')
    this.exitCode = exitCode
  }
}
