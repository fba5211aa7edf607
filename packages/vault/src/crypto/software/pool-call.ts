/** What a call on the thread pool answers: an error of the way there, or what OpenSSL gives. */
export type PoolDone<Result = number> = (error: unknown, result: Result) => void

// What threads of the pool write to and read from; the FFI itself keeps nothing alive.
const inFlight = new Set<readonly unknown[]>()

/**
 * Makes one call on the thread pool and gives what OpenSSL answers.
 * @param held the octets it reads and writes, kept alive until it has ended.
 * @throws Error when the call did not reach a thread.
 */
export function poolCall<Result = number>(
  held: readonly unknown[],
  start: (done: PoolDone<Result>) => void,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    inFlight.add(held)
    start((error, result) => {
      inFlight.delete(held)
      if (error === null || error === undefined) resolve(result)
      else reject(error instanceof Error ? error : new Error('the call did not reach a thread'))
    })
  })
}
