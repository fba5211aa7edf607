import { audienceOf, DenialLimit, type Clock, type Identity, type Vault } from '@claviger/vault'
import type { Config } from '../config.ts'
import type { DoorForHost, WireRequest } from '../door.ts'
import { azureDoor } from '../doors/azure/door.ts'
import { portSuffix } from '../origin.ts'
import { vaultNameOfHost } from '../doors/azure/vault-host.ts'
import { instanceDoor } from '../doors/alibaba/instance/door.ts'
import { instanceOfHost } from '../doors/alibaba/instance/instance-of-host.ts'
import { sharedAuthentication } from '../doors/alibaba/shared/authenticate.ts'
import { sharedDoor } from '../doors/alibaba/shared/door.ts'
import { isStsHost, regionOfHost } from '../doors/alibaba/shared/region-of-host.ts'
import { stsDoor } from '../doors/alibaba/sts/door.ts'
import { externalProviderOf } from './external-provider-of.ts'
import { entraDoor } from '../doors/entra/door.ts'
import { healthDoor, isHealthPath, type Readiness } from '../doors/health.ts'
import { identityDoor } from '../doors/identity/door.ts'
import { pkiDoor } from '../doors/pki/door.ts'
import type { Log } from '../log.ts'
import { issuersOf } from '../tls/issuers-of.ts'
import { PRODUCT_VERSION } from '../product-version.ts'
import { controlDoors } from './control-doors.ts'

/** The vault of the first start, which is the instance of whoever names none. */
const HOME_VAULT = 'default'

export interface WorkerDoorsOptions {
  readonly config: Config
  readonly vault: Vault
  readonly identity: Identity
  readonly clock: Clock
  /** Milliseconds; requests that were signed before are refused where signatures count once. */
  readonly claimsSince: number
  /** The server's certificate and those above it, as it is served now; PEM. */
  readonly certificate: () => string
  readonly log: Log
  readonly onAnonymous: () => void
  readonly onThrottled: () => void
  readonly readiness: () => Readiness
  /** The key authorization of an ACME challenge under way, by its token. */
  readonly challengeAnswer: (token: string) => string | undefined
}

/** Which door answers which host, at each port. */
export interface WorkerDoors {
  readonly forHost: DoorForHost
  readonly forIdentityPort: DoorForHost
  readonly forPkiPort: DoorForHost
  readonly forAlibabaPort: DoorForHost
}

/** Makes the doors of a worker. */
export async function workerDoors(options: WorkerDoorsOptions): Promise<WorkerDoors> {
  const { config, vault, identity, clock, log, readiness } = options
  const vaultSuffix = `vault.${config.domain}`
  const loginHost = `login.${config.domain}`
  const loginHosts = [loginHost, ...config.loginHosts]
  const managementHosts = [`management.${config.domain}`, ...config.managementHosts] as const
  const graphHosts = [`graph.${config.domain}`, ...config.graphHosts] as const
  const vaults = audienceOf('vault', vaultSuffix)
  const management = audienceOf('management', ...managementHosts)
  const directory = audienceOf('graph', ...graphHosts)
  const services = [vaults, management, directory] as const
  const names = { vaultSuffix, defaultVaultHosts: [...config.defaultVaultHosts, ...ownAddress(config.host)] }
  const azure = azureDoor({
    vault,
    authenticate: (token, { tenant, resourceId }, facts, view) =>
      identity.callerOf(token, { tenant, audience: vaults, scope: resourceId, view }, facts),
    onAnonymous: options.onAnonymous,
    denials: new DenialLimit(config.denialsPerMinute, clock),
    onThrottled: options.onThrottled,
    log,
    settings: {
      ...names,
      loginBase: (request: WireRequest) => `https://${loginHost}${portSuffix(request)}`,
      region: config.region,
      serviceVersion: PRODUCT_VERSION,
    },
  })
  const { arm, graph } = await controlDoors({
    ...options,
    services: { management, graph: directory },
    loginHost,
    vaultSuffix,
  })
  const entra = entraDoor({
    identity,
    self: vault.self,
    clock,
    log,
    settings: { loginHosts, services },
    ...(await externalProviderOf(config)),
  })
  const imdsClientId = config.imds ? await localIdentityClient(vault) : undefined
  const managed = identityDoor({
    identity,
    log,
    services,
    ...(imdsClientId === undefined ? {} : { imdsClientId }),
  })
  const pki = pkiDoor({
    authorities: vault.certificates,
    view: () => vault.view(),
    challengeAnswer: options.challengeAnswer,
    clock,
    log,
  })
  const [firstRegion = 'cn-hangzhou', ...otherRegions] = config.alibabaRegions
  const regions = { domain: config.domain, regions: config.alibabaRegions }
  const authenticate = sharedAuthentication({
    signers: identity.signedRequests,
    clock,
    claimsSince: options.claimsSince,
  })
  const ofKms = {
    vault,
    clock,
    log,
    denials: new DenialLimit(config.denialsPerMinute, clock),
    onThrottled: options.onThrottled,
  }
  const sts = stsDoor({ ...ofKms, authenticate })
  const ofShared = {
    ...ofKms,
    authenticate,
    regionOf: (host: string) => regionOfHost(host, regions) ?? firstRegion,
    settings: {
      regions: [firstRegion, ...otherRegions] as const,
      homeVault: HOME_VAULT,
      caCertificateChain: () => issuersOf(options.certificate()),
    },
  }
  const shared = sharedDoor(ofShared)
  const instanceOf = (host: string): string => instanceOfHost(host, config.domain) ?? HOME_VAULT
  const ofInstance = { ...ofKms, signers: identity.signedRequests, instanceOf }
  const instance = instanceDoor({ ...ofInstance, openApi: sharedDoor({ ...ofShared, instanceOf }) })
  // Whoever comes to the port of both may not find the names of the gateways.
  const either = instanceDoor({ ...ofInstance, openApi: shared })
  const health = healthDoor(readiness)
  return {
    forHost(host, _port, path) {
      const isShared = regionOfHost(host, regions) !== undefined
      if (isShared) return isHealthPath(path) ? health : shared
      if (isStsHost(host, regions)) return isHealthPath(path) ? health : sts
      if (instanceOfHost(host, config.domain) !== undefined) {
        return isHealthPath(path) ? health : instance
      }
      if (managementHosts.includes(host)) return isHealthPath(path) ? health : arm
      if (graphHosts.includes(host)) return isHealthPath(path) ? health : graph
      const isLogin = loginHosts.includes(host)
      if (!isLogin && vaultNameOfHost(host, names) === undefined) return undefined
      if (isHealthPath(path)) return health
      return isLogin ? entra : azure
    },
    // The door itself refuses what is not local, in words that help.
    forIdentityPort: () => managed,
    // An ACME server asks under the name that it is to certify.
    forPkiPort: () => pki,
    forAlibabaPort(host, _port, path) {
      if (isHealthPath(path)) return health
      if (isStsHost(host, regions)) return sts
      return instanceOfHost(host, config.domain) === undefined ? either : instance
    },
  }
}

/** A configured address of the machine reaches the vault `default`; a wildcard is no address. */
function ownAddress(host: string): readonly string[] {
  return host === '0.0.0.0' || host === '::' ? [] : [host]
}

async function localIdentityClient(vault: Vault): Promise<string | undefined> {
  const view = await vault.view()
  const tenant = await view.defaultTenant()
  if (tenant?.localIdentity === undefined) return undefined
  const { principal } = await view.principalAccess(tenant.id, tenant.localIdentity, [])
  return principal?.appId
}
