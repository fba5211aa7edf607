/** Exit code of a start that only the operator can mend; the supervisor does not try again. */
export const configurationExitCode = 78

/** A start that cannot succeed; its message is a sentence for the operator and holds no secret. */
export class StartError extends Error {
  /** `configurationExitCode`, or 1 when trying again may help. */
  readonly exitCode: number
  /** The setting whose port another program has. */
  readonly takenPortOf: string | undefined

  constructor(
    sentence: string,
    options: { readonly mayPass?: boolean; readonly takenPortOf?: string | undefined } = {},
  ) {
    super(sentence)
    this.name = 'StartError'
    this.exitCode = options.mayPass === true ? 1 : configurationExitCode
    this.takenPortOf = options.takenPortOf
  }
}
