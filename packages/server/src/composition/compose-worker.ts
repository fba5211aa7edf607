// What a worker does: it serves HTTPS, the identity endpoint and the PKI port, reads the store by
// itself, and sends changes and audit entries to the primary. Composed here, from parts that know
// nothing of processes.
import {
  Identity,
  keyringFromWorkerMaterial,
  openVault,
  recordKeyOf,
  Secret,
  SoftwareProvider,
  type Clock,
  type Keyring,
  type Store,
} from '@claviger/vault'
import { ConfigError, type Config } from '../config.ts'
import { publicationUrl } from '../connect/publication-url.ts'
import { fetchJsonOver } from '../fetch-json.ts'
import { openListener } from '../listener.ts'
import type { Log } from '../log.ts'
import type { ChannelToPrimary } from '../process/messages.ts'
import { StartError } from '../process/start-error.ts'
import { ChangeCounter } from '../stores/embedded/change-counter.ts'
import { EmbeddedStore } from '../stores/embedded/embedded-store.ts'
import { processPort } from '../stores/embedded/process-port.ts'
import { Reader } from '../stores/embedded/reader.ts'
import { RemoteWriter } from '../stores/embedded/remote-writer.ts'
import { readTrustedIssuers } from '../trusted-issuers.ts'
import { originOf } from '../origin.ts'
import { withoutRepeats } from '../without-repeats.ts'
import type { Worker, WorkerContext } from '../worker.ts'
import { challengesUnderWay } from './challenges-under-way.ts'
import { listenOn } from './listen-on.ts'
import { startProblem } from './start-problem.ts'
import { SystemClock } from './system-clock.ts'
import { wakingVault } from './waking-vault.ts'
import { workerDoors } from './worker-doors.ts'
import { WorkerReadiness } from './worker-readiness.ts'

/** Failed sign-ins that were only counted are written down this often. */
const FLUSH_MILLISECONDS = 10_000

/** Read to see whether the store can be read; that it does not exist is no matter. */
const PROBE = recordKeyOf('system', 'seal')

/** @throws StartError with a sentence for the operator. */
export async function composeWorker(config: Config, context: WorkerContext): Promise<Worker> {
  try {
    return await compose(config, context)
  } catch (thrown) {
    if (thrown instanceof ConfigError) throw new StartError(thrown.message)
    throw startProblem(thrown, config.dataDir)
  }
}

async function compose(config: Config, context: WorkerContext): Promise<Worker> {
  const { channel, log, metrics, counterFd } = context
  const reader = Reader.open(config.dataDir)
  const readiness = new WorkerReadiness(() => reader.read([PROBE]))
  channel.onNotice('health/state', (state) => readiness.hear(state))
  const writer = new RemoteWriter(processPort(process))
  const counter = counterFd === undefined ? undefined : ChangeCounter.inherited(counterFd)
  const store = new EmbeddedStore(reader, (change) => writer.commit(change), counter)
  const keyring = await openKeyring(store, channel, log)
  const clock: Clock = new SystemClock(await channel.request('clock/now', undefined))
  const provider = await SoftwareProvider.open({ spareRsaKeys: config.spareRsaKeys })
  const challenges = await challengesUnderWay(channel)
  const claimsSince = await channel.request('store/claims-since', undefined)
  const vault = wakingVault(
    openVault({
      store, seal: keyring, clock, provider,
      claimsSince,
      onEvent: (event) => channel.notify('vault/event', event),
      publicationUrl: () => publicationUrl(config, portOf(config.pkiPort)),
    }),
    () => channel.notify('scheduler/wake', undefined),
  )
  const identity = await openIdentity(config, store, keyring, clock, () => vault.view())
  const requestLog = withoutRepeats(log)
  let tls = await channel.request('tls/key-pair', undefined)
  const { forHost, forIdentityPort, forPkiPort, forAlibabaPort } = await workerDoors({
    config, vault, identity, clock, claimsSince,
    certificate: () => tls.certificate,
    challengeAnswer: (token) => challenges.get(token),
    log: requestLog,
    onAnonymous: () => metrics.challenged(),
    onThrottled: () => metrics.throttled(),
    readiness: () => readiness.state,
  })
  const shared = { limits: config, log: requestLog, answered: metrics.answered }
  const https = await listenOn(config.host, config.port, 'CLAVIGER_PORT', (at) =>
    openListener({ ...shared, at, tls, doorForHost: forHost }),
  )
  const managed = await listenOn('127.0.0.1', config.identityPort, 'CLAVIGER_IDENTITY_PORT', (at) =>
    openListener({ ...shared, at, doorForHost: forIdentityPort }),
  )
  const pkiPort = portOf(config.pkiPort)
  const pki =
    pkiPort === undefined
      ? []
      : await listenOn(config.host, pkiPort, 'CLAVIGER_PKI_PORT', (at) =>
          openListener({ ...shared, at, doorForHost: forPkiPort }),
        )
  const alibabaPort = portOf(config.alibabaPort)
  const alibaba =
    alibabaPort === undefined
      ? []
      : await listenOn(config.host, alibabaPort, 'CLAVIGER_ALIBABA_PORT', (at) =>
          openListener({ ...shared, at, tls, doorForHost: forAlibabaPort }),
        )
  channel.onNotice('tls/key-pair', (pair) => {
    tls = pair
    for (const listener of [...https, ...alibaba]) listener.setKeyPair(pair)
  })
  const listeners = [...https, ...managed, ...pki, ...alibaba]
  metrics.inFlight(() => listeners.reduce((sum, listener) => sum + listener.inFlight, 0))
  const flushing = setInterval(() => void flush(identity, log), FLUSH_MILLISECONDS)
  return {
    addresses: {
      port: https[0]?.port ?? 0,
      identityPort: managed[0]?.port ?? 0,
      pkiPort: pki[0]?.port,
      alibabaPort: alibaba[0]?.port,
    },
    async close(graceMs) {
      clearInterval(flushing)
      await Promise.all(listeners.map((listener) => listener.close(graceMs)))
      await flush(identity, log)
      reader.close()
    },
  }
}

function portOf(setting: number | 'off'): number | undefined {
  return setting === 'off' ? undefined : setting
}

async function openKeyring(store: Store, channel: ChannelToPrimary, log: Log): Promise<Keyring> {
  const material = async (): Promise<Secret> => new Secret(await channel.request('seal/material', undefined))
  const keyring = await keyringFromWorkerMaterial(store, await material(), material)
  channel.onNotice('seal/forget', ({ scope }) => keyring.forget(scope))
  channel.onNotice('seal/refresh', ({ scope }) => {
    // Without it the worker goes on sealing under the generation it knows, which stays readable.
    keyring.refresh(scope).catch(() => log.warn('The new data key of a scope could not be read.', { scope }))
  })
  return keyring
}

async function openIdentity(
  config: Config,
  store: Store,
  seal: Keyring,
  clock: Clock,
  view: ConstructorParameters<typeof Identity>[0]['view'],
): Promise<Identity> {
  const { trustedIssuersFile, domain, port, loginHosts, tokenLifetimeSeconds } = config
  const loginHost = `login.${domain}`
  return new Identity(
    { store, seal, clock, view, fetchJson: fetchJsonOver() },
    {
      loginOrigin: originOf({ host: loginHost, port }),
      loginHosts: [loginHost, ...loginHosts],
      trustedIssuers: trustedIssuersFile === undefined ? [] : await readTrustedIssuers(trustedIssuersFile),
      tokenLifetimeSeconds,
    },
  )
}

async function flush(identity: Identity, log: Log): Promise<void> {
  await identity.flush().catch(() => log.warn('Counted sign-ins could not be written to the audit.'))
}
