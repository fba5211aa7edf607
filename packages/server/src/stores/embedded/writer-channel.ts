import { isFault, type Change } from '@claviger/vault'
import type { MessagePort } from './message-port.ts'
import type { Settle, Writer } from './writer.ts'

/** What a worker asks of the writer; `id` comes back with the outcome. */
export type WriterRequest =
  | { readonly id: number; readonly change: Change }
  | { readonly id: number; readonly pruneThrough: number }
  | { readonly id: number; readonly heartbeat: true }

/** From a worker: what it has gathered in one turn of its event loop. */
export interface RequestMessage {
  readonly store: 'requests'
  readonly requests: readonly WriterRequest[]
}

/** From the primary: one for each group that has held requests of this worker. */
export interface OutcomeMessage {
  readonly store: 'outcomes'
  readonly done: readonly number[]
  readonly conflicts: readonly number[]
  readonly replays: readonly number[]
  readonly failures: readonly WriterFailure[]
}

/** A request that was refused for another reason than a conflict or a replay. */
export interface WriterFailure {
  readonly id: number
  /** What was corrupt; without it the store was unavailable. */
  readonly record?: string
  readonly reason: string
}

/**
 * Serves the writer to one worker, for as long as the channel is open. Both ends are this program;
 * messages without the mark of the store belong to others on the same channel.
 */
export function serveWriter(port: MessagePort, writer: Writer): void {
  const outcomes = new Outcomes(port)
  port.onMessage((message) => {
    if (!isRequestMessage(message)) return
    for (const request of message.requests) serve(writer, request, outcomes.settle(request.id))
  })
}

/** Tells whether a message brings outcomes. */
export function isOutcomeMessage(message: unknown): message is OutcomeMessage {
  return hasMark(message) && message.store === 'outcomes'
}

function isRequestMessage(message: unknown): message is RequestMessage {
  return hasMark(message) && message.store === 'requests'
}

function hasMark(message: unknown): message is { readonly store: unknown } {
  return typeof message === 'object' && message !== null && 'store' in message
}

function serve(writer: Writer, request: WriterRequest, settle: Settle): void {
  if ('change' in request) {
    try {
      writer.submit(request.change, settle)
    } catch (thrown) {
      settle(thrown)
    }
    return
  }
  const done = 'heartbeat' in request ? writer.heartbeat() : writer.prune(request.pruneThrough)
  done.then(() => settle(undefined), settle)
}

/** Gathers the outcomes of one group and sends them together. */
class Outcomes {
  readonly #port: MessagePort
  #done: number[] = []
  #conflicts: number[] = []
  #replays: number[] = []
  #failures: WriterFailure[] = []
  #scheduled = false

  constructor(port: MessagePort) {
    this.#port = port
  }

  settle(id: number): Settle {
    return (thrown) => {
      if (thrown === undefined) this.#done.push(id)
      else if (isFault(thrown, 'Conflict')) this.#conflicts.push(id)
      else if (isFault(thrown, 'RequestReplayed')) this.#replays.push(id)
      else this.#failures.push(failureOf(id, thrown))
      if (this.#scheduled) return
      this.#scheduled = true
      queueMicrotask(() => this.#send()) // a group settles in one go, before any microtask
    }
  }

  #send(): void {
    const message: OutcomeMessage = {
      store: 'outcomes',
      done: this.#done,
      conflicts: this.#conflicts,
      replays: this.#replays,
      failures: this.#failures,
    }
    this.#done = []
    this.#conflicts = []
    this.#replays = []
    this.#failures = []
    this.#scheduled = false
    this.#port.send(message)
  }
}

function failureOf(id: number, thrown: unknown): WriterFailure {
  if (isFault(thrown, 'RecordCorrupt')) return { id, ...thrown.detail }
  if (isFault(thrown, 'StoreUnavailable')) return { id, reason: thrown.detail.reason }
  return { id, reason: 'the store failed' }
}
