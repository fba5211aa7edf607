import { availableParallelism } from 'node:os'
import type { SinkPlace } from './audit-delivery/sink-place.ts'
import { ENVIRONMENT } from './environment.ts'
import type { LogLevel } from './log.ts'
import type { Surroundings } from './setting.ts'
import { settings } from './settings.ts'

/** Everything an operator can set. `settings.ts` says how each field is read; nothing else is. */
export interface Config {
  /** Folder of the store, sockets and client files; absolute. Default `./claviger-data`. */
  readonly dataDir: string
  /** IP address the HTTPS port listens on, or `localhost` for both loopback ones. Default `localhost`. */
  readonly host: string
  /** HTTPS port; 0 is any free one. Default 8443. */
  readonly port: number
  /** Vaults are `<name>.vault.<domain>`, the login host `login.<domain>`. Default `localhost`. */
  readonly domain: string
  /** Worker processes. Default one per core, at most 16. */
  readonly workers: number
  /**
   * Loopback port of the managed-identity endpoint, plain HTTP; 0 is any free one. Default 8444.
   */
  readonly identityPort: number
  /** Whether the identity port also answers in the form of IMDS. Default false. */
  readonly imds: boolean
  /** Loopback port of `/metrics`, plain HTTP; 0 is any free one. Default 8445. */
  readonly metricsPort: number | 'off'
  /** Plain HTTP port of revocation lists, OCSP and HTTP-01 challenges; 0 is any free one. Default 8446. */
  readonly pkiPort: number | 'off'
  /** Where clients reach `pkiPort`, without a slash at the end. Default by domain and port. */
  readonly pkiUrl: string | undefined
  /** Regions of the shared KMS gateway, `kms.<region>.<domain>`. Default `cn-hangzhou`. */
  readonly alibabaRegions: readonly string[]
  /** HTTPS port at which any host reaches the KMS gateways; 0 is any free one. Default 8447. */
  readonly alibabaPort: number | 'off'
  /** File of the root key, used unless there is a passphrase. Default `<dataDir>.root-key`. */
  readonly rootKeyFile: string
  /** File of the passphrase that unseals the vault. Default none. */
  readonly passphraseFile: string | undefined
  /** RSA keys of 2048 bits that each worker makes ahead in idle time, in memory. Default 4. */
  readonly spareRsaKeys: number
  /** Code of a store that was refused at a start and is to be served as it is. Default none. */
  readonly acceptStore: string | undefined
  /** PEM file of the operator's certificate and chain. Default none: the server's own CA. */
  readonly tlsCertFile: string | undefined
  /** PEM file of the key of `tlsCertFile`. Default none. */
  readonly tlsKeyFile: string | undefined
  /** Further names of the login door, such as login.microsoftonline.com. Default none. */
  readonly loginHosts: readonly string[]
  /** Further names of the resource manager door. Default none. */
  readonly managementHosts: readonly string[]
  /** Further names of the Graph door. Default none. */
  readonly graphHosts: readonly string[]
  /** Further names of the vault `default`, besides localhost, 127.0.0.1 and ::1. Default none. */
  readonly defaultVaultHosts: readonly string[]
  /** JSON file of further token issuers. Default none. */
  readonly trustedIssuersFile: string | undefined
  /** An OpenID Connect provider at which people may sign in. Default none. */
  readonly oidcIssuer: string | undefined
  readonly oidcClientId: string | undefined
  /** File of the client secret at the provider. Default none. */
  readonly oidcClientSecretFile: string | undefined
  /** The claim that becomes the user name. Default `preferred_username`. */
  readonly oidcUserNameClaim: string
  /** Whether users of the provider become users here. Default false. */
  readonly oidcNewUsers: boolean
  /** Directories of the ACME servers that may be called, as `URL` writes them. Default none. */
  readonly acmeDirectories: readonly string[]
  /** Program that sets the TXT records of DNS-01 challenges. Default none. */
  readonly acmeDnsHook: string | undefined
  /** Where the audit of vaults may also go, by the names that diagnostic settings use. Default none. */
  readonly auditSinks: readonly SinkPlace[]
  /** Folder of bearer tokens for `auditSinks`, a file each. Default none. */
  readonly auditSinkTokensDir: string | undefined
  /** Least severe log lines written. Default `info`. */
  readonly logLevel: LogLevel
  /** Location that the vaults say they are in. Default `local`. */
  readonly region: string
  /** The tenant's id, used at the first start alone. Default random. */
  readonly tenantId: string | undefined
  /** Life of an access token in seconds. Default 3600. */
  readonly tokenLifetimeSeconds: number
  /** Days a deleted object of a new vault can be recovered. Default 90. */
  readonly softDeleteDays: number
  /** Largest request body in bytes. Default 1 MiB. */
  readonly bodyLimitBytes: number
  /** Largest request head in bytes. Default 128 KiB. */
  readonly headerLimitBytes: number
  /** Milliseconds a client has for its request head. Default 10 s. */
  readonly headersTimeoutMs: number
  /** Milliseconds a client has for its whole request. Default 30 s. */
  readonly requestTimeoutMs: number
  /** Milliseconds an idle connection stays open. Default 75 s. */
  readonly keepAliveTimeoutMs: number
  /** Requests one worker works on at a time; more are refused. Default 1024. */
  readonly requestsInFlight: number
  /** Denials a minute of one caller, for each vault and operation, in each worker. Default 600. */
  readonly denialsPerMinute: number
  /** Milliseconds that requests in flight have to finish at shutdown. Default 15 s. */
  readonly shutdownGraceMs: number
}

/** Everything that is wrong with the settings, each a sentence that says what to change. */
export class ConfigError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The settings are not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/**
 * Reads the settings from the environment; an empty variable counts as absent.
 * @throws ConfigError once, with every problem.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = ENVIRONMENT,
  surroundings: Surroundings = { workingDirectory: process.cwd(), cores: availableParallelism() },
): Config {
  const problems: string[] = unknownVariables(env)
  const read = <Name extends keyof Config>(name: Name): Config[Name] => {
    const setting = settings[name]
    const text = env[setting.variable]?.trim() ?? ''
    if (text === '') return setting.fallback(surroundings)
    const value = setting.parse(text, surroundings)
    if (value !== undefined) return value
    problems.push(`${setting.variable} must be ${setting.form}; it is ${quote(text)}.`)
    return setting.fallback(surroundings)
  }
  const dataDir = read('dataDir')
  const config: Config = {
    dataDir,
    host: read('host'),
    port: read('port'),
    domain: read('domain'),
    workers: read('workers'),
    identityPort: read('identityPort'),
    imds: read('imds'),
    metricsPort: read('metricsPort'),
    pkiPort: read('pkiPort'),
    alibabaRegions: read('alibabaRegions'),
    alibabaPort: read('alibabaPort'),
    pkiUrl: read('pkiUrl'),
    rootKeyFile: isSet(env, 'rootKeyFile') ? read('rootKeyFile') : `${dataDir}.root-key`,
    passphraseFile: read('passphraseFile'),
    spareRsaKeys: read('spareRsaKeys'),
    acceptStore: read('acceptStore'),
    tlsCertFile: read('tlsCertFile'),
    tlsKeyFile: read('tlsKeyFile'),
    loginHosts: read('loginHosts'),
    managementHosts: read('managementHosts'),
    graphHosts: read('graphHosts'),
    defaultVaultHosts: read('defaultVaultHosts'),
    trustedIssuersFile: read('trustedIssuersFile'),
    oidcIssuer: read('oidcIssuer'),
    oidcClientId: read('oidcClientId'),
    oidcClientSecretFile: read('oidcClientSecretFile'),
    oidcUserNameClaim: read('oidcUserNameClaim'),
    oidcNewUsers: read('oidcNewUsers'),
    acmeDirectories: read('acmeDirectories'),
    acmeDnsHook: read('acmeDnsHook'),
    auditSinks: read('auditSinks'),
    auditSinkTokensDir: read('auditSinkTokensDir'),
    logLevel: read('logLevel'),
    region: read('region'),
    tenantId: read('tenantId'),
    tokenLifetimeSeconds: read('tokenLifetimeSeconds'),
    softDeleteDays: read('softDeleteDays'),
    bodyLimitBytes: read('bodyLimitBytes'),
    headerLimitBytes: read('headerLimitBytes'),
    headersTimeoutMs: read('headersTimeoutMs'),
    requestTimeoutMs: read('requestTimeoutMs'),
    keepAliveTimeoutMs: read('keepAliveTimeoutMs'),
    requestsInFlight: read('requestsInFlight'),
    denialsPerMinute: read('denialsPerMinute'),
    shutdownGraceMs: read('shutdownGraceMs'),
  }
  problems.push(...contradictions(config, isSet(env, 'rootKeyFile')))
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

function isSet(env: Readonly<Record<string, string | undefined>>, name: keyof Config): boolean {
  return (env[settings[name].variable]?.trim() ?? '') !== ''
}

/** A misspelt setting would otherwise be silently ignored, which for a vault can be dangerous. */
function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = new Set<string>(Object.values(settings).map(({ variable }) => variable))
  // A shell in which the tests were run has these.
  known.add('CLAVIGER_VECTORS_DIR').add('CLAVIGER_SEEDS_DIR')
  // Kubernetes adds these to each container when a service is called `claviger`.
  const foreign = /^CLAVIGER_(SERVICE|PORT)_/
  return Object.keys(env)
    .filter((name) => name.startsWith('CLAVIGER_') && !known.has(name) && !foreign.test(name))
    .map((name) => `${name} is not a setting; correct its name or remove it.`)
}

/** A name leads to one door. */
function doubledHosts(config: Config, variable: (name: keyof Config) => string): string[] {
  const lists = ['loginHosts', 'managementHosts', 'graphHosts', 'defaultVaultHosts'] as const
  return lists.flatMap((one, index) =>
    lists.slice(index + 1).flatMap((other) => {
      const doubled = config[one].filter((host) => config[other].includes(host))
      if (doubled.length === 0) return []
      return [
        `${doubled.join(', ')} is in both ${variable(one)} and ${variable(other)}; ` +
          'leave each name in one of them.',
      ]
    }),
  )
}

function contradictions(config: Config, hasRootKeyFile: boolean): string[] {
  const variable = (name: keyof Config): string => settings[name].variable
  const problems: string[] = []
  const { tlsCertFile, tlsKeyFile } = config
  if ((tlsCertFile === undefined) !== (tlsKeyFile === undefined)) {
    const [has, lacks]: [keyof Config, keyof Config] =
      tlsCertFile === undefined ? ['tlsKeyFile', 'tlsCertFile'] : ['tlsCertFile', 'tlsKeyFile']
    problems.push(`${variable(has)} is set without ${variable(lacks)}; set both or neither.`)
  }
  if ((config.oidcIssuer === undefined) !== (config.oidcClientId === undefined)) {
    const names = [variable('oidcIssuer'), variable('oidcClientId')]
    problems.push(`${names.join(' and ')} go together; set both or neither.`)
  }
  if (hasRootKeyFile && config.passphraseFile !== undefined) {
    problems.push(
      `${variable('rootKeyFile')} and ${variable('passphraseFile')} are both set; ` +
        'the vault has one seal, remove one of them.',
    )
  }
  problems.push(...doubledHosts(config, variable))
  if (config.headersTimeoutMs > config.requestTimeoutMs) {
    problems.push(
      `${variable('headersTimeoutMs')} is longer than ${variable('requestTimeoutMs')}; ` +
        'the head is a part of the request, make the first shorter or the second longer.',
    )
  }
  return [...problems, ...portClashes(config, variable)]
}

function portClashes(config: Config, variable: (name: keyof Config) => string): string[] {
  const names = ['port', 'identityPort', 'metricsPort', 'pkiPort', 'alibabaPort'] as const
  return names.flatMap((name, index) =>
    names
      .slice(index + 1)
      .filter((other) => config[name] === config[other] && ![0, 'off'].includes(config[name]))
      .map(
        (other) =>
          `${variable(name)} and ${variable(other)} are both ${config[name]}; ` +
          'give each its own port.',
      ),
  )
}

/** Shows a wrong value safely: no setting holds a secret, and control characters are escaped. */
function quote(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
}
