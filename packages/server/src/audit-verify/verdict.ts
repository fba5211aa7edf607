/** What a verification ends in: one line, and whether all is well. */
export interface Verdict {
  readonly intact: boolean
  readonly line: string
}

/** The chain is as it was written. */
export function intact(what: string): Verdict {
  return { intact: true, line: `Audit chain intact: ${what}` }
}

/** @param where the first entry that is wrong, when one can be named. */
export function notIntact(kind: string, reason: string, where?: number): Verdict {
  const place = where === undefined ? '' : ` at entry ${where}`
  return { intact: false, line: `Audit chain NOT INTACT: ${kind}${place}. ${reason}` }
}
