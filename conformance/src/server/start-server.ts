import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Child, type Ending, startChild } from '../machine/child.ts'
import { cleanEnvironment } from '../machine/clean-environment.ts'
import { REPOSITORY } from '../machine/repository.ts'
import { HttpsClient } from './https-client.ts'

export interface ServerPlace {
  /** The data folder; another start with the same one finds what the first has left. */
  readonly dataDir: string
  readonly domain: string
  readonly port: number
  readonly identityPort: number
  readonly metricsPort: number
  readonly pkiPort: number
  /** Where every host reaches the gateways of Alibaba Cloud KMS. */
  readonly alibabaPort: number
  /** Further settings. */
  readonly settings: Readonly<Record<string, string>>
}

export interface StartedServer {
  readonly place: ServerPlace
  readonly pid: number
  /** What it has written so far, to standard output and error. */
  log(): string
  banner(): string
  readonly ended: Promise<Ending>
  signal(name: NodeJS.Signals): void
  /** Kills the whole process group. */
  kill(): void
}

/** How the server is started: the runtime itself, or what README says. */
export type Command = readonly [string, ...string[]]

/** Seconds until a started server has to answer. */
const READY_WITHIN = 30

/** The command that starts the runtime itself, so that a signal meets the server and not npm. */
export function serverCommand(runtime: string): Command {
  return [runtime, '--conditions=claviger-source', 'packages/server/start.js']
}

/** Starts a server; it is not ready yet. */
export function startServer(command: Command, place: ServerPlace, home: string): StartedServer {
  const [program, ...args] = command
  const child: Child = startChild(program, args, {
    cwd: REPOSITORY,
    env: {
      ...cleanEnvironment(home),
      CLAVIGER_DATA_DIR: place.dataDir,
      CLAVIGER_DOMAIN: place.domain,
      CLAVIGER_PORT: String(place.port),
      CLAVIGER_IDENTITY_PORT: String(place.identityPort),
      CLAVIGER_METRICS_PORT: String(place.metricsPort),
      CLAVIGER_PKI_PORT: String(place.pkiPort),
      CLAVIGER_ALIBABA_PORT: String(place.alibabaPort),
      ...place.settings,
    },
  })
  return {
    place,
    pid: child.pid,
    log: () => child.output() + child.errors(),
    banner: () => child.output(),
    ended: child.ended,
    signal: (name) => child.signal(name),
    kill: () => child.kill(),
  }
}

/** Written last: after it the files for clients are as they stay. */
const BANNER = 'Claviger is ready.'

/**
 * Waits until the vault `default` answers with a challenge and the files for clients are written.
 * @throws Error with the end of the log when the server ended or did not get there in time.
 */
export async function untilReady(server: StartedServer): Promise<void> {
  const deadline = Date.now() + READY_WITHIN * 1000
  let ending: Ending | undefined
  void server.ended.then((value) => {
    ending = value
  })
  while (Date.now() < deadline) {
    if (ending !== undefined) throw new Error(`The server ended.\n${tail(server.log())}`)
    if (server.banner().includes(BANNER) && (await answers(server.place))) return
    await sleep(25)
  }
  throw new Error(`The server was not ready within ${READY_WITHIN} s.\n${tail(server.log())}`)
}

/** The host of a vault, without port. */
export function vaultHost(place: ServerPlace, vault = 'default'): string {
  return `${vault}.vault.${place.domain}`
}

/** The file of the server's own certificate authority. */
export function caFile(place: ServerPlace): string {
  return join(place.dataDir, 'ca.pem')
}

async function answers(place: ServerPlace): Promise<boolean> {
  const files = ['connect.env', 'connect-service-principal.env', 'ca.pem']
  if (!files.every((name) => existsSync(join(place.dataDir, name)))) return false
  const ca = readFileSync(caFile(place), 'utf8')
  const client = new HttpsClient({ host: vaultHost(place), port: place.port, ca, connections: 1 })
  try {
    return (await client.send('GET', '/secrets?api-version=7.4')).status === 401
  } catch {
    return false
  } finally {
    client.close()
  }
}

function tail(log: string): string {
  return log.split('\n').slice(-30).join('\n')
}
