/** A time as the wires have it: whole seconds since 1970. */
export function toEpochSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000)
}

/** A time of the wire. */
export function fromEpochSeconds(seconds: number): Date {
  return new Date(seconds * 1000)
}
