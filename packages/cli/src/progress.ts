import type { Say } from './language/messages.ts'
import type { Surroundings } from './surroundings.ts'

/** Says every second, to a person at a terminal alone, that the work goes on. */
export async function withProgress<Result>(
  work: () => Promise<Result>,
  { errIsTerminal, err }: Pick<Surroundings, 'errIsTerminal' | 'err'>,
  say: Say,
): Promise<Result> {
  if (!errIsTerminal) return work()
  let seconds = 0
  const timer = setInterval(() => {
    seconds += 1
    err(`\r${say('working', { seconds })}`)
  }, 1000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    // Back to the first column, and away with what stands there.
    if (seconds > 0) err('\r\u001b[K')
  }
}
