/** What ends a wait: an `AbortSignal`, or what another library has in its place. */
export interface AbortSignalLike {
  /** Whether it is aborted already. */
  readonly aborted: boolean
  /** Why; an error called `AbortError` where there is none. */
  readonly reason?: unknown
  /** Calls the listener once it is aborted. */
  addEventListener(
    type: 'abort',
    listener: (event: unknown) => void,
    options?: { once?: boolean },
  ): void
  /** Calls it no more. */
  removeEventListener(type: 'abort', listener: (event: unknown) => void): void
}

/** Why it is aborted, as something to reject with. */
export function abortReason({ reason }: AbortSignalLike): Error {
  // Whatever was given as the reason is what is thrown, as `throwIfAborted` of the platform does.
  if (reason !== undefined) return reason as Error
  return new DOMException('This was aborted.', 'AbortError')
}

/** Throws the signal's reason when it is aborted. */
export function throwIfAborted(signal: AbortSignalLike | undefined): void {
  if (signal?.aborted) throw abortReason(signal)
}

/**
 * Work that several callers wait for, as one of them sees it: `signal` ends that caller's waiting
 * and not the work.
 */
export function abortable<Result>(
  work: Promise<Result>,
  signal?: AbortSignalLike,
): Promise<Result> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(abortReason(signal))
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
