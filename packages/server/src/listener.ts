// The only file that knows fastify, which makes the server and rules its life. Its router, body
// parsers and error pages are all bypassed, because each changes what clients of a vault rely on:
// requests go straight to the exchange, which reads the target as it came (`//`, trailing slash, bad
// escapes) and the body as bytes. See docs/adr/0010.
import { chmod } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { ListenOptions } from 'node:net'
import type { Duplex } from 'node:stream'
import { Server as TlsServer } from 'node:tls'
import fastify from 'fastify'
import type { Config } from './config.ts'
import type { Door, DoorForHost } from './door.ts'
import { answerClientError, refuseConnect } from './listener/client-error.ts'
import { type Exchanged, exchange } from './listener/exchange.ts'
import { maximumConnections } from './listener/maximum-connections.ts'
import { OpenConnections } from './listener/open-connections.ts'
import { otherVersion, unmetExpectation } from './listener/refusing-door.ts'
import { removeStaleSocket } from './listener/remove-stale-socket.ts'
import { Workload } from './listener/workload.ts'
import type { Log } from './log.ts'

export type { Exchanged } from './listener/exchange.ts'

/** PEM texts: the certificate followed by its chain, and its key. */
export interface ServerKeyPair {
  readonly certificate: string
  readonly key: string
}

/** Where to listen: an IP address and port (0 is any free one), or a Unix socket of mode 0600. */
export type ListenAt =
  | { readonly host: string; readonly port: number }
  | { readonly socketPath: string }

/** The limits of `Config` that a listener keeps. */
export type ListenerLimits = Pick<
  Config,
  | 'bodyLimitBytes'
  | 'headerLimitBytes'
  | 'headersTimeoutMs'
  | 'requestTimeoutMs'
  | 'keepAliveTimeoutMs'
  | 'requestsInFlight'
>

export interface ListenerOptions {
  readonly at: ListenAt
  /** Absent for plain HTTP: on loopback, Unix sockets, and for what is public and signed. */
  readonly tls?: ServerKeyPair
  readonly limits: ListenerLimits
  /** Connections at a time, one more is closed at once; what open files allow when not given. */
  readonly maximumConnections?: number
  readonly doorForHost: DoorForHost
  readonly log: Log
  /** Called once for each answer that reached or missed a door. */
  readonly answered?: (exchanged: Exchanged) => void
}

export interface Listener {
  /** The port in use; 0 for a Unix socket. */
  readonly port: number
  readonly inFlight: number
  /** Serves new connections with another certificate; connections and tickets live on. */
  setKeyPair(pair: ServerKeyPair): void
  /** Stops accepting, ends idle connections, and lets requests in flight finish for `graceMs`. */
  close(graceMs: number): Promise<void>
}

/** At shutdown a connection that has not asked anything yet may do so for this long. */
const freshConnectionMs = 500

/**
 * Starts to listen.
 * @throws Error with `code` EADDRINUSE, EACCES and so on, when the address cannot be had;
 * StartError when the path of a Unix socket cannot be used.
 */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const { limits, tls, doorForHost, log, answered } = options
  const connections = new OpenConnections()
  const http = {
    maxHeaderSize: limits.headerLimitBytes,
    headersTimeout: limits.headersTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, Math.ceil(limits.headersTimeoutMs / 2)),
    // Judged by the exchange, so that the refusal is in words; a doubled Host becomes an invalid
    // one.
    requireHostHeader: false,
    joinDuplicateHeaders: true,
  }
  const common = {
    requestTimeout: limits.requestTimeoutMs,
    keepAliveTimeout: limits.keepAliveTimeoutMs,
    clientErrorHandler(error: NodeJS.ErrnoException, socket: Duplex) {
      if (connections.mayAnswerError(socket)) answerClientError(error.code, socket)
    },
  } as const
  const application =
    tls === undefined
      ? fastify({ ...common, http })
      : fastify({ ...common, https: { ...http, ...tlsOptions(limits), ...secureContext(tls) } })
  const context = {
    doorForHost,
    connections,
    log,
    answered,
    bodyLimitBytes: limits.bodyLimitBytes,
    workload: new Workload({ requests: limits.requestsInFlight, bodyBytes: heldBodyBytes(limits) }),
  }
  await application.ready()
  const server: Server = application.server
  server.removeAllListeners('request') // fastify's own: its router
  const refusing = (door: Door) => ({ ...context, doorForHost: () => door })
  const byVersion = refusing(otherVersion)
  server.on('request', (request, response) => {
    const served = request.httpVersionMajor === 1 ? context : byVersion
    void exchange(served, request.url ?? '', request, response)
  })
  server.on('checkExpectation', (request, response) => {
    void exchange(refusing(unmetExpectation), request.url ?? '', request, response)
  })
  server.maxConnections = options.maximumConnections ?? maximumConnections()
  // Else the primary of a cluster offers the connection to another worker, again and again. The
  // types do not know the property yet.
  Object.assign(server, { dropMaxConnection: true })
  server.on('connect', (_request, socket) =>
    refuseConnect(socket, connections.mayAnswerError(socket)),
  )
  server.on('connection', (socket) => connections.accepted(socket))
  server.on(tls === undefined ? 'connection' : 'secureConnection', (socket) =>
    connections.opened(socket),
  )
  await listen(server, options.at)
  return {
    port: portOf(server),
    get inFlight() {
      return connections.inFlight
    },
    setKeyPair(pair) {
      if (!(server instanceof TlsServer)) return
      // A new context has ticket keys of its own; clients would lose their sessions, and the
      // workers of a cluster would no longer take each other's tickets.
      const ticketKeys = server.getTicketKeys()
      server.setSecureContext({ ...tlsOptions(limits), ...secureContext(pair) })
      server.setTicketKeys(ticketKeys)
    },
    async close(graceMs) {
      await closeGracefully(server, connections, graceMs)
      await application.close()
    },
  }
}

/** Room for a few of the largest restores at a time, or for many ordinary bodies. */
function heldBodyBytes({ bodyLimitBytes }: ListenerLimits): number {
  return Math.max(256 * 1024 * 1024, 4 * bodyLimitBytes)
}

function tlsOptions(limits: ListenerLimits) {
  return {
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: limits.headersTimeoutMs,
  } as const
}

function secureContext({ certificate, key }: ServerKeyPair): { cert: string; key: string } {
  return { cert: certificate, key }
}

/**
 * fastify's own `listen` also binds other addresses that `localhost` resolves to; this binds one.
 */
async function listen(server: Server, at: ListenAt): Promise<void> {
  if ('socketPath' in at) await removeStaleSocket(at.socketPath)
  const options: ListenOptions = 'socketPath' in at ? { path: at.socketPath } : at
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // The socket exists from `bind` on, which happens inside `listen`: it must be closed to others
    // from its first moment, not from a later chmod on.
    const mask = 'socketPath' in at ? process.umask(0o177) : undefined
    try {
      server.listen(options, () => {
        server.off('error', reject)
        resolve()
      })
    } finally {
      if (mask !== undefined) process.umask(mask)
    }
  })
  if ('socketPath' in at) await chmod(at.socketPath, 0o600)
}

function portOf(server: Server): number {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function closeGracefully(
  server: Server,
  connections: OpenConnections,
  graceMs: number,
): Promise<void> {
  connections.startClosing()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  const idle = setTimeout(() => connections.endIdle(), Math.min(freshConnectionMs, graceMs))
  const all = setTimeout(() => connections.destroyAll(), graceMs)
  await closed
  clearTimeout(idle)
  clearTimeout(all)
}
