import { type Agent, request } from 'node:https'
import type { TestContext } from 'node:test'
import { connect, type TLSSocket } from 'node:tls'
import type { Answer, Door, WireRequest } from '../door.ts'
import { type Exchanged, type Listener, type ListenerOptions, openListener } from '../listener.ts'
import { openLog } from '../log.ts'
import { createAuthority, issueServerCertificate } from '../tls/certificate-authority.ts'
import { privateKeyPem } from '../tls/private-key-pem.ts'

/** A listener on a free port with a certificate of its own CA, closed when the test ends. */
export interface ListenerUnderTest {
  readonly listener: Listener
  readonly port: number
  readonly ca: string
  readonly answered: readonly Exchanged[]
  readonly logged: readonly string[]
}

type Changes = Partial<Omit<ListenerOptions, 'limits'>> & {
  readonly limits?: Partial<ListenerOptions['limits']>
}

/** Opens a listener whose one door answers `localhost` with what it was asked, as JSON. */
export async function listenerUnderTest(
  context: TestContext,
  answer: Door['answer'] = echo,
  changes: Changes = {},
): Promise<ListenerUnderTest> {
  const authority = await createAuthority(Date.now())
  const issued = await issueServerCertificate(authority, ['localhost', '127.0.0.1'], Date.now())
  const answered: Exchanged[] = []
  const logged: string[] = []
  const listener = await openListener({
    at: { host: '127.0.0.1', port: 0 },
    tls: { certificate: issued.certificatePem, key: privateKeyPem(issued.privateKeyPkcs8) },
    doorForHost: (host) => (host === 'localhost' ? doorOf(answer) : undefined),
    log: openLog('debug', { write: (line) => logged.push(line) }),
    answered: (exchanged) => answered.push(exchanged),
    ...changes,
    limits: {
      bodyLimitBytes: 1000,
      headerLimitBytes: 8192,
      headersTimeoutMs: 10_000,
      requestTimeoutMs: 20_000,
      keepAliveTimeoutMs: 75_000,
      requestsInFlight: 100,
      ...changes.limits,
    },
  })
  context.after(() => listener.close(0))
  return { listener, port: listener.port, ca: authority.certificatePem, answered, logged }
}

function doorOf(answer: Door['answer']): Door {
  return {
    name: 'echo',
    answer,
    refuse: (_request, refusal) => ({
      status: refusal.reason === 'BodyTooLarge' ? 413 : 503,
      headers: { 'x-refused': refusal.reason },
      body: refusal.reason,
    }),
  }
}

/** Answers with the request as the door saw it. */
export function echo(request: WireRequest): Promise<Answer> {
  const body = Buffer.from(request.body).toString('latin1')
  return Promise.resolve({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...request, body }),
  })
}

/** A TLS connection that gathers what comes; `ended` settles when the server has closed it. */
export interface RawConnection {
  readonly socket: TLSSocket
  received(): string
  /** Settles when what came matches. */
  until(pattern: RegExp): Promise<string>
  readonly ended: Promise<string>
}

/** Connects and says `text` as it is. */
export async function say({ port, ca }: ListenerUnderTest, text: string): Promise<RawConnection> {
  const socket = connect({ port, ca, host: '127.0.0.1', servername: 'localhost' })
  let received = ''
  socket.on('data', (chunk: Buffer) => {
    received += chunk.toString('latin1')
  })
  // A reset is how a server ends a connection that still has unread bytes.
  socket.on('error', () => undefined)
  const ended = new Promise<string>((resolve) => socket.once('close', () => resolve(received)))
  await new Promise((resolve) => socket.once('secureConnect', resolve))
  socket.write(text, 'latin1')
  const until = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(received)) resolve(received)
      }
      look()
      socket.on('data', look)
      void ended.then(() => reject(new Error(`closed after: ${received}`)))
    })
  return { socket, received: () => received, until, ended }
}

/** Says `text` with `Connection: close` in it, and gives all that came back. */
export async function exchangeRaw(under: ListenerUnderTest, text: string): Promise<string> {
  const connection = await say(under, text)
  return await connection.ended
}

/** What a proper client got. */
export interface Got {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** Asks as Node's own client does. */
export function ask(
  { port, ca }: ListenerUnderTest,
  options: {
    readonly method?: string
    readonly path?: string
    readonly headers?: Record<string, string>
    readonly body?: string
    readonly agent?: Agent
  } = {},
): Promise<Got> {
  const { method = 'GET', path = '/', headers = {}, body, agent } = options
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', servername: 'localhost', port, ca, method, path, agent: agent ?? false,
        headers: { host: 'localhost', ...headers } },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const { statusCode, headers: got } = response
          resolve({ status: statusCode, headers: got, body: Buffer.concat(chunks).toString() })
        })
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}
