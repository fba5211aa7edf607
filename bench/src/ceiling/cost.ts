/** What something took of the processor: how often it was done, in how many seconds. */
export interface Cost {
  readonly times: number
  readonly processorSeconds: number
}

/** Microseconds of processor time for doing it once. */
export function microseconds({ times, processorSeconds }: Cost): number {
  return (processorSeconds * 1_000_000) / times
}
