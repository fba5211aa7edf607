import type { Log, LogFields } from './log.ts'

/** Another line of one cause is written no sooner than this. */
const INTERVAL_MILLISECONDS = 5_000
/** Causes known at a time; what comes above that is written, never lost. */
const MAXIMUM_CAUSES = 500

/** What differs from request to request although the cause is the same. */
const OF_THE_REQUEST = new Set(['requestId', 'stack', 'causeStack'])

type Level = 'error' | 'warn'

/**
 * A log for what goes wrong with requests: on a full disk each of them would write a line with a
 * stack, to the same disk perhaps. The first line of a cause is written at once and whole; those
 * that follow are counted, and every five seconds the newest of them is written with their number.
 */
export function withoutRepeats(log: Log): Log {
  const counting = new Map<string, Repeats>()
  const write = (level: Level, message: string, fields: LogFields = {}): void => {
    const cause = causeOf(level, message, fields)
    const known = counting.get(cause)
    if (known !== undefined) {
      known.count++
      known.newest = fields
      return
    }
    log[level](message, fields)
    if (counting.size >= MAXIMUM_CAUSES) return
    const repeats: Repeats = { count: 0, newest: fields }
    counting.set(cause, repeats)
    const timer = setInterval(() => {
      if (repeats.count === 0) {
        clearInterval(timer)
        counting.delete(cause)
        return
      }
      const { stack: _stack, causeStack: _causeStack, ...newest } = repeats.newest
      log[level](message, { ...newest, repeated: repeats.count })
      repeats.count = 0
    }, INTERVAL_MILLISECONDS)
    timer.unref()
  }
  return {
    error: (message, fields) => write('error', message, fields),
    warn: (message, fields) => write('warn', message, fields),
    info: (message, fields) => log.info(message, fields),
    debug: (message, fields) => log.debug(message, fields),
    with: (fields) => withoutRepeats(log.with(fields)),
  }
}

interface Repeats {
  count: number
  newest: LogFields
}

function causeOf(level: Level, message: string, fields: LogFields): string {
  const entries = Object.entries(fields).filter(([name]) => !OF_THE_REQUEST.has(name))
  return JSON.stringify([level, message, entries])
}
