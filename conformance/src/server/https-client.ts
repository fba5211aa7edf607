import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Agent, request } from 'node:https'

export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export interface RawRequest {
  readonly token?: string
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as it is, instead of `body`. */
  readonly text?: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
}

export interface HttpsClientOptions {
  readonly host: string
  readonly port: number
  readonly ca: string
  /** Connections kept open at most. */
  readonly connections: number
  /** Milliseconds after which an unanswered request is given up. */
  readonly limitMs?: number
}

const LIMIT_MS = 15_000

/** The connection stood, but nothing came in time. */
export class NoAnswer extends Error {}

/** A bare HTTPS client with kept connections: no retries, so that each request is exactly one. */
export class HttpsClient {
  readonly #options: HttpsClientOptions
  readonly #agent: Agent

  constructor(options: HttpsClientOptions) {
    this.#options = options
    const { ca, host: servername, connections: maxSockets } = options
    this.#agent = new Agent({ keepAlive: true, maxSockets, ca, servername })
  }

  /** @throws Error when the connection ends before the whole answer has come. */
  send(method: string, path: string, options: RawRequest = {}): Promise<RawAnswer> {
    const { host, port, limitMs = LIMIT_MS } = this.#options
    const text = options.text ?? (options.body === undefined ? '' : JSON.stringify(options.body))
    return new Promise((resolve, reject) => {
      const sent = request({
        method,
        host: '127.0.0.1',
        port,
        path,
        agent: this.#agent,
        headers: {
          host: port === 443 ? host : `${host}:${port}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(text),
          'x-ms-client-request-id': randomUUID(),
          ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
          ...options.headers,
        },
      })
      sent.once('error', reject)
      // A socket's own timeout begins anew with the handshake.
      const limit = setTimeout(
        () => sent.destroy(new NoAnswer(`no answer within ${limitMs} ms`)),
        limitMs,
      )
      sent.once('close', () => clearTimeout(limit))
      sent.once('response', (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.once('error', reject)
        answer.once('end', () => {
          const body = Buffer.concat(chunks).toString('utf8')
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body })
        })
      })
      sent.end(text)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}
