import { builtinModule } from './environment.ts'
import type { Fetch, HttpAnswer, HttpRequest } from './pipeline.ts'

/** Sends a request once and reads the answer to its end. */
export type Exchange = (request: HttpRequest, signal: AbortSignal) => Promise<HttpAnswer>

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
    const body = new Uint8Array(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, body }
  }
}

// What is used of Node's `http` and `https`. A call by them costs half the processor time of one by
// Node's `fetch`, which puts streams of the web around each. They are asked for by name when they
// are needed, so no bundler looks for them, and other runtimes do without.
interface NodeAnswer {
  readonly statusCode?: number
  readonly rawHeaders: readonly string[]
  on(event: 'data', listener: (chunk: Uint8Array) => void): unknown
  on(event: 'end' | 'aborted', listener: () => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
}

interface NodeRequest {
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
      sent.on('error', reject)
      sent.on('response', (answer) => {
        const chunks: Uint8Array[] = []
        answer.on('data', (chunk) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => resolve(new NodeHttpAnswer(answer, joined(chunks))))
      })
      sent.end(body)
    })
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
