import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { environment } from '../core/environment.ts'
import { MOST_ANSWER_BYTES, orStale, tooLong } from '../core/exchange.ts'
import type { Fetch } from '../core/pipeline.ts'

// Node's own `fetch` takes whom to trust only from the process, when it starts, or by way of the
// package undici, which is none of Node's public modules. `node:https` takes it for each agent.

/** Whom a connection trusts. */
export interface NodeTlsOptions {
  /** Certificates in PEM that sign the server's, in place of those that Node trusts. */
  readonly ca?: string | undefined
  /** Trusts any server; for trials alone. */
  readonly ignoreSsl?: boolean | undefined
  /** Milliseconds until a connection stands; no limit of its own unless said. */
  readonly connectTimeout?: number | undefined
}

/** A `fetch` for the clients of this package, with TLS options; it keeps its connections. */
export function nodeFetch(options: NodeTlsOptions = {}): Fetch {
  const { ca, ignoreSsl = false, connectTimeout } = options
  // As Node's own agents have it: the proxies of the environment count when the process says so.
  const variables = environment()
  const proxyEnv = variables['NODE_USE_ENV_PROXY'] === '1' ? { proxyEnv: variables } : {}
  // As they have it, too: an idle connection is closed before servers do it, or as they say.
  const kept = { ...proxyEnv, keepAlive: true, timeout: 5000 }
  const secure = new HttpsAgent({
    ...kept,
    rejectUnauthorized: !ignoreSsl,
    ...(ca === undefined ? {} : { ca }),
  })
  const plain = new HttpAgent(kept)
  return (url, init) =>
    new Promise((resolve, reject) => {
      const { protocol } = new URL(url)
      const [request, agent] =
        protocol === 'https:' ? [httpsRequest, secure] : [httpRequest, plain]
      const sent = request(url, {
        agent,
        method: init.method ?? 'GET',
        headers: Object.fromEntries(new Headers(init.headers)),
        ...(init.signal ? { signal: init.signal } : {}),
      })
      sent.on('error', (error) => reject(orStale(error, sent)))
      sent.on('response', (answer) => {
        readAnswer(answer).then(resolve, reject)
      })
      sent.on('socket', (socket) => {
        if (!socket.connecting || connectTimeout === undefined) return
        const timer = setTimeout(() => sent.destroy(new ConnectTimeout()), connectTimeout)
        socket.once(protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(timer))
        socket.once('close', () => clearTimeout(timer))
      })
      sent.end(bodyOf(init.body))
    })
}

/** With a code, as the errors of the system have. */
class ConnectTimeout extends Error {
  readonly code = 'ETIMEDOUT'
  readonly syscall = 'connect'

  constructor() {
    super('the connection took too long')
  }
}

/** @throws TypeError for a body of a kind that the clients of this package never send. */
function bodyOf(body: RequestInit['body']): string | Uint8Array | undefined {
  if (body === undefined || body === null) return undefined
  if (typeof body === 'string' || body instanceof Uint8Array) return body
  throw new TypeError('A body is a text or octets here.')
}

const WITHOUT_BODY: ReadonlySet<number> = new Set([204, 205, 304])

async function readAnswer(answer: IncomingMessage): Promise<Response> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > MOST_ANSWER_BYTES) throw tooLong()
    chunks.push(chunk)
  }
  const { statusCode: status = 0, headersDistinct } = answer
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  return new Response(WITHOUT_BODY.has(status) ? null : Buffer.concat(chunks), { status, headers })
}
