import { abortReason } from './abortable.ts'
import { defined } from './defined.ts'
import type { OperationOptions } from './pipeline.ts'
import { sleep } from './sleep.ts'

/** How far a long operation is. */
export interface PollOperationState<Result> {
  /** Whether it is begun. */
  readonly isStarted: boolean
  /** Whether it has come to its end, with a result or with an error. */
  readonly isCompleted: boolean
  /** Whether it was given up. */
  readonly isCancelled: boolean
  /** Why there is no result, or why the last look failed. */
  readonly error?: Error
  /** What it gives; of a deletion also before its end. */
  readonly result?: Result
}

/** How a long operation is followed. `abortSignal` and `timeoutMs` count for all its looks. */
export interface PollerOptions extends OperationOptions {
  /** Milliseconds between two looks; 2,000 unless said. */
  readonly intervalInMs?: number
  /** What `toString` of an earlier poller gave: nothing is begun, that one is followed further. */
  readonly resumeFrom?: string
}

/** What `resumeFrom` needs; nothing secret. */
export interface Resumable {
  /** What was begun, such as `delete secret`. */
  readonly operation: string
  readonly vaultUrl: string
  readonly name: string
}

/** What a poller does. */
export interface Polling<Result, State extends PollOperationState<Result>> {
  readonly state: State
  readonly intervalInMs?: number | undefined
  /** What the looks and waits are told unless they are told otherwise. */
  readonly call?: OperationOptions
  readonly resumable: Resumable
  /** Asks the service once, and gives what is known then. */
  look(options: OperationOptions): Promise<State>
  cancel?: (options: OperationOptions) => Promise<State>
}

/** Waits for an operation that goes on in the service after its request was answered. */
export class Poller<Result, State extends PollOperationState<Result> = PollOperationState<Result>> {
  readonly #polling: Polling<Result, State>
  readonly #listeners = new Set<(state: State) => void>()
  #state: State
  #isStopped = false
  // One for each `pollUntilDone` that waits.
  readonly #waiting = new Set<AbortController>()

  /** The clients make pollers; `begin` methods give them. */
  constructor(polling: Polling<Result, State>) {
    this.#polling = polling
    this.#state = polling.state
  }

  /** Looks once. @throws ClavigerError of the class that the status of a refused look has. */
  async poll(options: OperationOptions = {}): Promise<void> {
    if (this.isDone()) return
    const call = this.#callOf(options)
    let state: State
    try {
      state = await this.#polling.look(call)
    } catch (error) {
      if (error instanceof Error && !call.abortSignal?.aborted) {
        this.#state = { ...this.#state, error }
      }
      throw error
    }
    // Apart: what a listener throws is no failure of the operation.
    this.#become(state)
  }

  /**
   * Looks until it is done and gives the result.
   * @param options `onProgress` is called after each look; `abortSignal` ends the waiting, not the
   *   operation.
   * @throws Error PollerStoppedError after `stopPolling`, PollerCancelledError when cancelled.
   */
  async pollUntilDone(
    options: OperationOptions & { readonly onProgress?: (state: State) => void } = {},
  ): Promise<Result> {
    const { onProgress } = options
    const forget = onProgress && this.onProgress(onProgress)
    try {
      this.#isStopped = false
      while (!this.isDone()) {
        await this.poll(options)
        if (this.isDone()) break
        await this.#wait(options)
        if (this.isStopped()) throw ended('PollerStoppedError', 'It is no longer polled for.')
      }
      const { result, error, isCancelled } = this.#state
      if (error !== undefined) throw error
      if (isCancelled) throw ended('PollerCancelledError', 'The operation was cancelled.')
      return result as Result
    } finally {
      forget?.()
    }
  }

  /** Calls `listener` after each look; gives what ends that. */
  onProgress(listener: (state: State) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /** Whether it is completed or cancelled. */
  isDone(): boolean {
    return this.#state.isCompleted || this.#state.isCancelled
  }

  /** Ends the waiting of `pollUntilDone`; the operation goes on in the service. */
  stopPolling(): void {
    this.#isStopped = true
    for (const waiting of this.#waiting) waiting.abort()
  }

  /** Whether `stopPolling` was called since the last wait began. */
  isStopped(): boolean {
    return this.#isStopped
  }

  /** Asks the service to give the operation up. @throws TypeError when it cannot be cancelled. */
  async cancelOperation(options: OperationOptions = {}): Promise<void> {
    if (this.#polling.cancel === undefined) throw new TypeError('This cannot be cancelled.')
    this.#become(await this.#polling.cancel(this.#callOf(options)))
  }

  /** What was known at the last look. */
  getOperationState(): State {
    return this.#state
  }

  /** The result, once there is one. */
  getResult(): Result | undefined {
    return this.#state.result
  }

  /** For `resumeFrom`, here or in another process. */
  toString(): string {
    return JSON.stringify({ state: this.#polling.resumable })
  }

  #callOf(options: OperationOptions): OperationOptions {
    const { abortSignal, timeoutMs } = this.#polling.call ?? {}
    return defined({
      abortSignal: options.abortSignal ?? abortSignal,
      timeoutMs: options.timeoutMs ?? timeoutMs,
    })
  }

  /** Until the next look, an abort, which it rejects with, or `stopPolling`. */
  async #wait(options: OperationOptions): Promise<void> {
    const { abortSignal } = this.#callOf(options)
    const waiting = new AbortController()
    this.#waiting.add(waiting)
    const end = (): void => waiting.abort()
    if (abortSignal?.aborted || this.isStopped()) end()
    abortSignal?.addEventListener('abort', end, { once: true })
    try {
      await sleep(this.#polling.intervalInMs ?? 2000, waiting.signal)
    } catch {
      if (abortSignal?.aborted) throw abortReason(abortSignal)
    } finally {
      abortSignal?.removeEventListener('abort', end)
      this.#waiting.delete(waiting)
    }
  }

  #become(state: State): void {
    this.#state = state
    for (const listener of this.#listeners) listener(state)
  }
}

/** The name that a `resumeFrom` follows. @throws TypeError when it is not of such a poller. */
export function resumedName(resumeFrom: string, { operation, vaultUrl }: Omit<Resumable, 'name'>): string {
  const state = stateIn(resumeFrom)
  if (state['operation'] === operation && state['vaultUrl'] === vaultUrl) {
    if (typeof state['name'] === 'string') return state['name']
  }
  throw new TypeError(`This is not the text of a poller to ${operation} in ${vaultUrl}.`)
}

function stateIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const parsed = JSON.parse(text) as { readonly state?: Readonly<Record<string, unknown>> } | null
    return parsed?.state ?? {}
  } catch {
    return {}
  }
}

function ended(name: string, message: string): Error {
  const error = new Error(message)
  error.name = name
  return error
}
