import { randomInt } from 'node:crypto'

const LONGEST_PAUSE_MS = 64

/** Other processes have queues of their own: who lost more than once lets them pass, by chance. */
export async function pauseAfter(attempt: number): Promise<void> {
  if (attempt < 2) return
  const milliseconds = randomInt(Math.min(2 ** attempt, LONGEST_PAUSE_MS))
  await new Promise((resolve) => setTimeout(resolve, milliseconds))
}
