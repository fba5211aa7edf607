/** What became of the checks so far. */
export interface Tally {
  readonly passed: number
  readonly failed: number
  readonly notRun: number
}

/** Adds tallies up. */
export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    notRun: tallies.reduce((total, { notRun }) => total + notRun, 0),
  }
}

/** `3 passed, 0 failed, 1 not run`. */
export function tallyText({ passed, failed, notRun }: Tally): string {
  return `${passed} passed, ${failed} failed, ${notRun} not run`
}

/** 0 when nothing failed and, where everything has to run, nothing was left out. */
export function exitCode(tally: Tally, everythingHasToRun: boolean): 0 | 1 {
  if (tally.failed > 0 || tally.passed === 0) return 1
  return everythingHasToRun && tally.notRun > 0 ? 1 : 0
}
