/**
 * A time as the wires have it: whole seconds since 1970. @throws RangeError for an invalid date,
 * which JSON has as `null`: an object would lose its end without a word.
 */
export function toEpochSeconds(date: Date): number {
  if (Number.isNaN(date.getTime())) throw new RangeError('This is no date.')
  return Math.floor(date.getTime() / 1000)
}

/** A time of the wire. */
export function fromEpochSeconds(seconds: number): Date {
  return new Date(seconds * 1000)
}
