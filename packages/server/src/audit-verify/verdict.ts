import type { MessageName, Say } from '../language/messages.ts'

/** What a verification ends in: one line, and whether all is well. */
export interface Verdict {
  readonly intact: boolean
  readonly line: string
}

/** The chain is as it was written. */
export function intact(say: Say, what: string): Verdict {
  return { intact: true, line: say('intact', { what }) }
}

/** @param where the first entry that is wrong, when one can be named. */
export function notIntact(say: Say, kind: MessageName, reason: string, where?: number): Verdict {
  const places = { kind: say(kind), reason }
  const line =
    where === undefined ? say('notIntact', places) : say('notIntactAt', { ...places, where })
  return { intact: false, line }
}
