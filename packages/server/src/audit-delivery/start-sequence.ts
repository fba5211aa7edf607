import type { AuditLog } from '@claviger/vault'

/** Entries stand in the order of their commits, which is nearly that of their times. */
const MARGIN_MS = 300_000

/**
 * Where to begin to read for what happened since a time: the sequence number of an entry after
 * which all of it comes. The chain is halved until it is found: it may have millions of entries.
 * @param since milliseconds.
 */
export async function sequenceBefore(
  log: Pick<AuditLog, 'entries' | 'head'>,
  since: number,
): Promise<number> {
  const { first, count } = await log.head()
  let before = first - 1
  let after = count + 1
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    const [entry] = await log.entries(middle - 1, 1)
    if (timeOf(entry?.entry) < since - MARGIN_MS) before = middle
    else after = middle
  }
  return before
}

/** Later than all others where it cannot be told: too much is read then, never too little. */
function timeOf(entry: string | undefined): number {
  const text = /^\{"time":"([^"]{24})"/.exec(entry ?? '')?.[1]
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time
}
