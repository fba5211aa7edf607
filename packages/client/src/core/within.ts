import { abortable } from './abortable.ts'
import type { OperationOptions } from './pipeline.ts'
import { timedOut } from './timed-out.ts'

/**
 * Work that another call has begun, as one that waits for it sees it: its own signal and time limit
 * end its waiting and not the work. Without a limit it waits as long as the other.
 * @throws TimeoutError which names the host, or the reason of `abortSignal`.
 */
export async function within<Result>(
  { abortSignal, timeoutMs }: OperationOptions,
  host: string,
  work: Promise<Result>,
): Promise<Result> {
  if (timeoutMs === undefined) return abortable(work, abortSignal)
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(timedOut(host, timeoutMs)), timeoutMs)
  try {
    return await abortable(abortable(work, abortSignal), late.signal)
  } finally {
    clearTimeout(timer)
  }
}
