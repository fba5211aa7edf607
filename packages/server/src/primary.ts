// What the primary does: it alone writes, holds the CA and tells the workers what changed. Composed
// here, from parts that know nothing of processes.
import { mkdir } from 'node:fs/promises'
import type { Config } from './config.ts'
import { metricsDoor } from './doors/metrics.ts'
import { type Listener, openListener, type ServerKeyPair } from './listener.ts'
import type { Log } from './log.ts'
import type { PrimaryMetrics } from './metrics.ts'
import { listenProblem } from './process/listen-problem.ts'
import type { Addresses } from './process/messages.ts'
import type { WorkerPool } from './process/worker-pool.ts'
import { createAuthority, issueServerCertificate } from './tls/certificate-authority.ts'
import { operatorCertificate } from './tls/operator-certificate.ts'
import { privateKeyPem } from './tls/private-key-pem.ts'
import { serverNames } from './tls/server-names.ts'
import { writeTrustBundle } from './tls/trust-bundle.ts'

/** What the process gives the primary; the workers are not started yet. */
export interface PrimaryContext {
  readonly log: Log
  readonly metrics: PrimaryMetrics
  /** Set handlers with `onWorker`; it also reaches replacements. */
  readonly workers: WorkerPool
}

/** The primary once it can serve its workers. */
export interface Primary {
  /** The port of `/metrics` in use, `undefined` when it is off. */
  readonly metricsPort: number | undefined
  /** Called once, when all workers listen; ports of `config` may be 0, these never are. */
  ready(addresses: Addresses): Promise<void>
  /** Called once, after the last worker has ended. */
  close(): Promise<void>
}

/** @throws StartError with a sentence for the operator. */
export async function startPrimary(config: Config, context: PrimaryContext): Promise<Primary> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 })
  const keyPair = await serverKeyPair(config)
  context.workers.onWorker((channel) => channel.onRequest('tls/key-pair', () => keyPair))
  const metrics = await openMetrics(config, context)
  return {
    metricsPort: metrics?.port,
    ready({ port }) {
      process.stdout.write(`Claviger is ready at https://default.vault.${config.domain}:${port}\n`)
      return Promise.resolve()
    },
    async close() {
      await metrics?.close(0)
    },
  }
}

async function serverKeyPair(config: Config): Promise<ServerKeyPair> {
  const { tlsCertFile, tlsKeyFile } = config
  if (tlsCertFile !== undefined && tlsKeyFile !== undefined) {
    return await operatorCertificate(tlsCertFile, tlsKeyFile)
  }
  const now = Date.now()
  const authority = await createAuthority(now)
  const issued = await issueServerCertificate(authority, serverNames(config), now)
  await writeTrustBundle(config.dataDir, authority.certificatePem)
  return { certificate: issued.certificatePem, key: privateKeyPem(issued.privateKeyPkcs8) }
}

async function openMetrics(
  config: Config,
  { log, metrics }: PrimaryContext,
): Promise<Listener | undefined> {
  if (config.metricsPort === 'off') return undefined
  const door = metricsDoor(() => metrics.text())
  const loopbackNames = ['localhost', '127.0.0.1']
  const at = { host: '127.0.0.1', port: config.metricsPort }
  try {
    return await openListener({
      at,
      limits: config,
      log,
      // Only by these names: a page in a browser here cannot read it under a name of its own.
      doorForHost: (host) => (loopbackNames.includes(host) ? door : undefined),
    })
  } catch (thrown) {
    throw listenProblem(thrown, `${at.host}:${at.port}`, 'CLAVIGER_METRICS_PORT')
  }
}
