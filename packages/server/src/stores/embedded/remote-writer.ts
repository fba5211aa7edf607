import { assertChange, Fault, type Change } from '@claviger/vault'
import type { MessagePort } from './message-port.ts'
import {
  isOutcomeMessage, type OutcomeMessage, type RequestMessage, type WriterRequest,
} from './writer-channel.ts'
import type { Commits } from './writer.ts'

interface Pending {
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
  readonly askedAt: number
}

/** Audit entries of one turn, and the outcome that they share. */
interface Joined {
  readonly entries: string[]
  readonly committed: Promise<void>
}

const MAXIMUM_PENDING = 10_000
/** As many as the writer takes into one group. */
const MAXIMUM_JOINED = 256
const TICK_MILLISECONDS = 1000
/** Ticks of this process's own timer, so that a machine that slept does not count. */
const PATIENCE_TICKS = 15

/**
 * The writer as a worker sees it: the requests of one turn of the event loop travel in one message,
 * and its audit entries that come with no change as one change. Nothing could refuse one of those
 * alone, and each by itself costs 2 µs more on the way.
 * When the channel closes, or the writer does not answer for a quarter of a minute, what is pending
 * is refused; it may have become durable or not, and nobody is left to ask.
 */
export class RemoteWriter implements Commits {
  readonly #port: MessagePort
  readonly #pending = new Map<number, Pending>()
  #gathered: WriterRequest[] = []
  #joined: Joined | undefined
  readonly #ticking: NodeJS.Timeout
  #lastId = 0
  #ticks = 0
  #closed = false

  constructor(port: MessagePort) {
    this.#port = port
    this.#ticking = setInterval(() => this.#tick(), TICK_MILLISECONDS).unref()
    port.onMessage((message) => {
      if (isOutcomeMessage(message)) this.#settle(message)
    })
    port.onClose(() => this.#close())
  }

  async commit(change: Change): Promise<void> {
    assertChange(change)
    await (isAuditAlone(change) ? this.#join(change.audit) : this.#ask((id) => ({ id, change })))
  }

  /** What was never written cannot be pruned: the caller looks first (`EmbeddedAuditLog`). */
  async prune(through: number): Promise<void> {
    await this.#ask((id) => ({ id, pruneThrough: through }))
  }

  async heartbeat(): Promise<void> {
    await this.#ask((id) => ({ id, heartbeat: true }))
  }

  #join(audit: readonly string[]): Promise<void> {
    const joined = this.#joined
    if (joined !== undefined && joined.entries.length < MAXIMUM_JOINED) {
      joined.entries.push(...audit)
      return joined.committed
    }
    const entries = [...audit]
    const change: Change = { checks: [], puts: [], deletes: [], audit: entries }
    const committed = this.#ask((id) => ({ id, change }))
    this.#joined = { entries, committed }
    // Refused at once, nothing was gathered that would ever be sent.
    committed.catch(() => {
      this.#joined = undefined
    })
    return committed
  }

  #ask(request: (id: number) => WriterRequest): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(gone())
      if (this.#pending.size >= MAXIMUM_PENDING) {
        return reject(new Fault('StoreUnavailable', { reason: 'too many commits are waiting' }))
      }
      const id = ++this.#lastId
      this.#pending.set(id, { resolve, reject, askedAt: this.#ticks })
      if (this.#gathered.push(request(id)) === 1) setImmediate(() => this.#send())
    })
  }

  #send(): void {
    const message: RequestMessage = { store: 'requests', requests: this.#gathered }
    this.#gathered = []
    this.#joined = undefined
    if (!this.#closed) this.#port.send(message)
  }

  #settle({ done, conflicts, replays, failures }: OutcomeMessage): void {
    for (const id of done) this.#take(id)?.resolve()
    for (const id of conflicts) this.#take(id)?.reject(new Fault('Conflict', {}))
    for (const id of replays) this.#take(id)?.reject(new Fault('RequestReplayed', {}))
    for (const { id, record, reason } of failures) {
      this.#take(id)?.reject(record === undefined
        ? new Fault('StoreUnavailable', { reason })
        : new Fault('RecordCorrupt', { record, reason }))
    }
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    return pending
  }

  #tick(): void {
    this.#ticks += 1
    // In the order asked: the first that may still wait ends the search.
    for (const [id, { askedAt }] of this.#pending) {
      if (this.#ticks - askedAt <= PATIENCE_TICKS) return
      const reason = 'the writer does not answer'
      this.#take(id)?.reject(new Fault('StoreUnavailable', { reason }))
    }
  }

  #close(): void {
    this.#closed = true
    clearInterval(this.#ticking)
    for (const { reject } of this.#pending.values()) reject(gone())
    this.#pending.clear()
  }
}

/** A claim could refuse one of several that travel as one. */
function isAuditAlone({ checks, puts, deletes, audit, claims = [] }: Change): boolean {
  const others = checks.length + puts.length + deletes.length + claims.length
  return audit.length > 0 && others === 0
}

function gone(): Fault<'StoreUnavailable'> {
  return new Fault('StoreUnavailable', { reason: 'the writer is gone' })
}
