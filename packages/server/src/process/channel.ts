// Typed messages between the primary and one worker, both ways over the one IPC pipe they have.
// What is sent within one turn of the event loop travels as one frame: a wake-up of the other
// process costs more than a message does.
import { Fault, type FaultCode, type FaultDetail } from '@claviger/vault'

/**
 * What one side may say: notices expect nothing, requests a reply. Payloads are structured clones.
 */
export interface Messages {
  readonly notices: object
  readonly requests: Readonly<Record<string, { readonly ask: unknown; readonly reply: unknown }>>
}

/** The end of an IPC pipe: `process` in a worker, `Worker` of node:cluster in the primary. */
export interface Pipe {
  send?(message: unknown, ...rest: [undefined, undefined, (error: Error | null) => void]): boolean
  on(event: 'message', listener: (message: unknown) => void): unknown
  on(event: 'disconnect', listener: () => void): unknown
}

/**
 * The other process is gone, or went before it replied. Whether it did what was asked is unknown.
 */
export class ChannelClosed extends Error {
  constructor() {
    super('The other process has ended.')
    this.name = 'ChannelClosed'
  }
}

/** Something that is no Fault was thrown at the other end; its log says what. */
export class RemoteError extends Error {
  constructor(kind: string, name: string) {
    super(`The other process failed at ${kind} with ${name}.`)
    this.name = 'RemoteError'
  }
}

type Message =
  | { readonly type: 'notice'; readonly kind: string; readonly payload: unknown }
  | { readonly type: 'ask'; readonly id: number; readonly kind: string; readonly payload: unknown }
  | { readonly type: 'reply'; readonly id: number; readonly payload: unknown }
  | {
      readonly type: 'fault'
      readonly id: number
      readonly code: FaultCode
      readonly detail: unknown
    }
  | { readonly type: 'failure'; readonly id: number; readonly kind: string; readonly name: string }

interface Pending {
  readonly resolve: (reply: unknown) => void
  readonly reject: (error: Error) => void
}

/** Marks our frames among whatever else a process may receive. */
const frameMark = 'claviger'

type Handler = (payload: never) => unknown

/**
 * One end. `Said` is what this side says, `Heard` what the other one does.
 * A handler that throws a Fault gives the asker the same Fault.
 */
export class Channel<Said extends Messages, Heard extends Messages> {
  readonly #pipe: Pipe
  readonly #onFailure: (kind: string, thrown: unknown) => void
  readonly #notices = new Map<string, Handler>()
  readonly #answers = new Map<string, Handler>()
  readonly #pending = new Map<number, Pending>()
  readonly #onClose: (() => void)[] = []
  #outgoing: Message[] = []
  #nextId = 1
  #isClosed = false

  /** @param onFailure told of what a handler threw that is no Fault. */
  constructor(pipe: Pipe, onFailure: (kind: string, thrown: unknown) => void) {
    this.#pipe = pipe
    this.#onFailure = onFailure
    pipe.on('message', (frame) => this.#receive(frame))
    pipe.on('disconnect', () => this.#close())
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Says something; silently lost when the other process has ended. */
  notify<Kind extends keyof Said['notices'] & string>(
    kind: Kind,
    payload: Said['notices'][Kind],
  ): void {
    if (!this.#isClosed) this.#enqueue({ type: 'notice', kind, payload })
  }

  /**
   * Asks, and gives the reply.
   * @throws Fault as thrown by the other side; ChannelClosed; RemoteError.
   */
  request<Kind extends keyof Said['requests'] & string>(
    kind: Kind,
    ask: Said['requests'][Kind]['ask'],
  ): Promise<Said['requests'][Kind]['reply']> {
    if (this.#isClosed) return Promise.reject(new ChannelClosed())
    const id = this.#nextId
    this.#nextId += 1
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.#enqueue({ type: 'ask', id, kind, payload: ask })
    })
  }

  /** Sets what happens on a notice; one handler for each kind. */
  onNotice<Kind extends keyof Heard['notices'] & string>(
    kind: Kind,
    handle: (payload: Heard['notices'][Kind]) => void,
  ): void {
    this.#notices.set(kind, handle)
  }

  /** Sets what answers a request; one handler for each kind. */
  onRequest<Kind extends keyof Heard['requests'] & string>(
    kind: Kind,
    answer: (
      ask: Heard['requests'][Kind]['ask'],
    ) => Heard['requests'][Kind]['reply'] | Promise<Heard['requests'][Kind]['reply']>,
  ): void {
    this.#answers.set(kind, answer)
  }

  /** Called once when the other process has ended. */
  onClose(listener: () => void): void {
    this.#onClose.push(listener)
  }

  #enqueue(message: Message): void {
    this.#outgoing.push(message)
    if (this.#outgoing.length === 1) setImmediate(() => this.#flush())
  }

  #flush(): void {
    const messages = this.#outgoing
    this.#outgoing = []
    if (this.#isClosed || messages.length === 0) return
    try {
      // The callback takes the error of a pipe that breaks meanwhile; 'disconnect' follows it.
      this.#pipe.send?.({ mark: frameMark, messages }, undefined, undefined, () => undefined)
    } catch (thrown) {
      if (messages.length === 1) this.#unsendable(messages[0], thrown)
      // One payload that cannot be cloned must not take the others with it.
      else for (const message of messages) this.#sendAlone(message)
    }
  }

  #sendAlone(message: Message): void {
    try {
      const frame = { mark: frameMark, messages: [message] }
      this.#pipe.send?.(frame, undefined, undefined, () => undefined)
    } catch (thrown) {
      this.#unsendable(message, thrown)
    }
  }

  #unsendable(message: Message | undefined, thrown: unknown): void {
    if (message === undefined) return
    const kind = 'kind' in message ? message.kind : message.type
    this.#onFailure(kind, thrown)
    if (message.type === 'ask') {
      this.#settle(message.id)?.reject(new RemoteError(kind, 'DataCloneError'))
    } else if (message.type === 'reply') {
      this.#enqueue({ type: 'failure', id: message.id, kind, name: 'DataCloneError' })
    }
  }

  #receive(frame: unknown): void {
    if (!isFrame(frame)) return
    for (const message of frame.messages) this.#take(message)
  }

  #take(message: Message): void {
    switch (message.type) {
      case 'notice':
        // A process that is still starting has no use for what it has not subscribed to yet.
        if (!this.#notices.has(message.kind)) return
        void this.#handle(this.#notices, message.kind, message.payload).catch((thrown) =>
          this.#onFailure(message.kind, thrown),
        )
        return
      case 'ask':
        void this.#answer(message.id, message.kind, message.payload)
        return
      case 'reply':
        this.#settle(message.id)?.resolve(message.payload)
        return
      case 'fault':
        this.#settle(message.id)?.reject(revived(message.code, message.detail))
        return
      case 'failure':
        this.#settle(message.id)?.reject(new RemoteError(message.kind, message.name))
    }
  }

  async #answer(id: number, kind: string, ask: unknown): Promise<void> {
    try {
      const payload = await this.#handle(this.#answers, kind, ask)
      this.#enqueue({ type: 'reply', id, payload })
    } catch (thrown) {
      if (thrown instanceof Fault) {
        this.#enqueue({ type: 'fault', id, code: thrown.code, detail: thrown.detail })
        return
      }
      this.#onFailure(kind, thrown)
      const name = thrown instanceof Error ? thrown.name : typeof thrown
      this.#enqueue({ type: 'failure', id, kind, name })
    }
  }

  async #handle(handlers: Map<string, Handler>, kind: string, payload: unknown): Promise<unknown> {
    const handler = handlers.get(kind)
    if (handler === undefined) throw new Error(`Nothing handles ${kind} here.`)
    // Both ends run the same release and `Messages` types what each says, so the payload is the
    // kind's.
    return await handler(payload as never)
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    return pending
  }

  #close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    this.#outgoing = []
    const pending = [...this.#pending.values()]
    this.#pending.clear()
    for (const { reject } of pending) reject(new ChannelClosed())
    for (const listener of this.#onClose) listener()
  }
}

function isFrame(frame: unknown): frame is { readonly messages: readonly Message[] } {
  return (
    typeof frame === 'object' && frame !== null && 'mark' in frame && frame.mark === frameMark &&
    'messages' in frame && Array.isArray(frame.messages)
  )
}

function revived<Code extends FaultCode>(code: Code, detail: unknown): Fault<Code> {
  // The other end took both from a Fault, where the type ties them together.
  return new Fault(code, detail as FaultDetail[Code])
}
