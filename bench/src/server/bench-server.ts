import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { HttpsClient } from '@claviger/conformance/src/server/https-client.ts'
import { readEnvFile } from '@claviger/conformance/src/server/read-env-file.ts'
import {
  caFile,
  serverCommand,
  type ServerPlace,
  type StartedServer,
  startServer,
  vaultHost,
} from '@claviger/conformance/src/server/start-server.ts'
import type { BenchMachine } from '../machine/bench-machine.ts'
import { type Place, pinned } from '../machine/pinned.ts'
import { processorSeconds } from '../machine/processor-time.ts'
import type { RowRequest } from '../rows/row.ts'
import { freePorts } from './free-ports.ts'

const READY_LINE = 'Claviger is ready'
const READY_WITHIN_MS = 60_000
/** Finer than anything that is said about a start. */
const POLL_MS = 1
const TOKEN_SECONDS = '86400'

export interface BenchServerOptions {
  readonly dataDir: string
  /** `undefined`: as many as the server starts by itself. */
  readonly workers: number | undefined
  readonly place: Place
  /** Further variables of the server's environment. */
  readonly settings?: Readonly<Record<string, string>>
}

/** One answer of the server, looked at before it is measured. */
export interface Inspected {
  readonly bodyBytes: number
  /** The audit entry that the request has left behind, `undefined` when it left none. */
  readonly auditEntry: string | undefined
}

/** The real server, started through the runtime with everything on that a user's has on. */
export class BenchServer {
  /** Milliseconds from the start of the runtime until the server said that it is ready. */
  readonly readyMs: number
  /** Milliseconds of processor time that all its processes had used by then. */
  readonly readyProcessorMs: number
  readonly #server: StartedServer
  /** By the host that they are for. */
  readonly #tokens = new Map<string, string>()

  /** @throws Error with its log when it does not get ready */
  static async start(
    machine: BenchMachine,
    { dataDir, workers, place, settings = {} }: BenchServerOptions,
  ): Promise<BenchServer> {
    const [port = 0, identityPort = 0, metricsPort = 0, pkiPort = 0, alibabaPort = 0] =
      await freePorts(5)
    const where: ServerPlace = {
      dataDir, port, identityPort, metricsPort, pkiPort, alibabaPort,
      domain: 'localhost',
      settings: {
        CLAVIGER_LOG_LEVEL: 'warn',
        CLAVIGER_TOKEN_LIFETIME_SECONDS: TOKEN_SECONDS,
        ...(workers === undefined ? {} : { CLAVIGER_WORKERS: String(workers) }),
        ...settings,
      },
    }
    const [runtime, ...args] = serverCommand(process.execPath)
    const startedAt = performance.now()
    const server = startServer(pinned(machine, place, [runtime, ...args]), where, dataDir)
    await untilReady(server)
    return new BenchServer(server, performance.now() - startedAt)
  }

  private constructor(server: StartedServer, readyMs: number) {
    this.#server = server
    this.readyMs = readyMs
    this.readyProcessorMs = this.processorSeconds.reduce((sum, level) => sum + level, 0) * 1000
  }

  get port(): number {
    return this.#server.place.port
  }

  /** What it has written so far; it is told to write warnings and worse. */
  get log(): string {
    return this.#server.log()
  }

  /** Of the supervisor, below which everything else runs. */
  get pid(): number {
    return this.#server.pid
  }

  /** Seconds of processor time used so far: supervisor, primary, all workers together. */
  get processorSeconds(): readonly number[] {
    return processorSeconds(this.pid)
  }

  /** The headers that a client sends with a request. @throws Error when there is no token */
  async requestHeaders({
    signed,
    manager,
  }: Pick<RowRequest, 'signed' | 'manager'>): Promise<Readonly<Record<string, string>>> {
    const { domain } = this.#server.place
    if (signed !== undefined) {
      return { ...signed.headers, Host: `${signed.host}.${domain}:${this.port}` }
    }
    const service = manager === true ? `management.${domain}` : `vault.${domain}`
    const host = manager === true ? service : vaultHost(this.#server.place)
    return {
      Host: `${host}:${this.port}`,
      authorization: `Bearer ${await this.#tokenFor(service)}`,
      accept: 'application/json',
      'content-type': 'application/json',
    }
  }

  /**
   * Sends a request once, to see what its answer is made of.
   * @throws Error when its status is another than the row says
   */
  async inspect(request: RowRequest): Promise<Inspected> {
    const { method, paths: [path = '/'], body, status } = request
    const { place } = this.#server
    const ca = readFileSync(caFile(place), 'utf8')
    const client = new HttpsClient({ host: vaultHost(place), port: place.port, ca, connections: 1 })
    const before = this.#lastEntry()?.sequence
    try {
      const headers = await this.requestHeaders(request)
      const answer = await client.send(method, path, {
        headers,
        ...(body === undefined ? {} : { text: body }),
      })
      if (answer.status !== status) {
        const found = `${answer.status}, not ${status}: ${answer.body}`
        throw new Error(`${method} ${path} was answered ${found}`)
      }
      const last = this.#lastEntry()
      const isNew = last !== undefined && last.sequence !== before
      return {
        // Octets that are no text are not counted by the text they were read as.
        bodyBytes: Number(answer.headers['content-length']),
        auditEntry: isNew ? last.entry : undefined,
      }
    } finally {
      client.close()
    }
  }

  /** @throws Error when it does not end as it should: its figures would be worth nothing */
  async stop(): Promise<void> {
    this.#server.signal('SIGTERM')
    const { code, signal } = await this.#server.ended
    if (code === 0) return
    throw new Error(`The server ended with ${code ?? signal}.\n${this.#server.log()}`)
  }

  async #tokenFor(service: string): Promise<string> {
    const known = this.#tokens.get(service)
    if (known !== undefined) return known
    const token = await this.#newToken(service)
    this.#tokens.set(service, token)
    return token
  }

  async #newToken(service: string): Promise<string> {
    const { dataDir, port } = this.#server.place
    const { IDENTITY_ENDPOINT: endpoint = '', IDENTITY_HEADER: header = '' } = readEnvFile(
      join(dataDir, 'connect.env'),
    )
    const resource = `https://${service}:${port}`
    const query = new URLSearchParams({ 'api-version': '2019-08-01', resource })
    const answer = await fetch(`${endpoint}?${query.toString()}`, {
      headers: { 'x-identity-header': header },
    })
    const { access_token: token } = (await answer.json()) as { readonly access_token?: unknown }
    if (typeof token === 'string') return token
    throw new Error(`The identity endpoint answered ${answer.status} and no token.`)
  }

  /** Entries stand in clear, so the database itself says what the last one was. */
  #lastEntry(): { readonly sequence: number; readonly entry: string } | undefined {
    const database = new DatabaseSync(join(this.#server.place.dataDir, 'claviger.sqlite'), {
      readOnly: true,
    })
    try {
      const row = database
        .prepare('SELECT sequence, entry FROM audit ORDER BY sequence DESC LIMIT 1')
        .get()
      return row === undefined
        ? undefined
        : { sequence: Number(row['sequence']), entry: String(row['entry']) }
    } finally {
      database.close()
    }
  }
}

async function untilReady(server: StartedServer): Promise<void> {
  let hasEnded = false
  void server.ended.then(() => {
    hasEnded = true
  })
  const deadline = performance.now() + READY_WITHIN_MS
  while (!server.banner().includes(READY_LINE)) {
    if (hasEnded || performance.now() > deadline) {
      server.kill()
      throw new Error(`The server did not get ready.\n${server.log()}`)
    }
    await sleep(POLL_MS)
  }
}
