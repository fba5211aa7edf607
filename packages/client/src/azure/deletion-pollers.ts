import { AccessDeniedError, ResourceNotFoundError } from '../core/errors.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import { Poller, type PollerOptions, type PollOperationState, resumedName } from '../core/poller.ts'

/** How far a deletion or a recovery is. */
export interface ObjectPollState<Result> extends PollOperationState<Result> {
  /** The object's name. */
  readonly name: string
}

/** What waits for a deletion or a recovery. */
export type ObjectPoller<Result> = Poller<Result, ObjectPollState<Result>>

/** The two requests of a long operation: what begins it, and what shows that it is done. */
export interface LongRequests<Result> {
  /** What is done, such as `delete secret`. */
  readonly operation: string
  readonly vaultUrl: string
  readonly begin: (name: string, call: OperationOptions) => Promise<Result>
  /** Rejects with a 404 until it is done. */
  readonly look: (name: string, call: OperationOptions) => Promise<Result>
  /** Whether what `begin` gave is the end already. */
  readonly isDone: (begun: Result) => boolean
}

/**
 * Begins and gives what waits for the end. A look that is refused (403) ends it too: who may delete
 * or recover need not be allowed to read.
 */
export async function objectPoller<Result>(
  name: string,
  { operation, vaultUrl, begin, look, isDone }: LongRequests<Result>,
  options: PollerOptions,
): Promise<ObjectPoller<Result>> {
  const { intervalInMs, resumeFrom } = options
  const followed =
    resumeFrom === undefined ? name : resumedName(resumeFrom, { operation, vaultUrl })
  const going = { name: followed, isStarted: true, isCompleted: false, isCancelled: false }
  const done = (result: Result): ObjectPollState<Result> => ({
    ...going,
    isCompleted: true,
    result,
  })
  const begun = resumeFrom === undefined ? await begin(followed, options) : undefined
  let state: ObjectPollState<Result> = begun === undefined ? going : { ...going, result: begun }
  if (begun !== undefined && isDone(begun)) state = done(begun)
  return new Poller<Result, ObjectPollState<Result>>({
    state,
    intervalInMs,
    call: options,
    resumable: { operation, vaultUrl, name: followed },
    async look(call) {
      try {
        return done(await look(followed, call))
      } catch (error) {
        if (error instanceof ResourceNotFoundError) return state
        if (error instanceof AccessDeniedError) return { ...state, isCompleted: true }
        throw error
      }
    },
  })
}

/**
 * Recovers; what is not deleted but there is recovered already. @throws ResourceNotFoundError when
 * it is neither.
 */
export async function recoverOrFind<Result>(
  recover: () => Promise<Result>,
  find: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly isThere: boolean }> {
  try {
    return { result: await recover(), isThere: false }
  } catch (error) {
    if (!(error instanceof ResourceNotFoundError)) throw error
    try {
      return { result: await find(), isThere: true }
    } catch {
      throw error
    }
  }
}
