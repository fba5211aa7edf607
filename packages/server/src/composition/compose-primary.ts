// What the primary does: it alone writes, holds the root key and the CA, runs what is scheduled, and
// speaks to the operator. Composed here, from parts that know nothing of processes.
import { join } from 'node:path'
import {
  authenticateLocalOperator,
  Fault,
  openVault,
  SoftwareProvider,
  systemCall,
  type Call,
  type Clock,
  type Vault,
  type VaultEvent,
} from '@claviger/vault'
import { HttpChallenges } from '../acme/http-challenges.ts'
import { AuditDelivery } from '../audit-delivery/audit-delivery.ts'
import { openSinks } from '../audit-delivery/audit-sink.ts'
import { banner } from '../banner.ts'
import { unreachableHosts } from '../banner/unreachable-hosts.ts'
import type { Config } from '../config.ts'
import { kmsCredentialsBefore, writeConnectFiles, type ConnectFiles } from '../connect-files.ts'
import { clientAddresses } from '../connect/client-addresses.ts'
import { kmsCredentials, type KmsCredentials } from '../connect/kms-credentials.ts'
import { publicationUrl } from '../connect/publication-url.ts'
import { adminDoor, type ServerActions } from '../doors/admin/door.ts'
import { openListener, type Listener } from '../listener.ts'
import type { Primary, PrimaryContext } from '../primary.ts'
import type { Addresses } from '../process/messages.ts'
import { StartError } from '../process/start-error.ts'
import { processPort } from '../stores/embedded/process-port.ts'
import { isUnusedFolder } from '../stores/embedded/unused-database.ts'
import { serveWriter } from '../stores/embedded/writer-channel.ts'
import { clockAfter } from './clock-after.ts'
import { connectCredentials, signInPorts, type ConnectPrincipals } from './connect-credentials.ts'
import { deliverEvent } from './deliver-event.ts'
import { firstStart } from './first-start.ts'
import { HealthMonitor } from './health-monitor.ts'
import { openAcme } from './open-acme.ts'
import { openEmbedded, sealSourceOf, type OpenedEmbedded } from './open-embedded.ts'
import { openMetrics } from './open-metrics.ts'
import { demandPrivateFolder } from './private-folder.ts'
import { Scheduler } from './scheduler.ts'
import { sealControlOf } from './seal-control.ts'
import { startProblem } from './start-problem.ts'
import { TlsKeeper } from './tls-keeper.ts'

/** @throws StartError with a sentence for the operator. */
export async function composePrimary(config: Config, context: PrimaryContext): Promise<Primary> {
  const inWords = (thrown: unknown): never => {
    throw startProblem(thrown, config.dataDir)
  }
  const opened = await openAsBefore(config, context).catch(inWords)
  try {
    const primary = await composeOpened(config, context, opened)
    return { ...primary, ready: (addresses) => primary.ready(addresses).catch(inWords) }
  } catch (thrown) {
    await opened.close()
    return inWords(thrown)
  }
}

/** Programs already rely on a store that has been served, so another is not put in its place. */
async function openAsBefore(config: Config, { isAgain, log }: PrimaryContext): Promise<OpenedEmbedded> {
  if (isAgain && isUnusedFolder(config.dataDir)) {
    throw new StartError(
      `The store that was served from ${config.dataDir} is gone. Put the data folder back and the ` +
        'server goes on by itself; to begin with a new one, stop the server and start it again.',
      { mayPass: true },
    )
  }
  const warning = demandPrivateFolder(config.dataDir)
  if (warning !== undefined) log.warn('Others may use the data folder.', { warning })
  return openEmbedded(config, (records) => {
    log.info('The records are verified before anything is served.', { verified: records })
  })
}

async function composeOpened(
  config: Config,
  context: PrimaryContext,
  opened: OpenedEmbedded,
): Promise<Primary> {
  const { log, metrics, workers } = context
  const { store, writer, auditLog, unsealed } = opened
  for (const warning of opened.warnings) log.warn('The store was opened with a warning.', { warning })
  await unsealed.finishRotation()
  let delivery: AuditDelivery | undefined
  // Before any worker reads.
  writer.counter = context.counter
  writer.onOtherWriter = () => {
    log.error('Another program has written to the database; the server starts again and verifies it.')
    context.startAgain()
  }
  writer.onGroup = (changes, seconds) => {
    metrics.committed(changes, seconds)
    delivery?.wake()
  }
  const clock: Clock = await clockAfter(auditLog, log)
  // Only workers claim anything, and none is served yet.
  const claimsSince = clock.now()
  const sealControl = sealControlOf(unsealed, workers, log)
  const provider = await SoftwareProvider.open()
  // Known when the workers listen; nothing is issued before.
  let publishedAt: string | undefined
  const ports = {
    store, seal: unsealed.keyring, clock, provider,
    services: { auditLog, sealControl },
    publicationUrl: () => publishedAt,
    onEvent: (event: VaultEvent) => deliverEvent(event, log),
  }
  const vault = openVault(ports)
  if (opened.accepted.length > 0) {
    log.warn('A store was accepted that is not what was last committed.', {
      found: opened.accepted.join('; '),
    })
    await vault.maintenance.acceptStore(systemCall('start'), { found: opened.accepted })
  }
  await firstStart(vault, config)
  const principals = await connectPrincipals(vault)
  const kms = async (call: Call | undefined, renew: boolean): Promise<KmsCredentials | undefined> =>
    kmsCredentials({
      vault, clock, renew,
      folder: config.dataDir,
      before: await kmsCredentialsBefore(config.dataDir),
      ports: signInPorts({ vault, store, unsealed, clock }),
      tenant: principals.tenant,
      call: call ?? systemCall('connect files', principals.tenant.id),
    })
  // The first start makes an RSA key here, while the workers start.
  const early = kms(undefined, false)
  early.catch(() => undefined) // whoever writes the files meets what it has failed with
  const keeper = new TlsKeeper(vault, config, clock)
  let tls = await keeper.current()
  const challenges = new HttpChallenges((told) => workers.broadcast('acme/challenge', told))
  const acme = openAcme(config, vault, challenges, log)
  const scheduler = new Scheduler({
    ports, vault, log,
    onOrder: (order) => acme.start(order),
    alsoDo: renewTls,
  })
  delivery = new AuditDelivery({
    ports, auditLog, log, sinks: openSinks(config), metrics: metrics.delivery,
  })
  workers.onWorker((channel, pipe) => {
    serveWriter(processPort(pipe), writer)
    channel.onRequest('tls/key-pair', () => tls.keyPair)
    channel.onRequest('clock/now', () => clock.now())
    channel.onRequest('store/claims-since', () => claimsSince)
    channel.onRequest('acme/challenges', () => challenges.underWay)
    channel.onNotice('scheduler/wake', () => scheduler.wake())
    channel.onNotice('vault/event', (event) => deliverEvent(event, log))
    channel.onRequest('seal/material', async () => {
      const material = await unsealed.exportForWorker()
      // The worker wipes what it received; this copy goes with the message.
      return Uint8Array.from(material.reveal())
    })
  })
  const health = new HealthMonitor(
    () => writer.heartbeat(),
    (state) => {
      metrics.healthy('store', state.ready)
      metrics.healthy('audit', state.ready)
      workers.broadcast('health/state', state)
    },
    log,
  )
  const metricsListener = await openMetrics(config, context)
  let connect: ((call: Call | undefined, renew: boolean) => Promise<ConnectFiles>) | undefined
  const admin = await openAdmin(config, context, vault, clock, {
    '/connect/renew': async (call) => {
      if (connect === undefined) throw new Fault('StoreUnavailable', { reason: 'the server is still starting' })
      const files = await connect(call, true)
      return { files: [files.identityFile, files.servicePrincipalFile] }
    },
    '/ca/renew': async (call) => {
      await keeper.replaceAuthority(call)
      await renewTls()
      return { files: tls.trust === undefined ? [] : [tls.trust.caFile, tls.trust.bundleFile] }
    },
  })
  health.start()

  async function renewTls(): Promise<void> {
    const renewed = await keeper.current()
    if (renewed.keyPair.certificate === tls.keyPair.certificate) return
    tls = renewed
    workers.broadcast('tls/key-pair', tls.keyPair)
    log.info('The server certificate was renewed.')
  }

  return {
    metricsPort: metricsListener?.port,
    async ready(addresses) {
      const places = clientAddresses(config, { https: addresses.port, identity: addresses.identityPort })
      connect = (call, renew) =>
        writeConnectFiles({
          folder: config.dataDir,
          addresses: places,
          trust: tls.trust,
          clientId: principals.administrator.appId,
          credentials: connectCredentials({
            vault, store, unsealed, clock, principals, ...(call === undefined ? {} : { call }),
          }),
          kmsCredentials: (anew) => (anew ? kms(call, true) : early),
          renew,
        })
      const connectFiles = await connect(undefined, false)
      publishedAt = publicationUrl(config, addresses.pkiPort)
      process.stdout.write(await bannerText(config, addresses, principals, connectFiles, metricsListener))
      scheduler.start()
      delivery?.start()
    },
    drain() {
      void acme.stop()
    },
    async close() {
      health.stop()
      await scheduler.stop()
      await delivery?.stop()
      await acme.stop()
      await admin.close(0)
      await metricsListener?.close(0)
      await opened.close()
    },
  }
}

async function connectPrincipals(vault: Vault): Promise<ConnectPrincipals> {
  const view = await vault.view()
  const tenant = await view.defaultTenant()
  if (tenant === undefined) throw new TypeError('the first start makes a tenant')
  const clientOf = async (id: string): Promise<{ readonly id: string; readonly appId: string }> => {
    const { principal } = await view.principalAccess(tenant.id, id, [])
    return { id, appId: principal?.appId ?? '' }
  }
  return {
    tenant,
    administrator: await clientOf(tenant.administrator),
    identity: await clientOf(tenant.localIdentity ?? ''),
  }
}

function openAdmin(
  config: Config,
  { log }: PrimaryContext,
  vault: Vault,
  clock: Clock,
  serverActions: ServerActions,
): Promise<Listener> {
  const door = adminDoor({
    vault,
    operator: async () => authenticateLocalOperator(await vault.view(), Math.floor(clock.now() / 1000)),
    serverActions,
    log,
  })
  const at = { socketPath: join(config.dataDir, 'admin.sock') }
  return openListener({ at, limits: config, log, doorForHost: () => door })
}

async function bannerText(
  config: Config,
  addresses: Addresses,
  { tenant }: ConnectPrincipals,
  connectFiles: ConnectFiles,
  metrics: Listener | undefined,
): Promise<string> {
  const places = clientAddresses(config, { https: addresses.port, identity: addresses.identityPort })
  return banner({
    addresses: places,
    tenant: tenant.id,
    dataDir: config.dataDir,
    seal: sealSourceOf(config),
    connectFiles,
    metricsUrl: metrics === undefined ? undefined : `http://127.0.0.1:${metrics.port}/metrics`,
    unreachableHosts: await unreachableHosts(places.hosts),
    host: config.host,
    workingDirectory: process.cwd(),
    isRoot: process.getuid?.() === 0,
  })
}
