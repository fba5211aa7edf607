/**
 * The variables with which a program, and those it starts, live so many days later. Clocks that only
 * measure how long something takes go on as they are, so that nothing runs out of its time.
 * @param library of faketime; see faketime(1).
 */
export function movedClock(library: string, days: number): Readonly<Record<string, string>> {
  return { LD_PRELOAD: library, FAKETIME: `+${days}d`, FAKETIME_DONT_FAKE_MONOTONIC: '1' }
}
