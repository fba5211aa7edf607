import { builtinModule } from './environment.ts'
import { UnexpectedAnswerError } from './errors.ts'
import type { Fetch, HttpAnswer, HttpRequest } from './pipeline.ts'

/** Sends a request once and reads the answer to its end. */
export type Exchange = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>

/** The longest answer that is read: a backup with hundreds of versions has a few million octets. */
export const MOST_ANSWER_BYTES: number = 16 * 1024 * 1024

/** What an answer beyond `MOST_ANSWER_BYTES` is: its rest is not worth the memory. */
export function tooLong(): UnexpectedAnswerError {
  const message = `The answer has more than ${MOST_ANSWER_BYTES} octets.`
  return new UnexpectedAnswerError({ code: 'AnswerTooLong', message })
}

/** A connection that was kept from an earlier request, and took no whole one any more. */
export class StaleConnection extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** By `fetch`, which every runtime has. */
export function exchangeBy(fetch: Fetch): Exchange {
  return async (request, signal) => {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      signal,
      // Followed, it would carry the credential's headers to wherever it points.
      redirect: 'manual',
      ...(request.body === undefined ? {} : { body: request.body }),
    })
    const { status, headers } = response
    return { status, headers, body: await bodyOf(response) }
  }
}

async function bodyOf({ body }: Response): Promise<Uint8Array> {
  if (body === null) return new Uint8Array()
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    bytes += part.value.length
    if (bytes > MOST_ANSWER_BYTES) {
      await reader.cancel()
      throw tooLong()
    }
    chunks.push(part.value)
  }
  return joined(chunks)
}

// What is used of Node's `http` and `https`. A call by them costs half the processor time of one by
// Node's `fetch`, which puts streams of the web around each. They are asked for by name when they
// are needed, so no bundler looks for them, and other runtimes do without.
interface NodeAnswer {
  destroy(error: Error): unknown
  readonly statusCode?: number
  readonly rawHeaders: readonly string[]
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
  on(event: 'end' | 'aborted', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

interface NodeRequest {
  readonly reusedSocket: boolean
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'response', listener: (answer: NodeAnswer) => void): unknown
  end(body?: string | Uint8Array): unknown
}

interface NodeHttp {
  readonly request: (
    url: string,
    options: { method: string; headers: Readonly<Record<string, string>>; signal: AbortSignal },
  ) => NodeRequest
}

/** By Node's own modules; `undefined` where there are none. */
export function exchangeByNode(): Exchange | undefined {
  const https = builtinModule('node:https') as NodeHttp | undefined
  const http = builtinModule('node:http') as NodeHttp | undefined
  if (https === undefined || http === undefined) return undefined
  return (request, signal) =>
    new Promise((resolve, reject) => {
      const { url, method, headers, body } = request
      const sent = (url.startsWith('https:') ? https : http).request(url, {
        method,
        headers,
        signal,
      })
      sent.on('error', (error) => reject(orStale(error, sent)))
      sent.on('response', (answer) => {
        const chunks: Uint8Array[] = []
        let bytes = 0
        answer.on('data', (chunk) => {
          bytes += chunk.length
          if (bytes > MOST_ANSWER_BYTES) answer.destroy(tooLong())
          else chunks.push(chunk)
        })
        answer.on('error', reject)
        answer.on('end', () => resolve(new NodeHttpAnswer(answer, joined(chunks))))
      })
      sent.end(body)
    })
}

/**
 * A server closes connections that nobody uses, and may do so just when one is used again. Only
 * where the writing failed is it sure that it has not read the request. A connection that broke off
 * later looks the same, whether the server was gone before it read the request or after.
 */
export function orStale(error: Error, sent: { readonly reusedSocket: boolean }): Error {
  const { code, syscall } = error as { readonly code?: unknown; readonly syscall?: unknown }
  const { res: answer } = sent as { readonly res?: unknown }
  const isLost = code === 'ECONNRESET' || code === 'EPIPE'
  const isUnwritten = isLost && syscall === 'write'
  return isUnwritten && sent.reusedSocket && !answer ? new StaleConnection(code) : error
}

class NodeHttpAnswer implements HttpAnswer {
  readonly status: number
  readonly body: Uint8Array
  readonly #raw: readonly string[]
  #headers: Headers | undefined

  constructor({ statusCode = 0, rawHeaders }: NodeAnswer, body: Uint8Array) {
    this.status = statusCode
    this.body = body
    this.#raw = rawHeaders
  }

  /** Made when they are looked at, which those of an answer that is as expected hardly are. */
  get headers(): Headers {
    if (this.#headers === undefined) {
      this.#headers = new Headers()
      for (let at = 0; at + 1 < this.#raw.length; at += 2) {
        this.#headers.append(this.#raw[at] ?? '', this.#raw[at + 1] ?? '')
      }
    }
    return this.#headers
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array()] = chunks
  if (chunks.length < 2) return first
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

let found: Exchange | undefined

/** The best of this runtime: Node's own modules, else its `fetch`, as it is at the time. */
export function ownExchange(): Exchange {
  found ??= exchangeByNode() ?? exchangeBy((url, init) => globalThis.fetch(url, init))
  return found
}
