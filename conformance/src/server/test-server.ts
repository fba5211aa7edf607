import { readAudit, verifyAudit } from './verify-audit.ts'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { processTree, untilGone } from '../machine/process-tree.ts'
import { notePassed } from '../runner/parity.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { filesBelow, findPlanted, type Planted } from './find-planted.ts'
import { HttpsClient } from './https-client.ts'
import { objectOf, textOf } from './json.ts'
import { readEnvFile } from './read-env-file.ts'
import {
  caFile,
  type Command,
  serverCommand,
  type ServerPlace,
  type StartedServer,
  startServer,
  untilReady,
  vaultHost,
} from './start-server.ts'

export interface TestServerOptions {
  readonly domain?: string
  readonly port?: number
  readonly settings?: Readonly<Record<string, string>>
  /** Another command than the runtime itself, such as npm, which hands no signals on reliably. */
  readonly command?: Command
}

/** Milliseconds that requests in flight and the processes have to end. */
const STOPS_WITHIN = 20_000

const ENV_FILES = ['connect.env', 'connect-service-principal.env'] as const
type EnvFile = (typeof ENV_FILES)[number]

/**
 * A server of one suite, with a fresh data folder. Values that are planted in it are looked for,
 * when the suite ends, in every file of the data folder, in the log and in the metrics: with the
 * server still running, so that a write-ahead log is among the files, and when it has stopped.
 */
export class TestServer {
  /** A value to store; planted from the start. */
  readonly canary = `canary-${randomBytes(18).toString('hex')}`
  readonly place: ServerPlace
  readonly #run: SuiteRun
  readonly #command: Command
  readonly #planted: Planted[] = []
  #started: StartedServer
  #earlierLogs = ''
  #finished = false

  /** Starts one and waits until it is ready; it is stopped and searched when the suite ends. */
  static async start(run: SuiteRun, options: TestServerOptions = {}): Promise<TestServer> {
    const server = new TestServer(run, options)
    run.onEnd(() => server.finish())
    await server.#ready()
    return server
  }

  private constructor(run: SuiteRun, options: TestServerOptions) {
    this.#run = run
    this.#command = options.command ?? serverCommand(run.machine.runtime)
    this.place = {
      dataDir: join(run.folder, `data-${randomBytes(4).toString('hex')}`),
      domain: options.domain ?? 'localhost',
      port: options.port ?? 8443,
      identityPort: 8444,
      metricsPort: 8445,
      pkiPort: 8446,
      alibabaPort: 8447,
      settings: { CLAVIGER_WORKERS: '2', CLAVIGER_LOG_LEVEL: 'debug', ...options.settings },
    }
    this.plant('a planted secret value', this.canary)
    this.#started = startServer(this.#command, this.place, run.folder)
  }

  get started(): StartedServer {
    return this.#started
  }

  /** What a user sources, by name of the file. */
  variables(file: EnvFile): Readonly<Record<string, string>> {
    return readEnvFile(this.file(file))
  }

  /** The path of a file of the data folder. */
  file(name: string): string {
    return join(this.place.dataDir, name)
  }

  /** A bare client of a vault. */
  client(connections = 8, options: { readonly limitMs?: number } = {}): HttpsClient {
    const { place } = this
    const ca = readFileSync(caFile(place), 'utf8')
    const { port } = place
    return new HttpsClient({ host: vaultHost(place), port, ca, connections, ...options })
  }

  /** A token of the managed identity for the vaults of this server. */
  async token(): Promise<string> {
    const { IDENTITY_ENDPOINT: endpoint = '', IDENTITY_HEADER: header = '' } =
      this.variables('connect.env')
    const { domain, port } = this.place
    const resource = `https://vault.${domain}${port === 443 ? '' : `:${port}`}`
    const query = new URLSearchParams({ 'api-version': '2019-08-01', resource })
    const headers = { 'x-identity-header': header }
    const answer = await fetch(`${endpoint}?${query.toString()}`, { headers })
    const token = textOf(objectOf(await answer.json()), 'access_token')
    if (token === '') throw new Error(`The identity endpoint answered ${answer.status}, no token.`)
    // The end is the signature: nothing else in a log can look like it.
    this.plant('an access token', token.slice(-40))
    return token
  }

  /** Names a value that must be readable nowhere, but in the files that are allowed to hold it. */
  plant(what: string, value: string | Uint8Array, allowedIn: readonly string[] = []): void {
    this.#planted.push({ what, value, allowedIn })
  }

  /**
   * Starts it again on the same data folder, after it has ended.
   * @param variables for this time alone.
   */
  async startAgain(variables: Readonly<Record<string, string>> = {}): Promise<void> {
    this.#launch(variables)
    await this.#ready()
  }

  /** Starts it again without waiting until it is ready. */
  #launch(variables: Readonly<Record<string, string>> = {}): void {
    this.#earlierLogs += this.#started.log()
    const settings = { ...this.place.settings, ...variables }
    this.#started = startServer(this.#command, { ...this.place, settings }, this.#run.folder)
  }

  /** Starts it and kills the whole group after `ms`, wherever it is in its start. */
  async startAndKill(ms: number): Promise<void> {
    this.#launch()
    await new Promise((resolve) => setTimeout(resolve, ms))
    this.#started.kill()
    await this.#started.ended
  }

  /**
   * Ends it as an operator would: with SIGTERM or, below another command, with Ctrl-C.
   * @throws Error when it does not end in time, or not with 0.
   */
  async stop(): Promise<void> {
    const { pid, ended } = this.#started
    const isDirect = this.#command[0] === this.#run.machine.runtime
    const processes = processTree(pid).map((process) => process.pid)
    if (isDirect) this.#started.signal('SIGTERM')
    else process.kill(-pid, 'SIGINT')
    try {
      await untilGone(processes, STOPS_WITHIN)
    } catch (error) {
      this.#started.kill()
      throw error
    }
    const { code, signal } = await ended
    if (isDirect && code !== 0) throw new Error(`It ended with ${code ?? signal}, not with 0.`)
  }

  async #ready(): Promise<void> {
    await untilReady(this.#started)
    const {
      IDENTITY_HEADER = '',
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret = '',
      ALIBABA_CLOUD_KMS_CLIENT_KEY_PASSWORD: clientKeyPassword = '',
    } = this.variables('connect.env')
    const { AZURE_CLIENT_SECRET = '' } = this.variables('connect-service-principal.env')
    this.plant('the identity header', IDENTITY_HEADER, ENV_FILES)
    this.plant('the secret of the access key', accessKeySecret, ENV_FILES)
    this.plant('the password of the client key', clientKeyPassword, ENV_FILES)
    this.plant('the client secret', AZURE_CLIENT_SECRET, ENV_FILES)
    const rootKey = readFileSync(`${this.place.dataDir}.root-key`, 'utf8')
    this.plant('the root key', Buffer.from(rootKey, 'base64'))
  }

  /** Searches and stops it; for a suite that goes on with another server on the same ports. */
  async finish(): Promise<void> {
    if (this.#finished) return
    this.#finished = true
    const run = this.#run
    await run.step('no planted value is readable while the server runs', async () => {
      this.#search({ metrics: await this.#metrics(), log: this.#log() })
    })
    await run.step('the server stops at SIGTERM with code 0', () => this.stop())
    await run.step('no planted value is readable once the server has stopped', () => {
      this.#search({ log: this.#log() })
    })
    await run.step('the audit chain is intact at the end', () => verifyAudit(run, this))
    notePassed(readAudit(this))
  }

  #log(): string {
    return this.#earlierLogs + this.#started.log()
  }

  async #metrics(): Promise<string> {
    const answer = await fetch(`http://127.0.0.1:${this.place.metricsPort}/metrics`)
    if (answer.status !== 200) throw new Error(`/metrics answered ${answer.status}.`)
    return answer.text()
  }

  /** @throws Error that names each place a planted value was found in. */
  #search(texts: Readonly<Record<string, string>>): void {
    const found = findPlanted(this.#planted, filesBelow(this.place.dataDir), texts)
    if (found.length > 0) throw new Error(found.join('\n'))
  }
}
