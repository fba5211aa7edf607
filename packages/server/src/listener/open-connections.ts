import type { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/**
 * The connections of one server and what they are busy with, so that a shutdown finishes every
 * request and leaves no client with an answer that never comes.
 */
export class OpenConnections {
  /**
   * Per connection the responses that are owed, oldest first; pipelining makes it more than one.
   */
  readonly #owed = new Map<Socket, Set<ServerResponse>>()
  /** Below TLS, where a connection exists before its handshake is over. */
  readonly #raw = new Set<Socket>()
  readonly #broken = new WeakSet<Socket>()
  #inFlight = 0
  #closing = false

  get inFlight(): number {
    return this.#inFlight
  }

  /** Counts a TCP connection until it closes. */
  accepted(socket: Socket): void {
    this.#raw.add(socket)
    socket.once('close', () => this.#raw.delete(socket))
  }

  /** Counts a connection that can carry requests: the same socket, or the TLS one above it. */
  opened(socket: Socket): void {
    this.#owed.set(socket, new Set())
    socket.once('close', () => this.#owed.delete(socket))
  }

  begin(socket: Socket, response: ServerResponse): void {
    this.#inFlight += 1
    this.#owed.get(socket)?.add(response)
    response.on('close', () => {
      this.#inFlight -= 1
      const owed = this.#owed.get(socket)
      owed?.delete(response)
      if (owed === undefined) return
      if (this.#closing && owed.size === 0) socket.destroySoon()
      if (this.#broken.has(socket) && !owesComplete(owed)) socket.destroySoon()
    })
  }

  /** Whether this answer is the last of its connection and must say `Connection: close`. */
  isLast(socket: Socket, response: ServerResponse): boolean {
    if (!this.#closing) return false
    const owed = this.#owed.get(socket)
    return owed === undefined || [...owed].at(-1) === response
  }

  /**
   * Whether an error may be answered on the bare connection. Not while the answer to an earlier
   * request is owed, because the client would take the error for that answer: then the connection
   * ends once the owed ones are out.
   */
  mayAnswerError(socket: Duplex): boolean {
    const owed = socket instanceof Socket ? this.#owed.get(socket) : undefined
    if (!(socket instanceof Socket) || owed === undefined || owed.size === 0) return true
    if (!owesComplete(owed) && owed.size === 1) return true
    this.#broken.add(socket)
    return false
  }

  startClosing(): void {
    this.#closing = true
  }

  /** Ends connections that owe nothing, such as one that was opened ahead of need. */
  endIdle(): void {
    for (const [socket, owed] of this.#owed) if (owed.size === 0) socket.destroySoon()
  }

  destroyAll(): void {
    for (const socket of this.#raw) socket.destroy()
  }
}

/** Whether there is an answer to come to a request that arrived whole. */
function owesComplete(owed: ReadonlySet<ServerResponse>): boolean {
  return [...owed].some((response) => response.req.complete)
}
