import type { Config } from './config.ts'
import { logLevels } from './log.ts'
import {
  dnsName,
  guid,
  hostList,
  httpsUrlList,
  httpUrl,
  issuerUrl,
  label,
  labelList,
  listenHost,
  oneOf,
  onOff,
  optional,
  orOff,
  path,
  port,
  sinkPlaces,
  type Setting,
  storeCode,
  wholeNumber,
  word,
} from './setting.ts'

const absent = { defaultText: 'none', fallback: (): undefined => undefined }

function plain<Value extends string | number>(value: Value) {
  return { defaultText: `\`${value}\``, fallback: (): Value => value }
}

/** The table of settings, in the order of the documentation; one row per field of `Config`. */
export const settings: { readonly [Name in keyof Config]: Setting<Config[Name]> } = {
  dataDir: {
    variable: 'CLAVIGER_DATA_DIR',
    description: 'Folder of the store, the admin socket and the client files.',
    ...path(),
    defaultText: '`./claviger-data`',
    fallback: (surroundings) => `${surroundings.workingDirectory}/claviger-data`,
  },
  host: {
    variable: 'CLAVIGER_HOST',
    description: 'Address the HTTPS port listens on; only this machine reaches the default.',
    ...listenHost(),
    ...plain('localhost'),
  },
  port: {
    variable: 'CLAVIGER_PORT',
    description: 'The HTTPS port of vaults, login and the gateways of Alibaba Cloud KMS.',
    ...port(),
    ...plain(8443),
  },
  domain: {
    variable: 'CLAVIGER_DOMAIN',
    description:
      'Vaults are `<name>.vault.<domain>`, the login host is `login.<domain>`; of Alibaba Cloud KMS the ' +
      'shared gateway is `kms.<region>.<domain>`, an instance `kst-<name>.cryptoservice.kms.<domain>`, ' +
      'and sessions are begun at `sts.<domain>`.',
    ...dnsName(),
    ...plain('localhost'),
  },
  workers: {
    variable: 'CLAVIGER_WORKERS',
    description: 'Processes that answer requests.',
    ...wholeNumber(1, 64),
    defaultText: 'one per core, at most 16',
    fallback: ({ cores }) => Math.max(1, Math.min(cores, 16)),
  },
  identityPort: {
    variable: 'CLAVIGER_IDENTITY_PORT',
    description: 'Plain HTTP port of the managed-identity endpoint, on 127.0.0.1 alone.',
    ...port(),
    ...plain(8444),
  },
  imds: {
    variable: 'CLAVIGER_IMDS',
    description: 'Whether the identity port also answers in the form of IMDS, to whoever asks.',
    ...onOff(),
    defaultText: '`off`',
    fallback: () => false,
  },
  metricsPort: {
    variable: 'CLAVIGER_METRICS_PORT',
    description: 'Plain HTTP port of `/metrics` for Prometheus, on 127.0.0.1 alone.',
    ...orOff(port()),
    ...plain(8445),
  },
  pkiPort: {
    variable: 'CLAVIGER_PKI_PORT',
    description:
      'Plain HTTP port, at the address of the HTTPS port, of what the authorities of the vaults ' +
      'publish (certificates, revocation lists, OCSP) and of answers to HTTP-01 challenges.',
    ...orOff(port()),
    ...plain(8446),
  },
  pkiUrl: {
    variable: 'CLAVIGER_PKI_URL',
    description:
      'Where clients reach that port; stands in the certificates that the authorities issue, so ' +
      'choose it before the first.',
    ...optional(httpUrl()),
    defaultText: '`http://localhost:<port>`, or `http://pki.<domain>:<port>` with a domain of your own',
    fallback: () => undefined,
  },
  alibabaRegions: {
    variable: 'CLAVIGER_ALIBABA_REGIONS',
    description:
      'Regions of the shared gateway of Alibaba Cloud KMS, `kms.<region>.<domain>`; the first is that ' +
      'of requests whose host names none. All of them show the same keys and secrets.',
    ...labelList(),
    defaultText: '`cn-hangzhou`',
    fallback: () => ['cn-hangzhou'],
  },
  alibabaPort: {
    variable: 'CLAVIGER_ALIBABA_PORT',
    description:
      'HTTPS port at which every host reaches the gateways of Alibaba Cloud KMS, for programs that do ' +
      'not find their names.',
    ...orOff(port()),
    ...plain(8447),
  },
  rootKeyFile: {
    variable: 'CLAVIGER_ROOT_KEY_FILE',
    description: 'File of the root key (mode 0600), made at the first start. Keep it elsewhere.',
    ...path(),
    defaultText: 'the data folder’s path followed by `.root-key`',
    fallback: (surroundings) => `${surroundings.workingDirectory}/claviger-data.root-key`,
  },
  passphraseFile: {
    variable: 'CLAVIGER_PASSPHRASE_FILE',
    description: 'File of the passphrase that unseals the vault, instead of a root key file.',
    ...optional(path()),
    ...absent,
  },
  spareRsaKeys: {
    variable: 'CLAVIGER_SPARE_RSA_KEYS',
    description:
      'RSA keys of 2048 bits that each worker makes ahead while it has nothing else to do; they ' +
      'stay in its memory until somebody creates a key.',
    ...wholeNumber(0, 100),
    ...plain(4),
  },
  acceptStore: {
    variable: 'CLAVIGER_ACCEPT_STORE',
    description:
      'The code that a start has named which found records missing or put back: starts once more ' +
      'with the store as it is. The audit says so.',
    ...optional(storeCode()),
    ...absent,
  },
  tlsCertFile: {
    variable: 'CLAVIGER_TLS_CERT_FILE',
    description: 'PEM file of your own certificate and its chain, instead of the server’s own CA.',
    ...optional(path()),
    ...absent,
  },
  tlsKeyFile: {
    variable: 'CLAVIGER_TLS_KEY_FILE',
    description: 'PEM file of that certificate’s private key.',
    ...optional(path()),
    ...absent,
  },
  loginHosts: {
    variable: 'CLAVIGER_LOGIN_HOSTS',
    description: 'Further names of the login door, such as `login.microsoftonline.com`.',
    ...hostList(),
    defaultText: 'none',
    fallback: () => [],
  },
  managementHosts: {
    variable: 'CLAVIGER_MANAGEMENT_HOSTS',
    description:
      'Further names of the resource manager door, besides `management.<domain>`, such as ' +
      '`management.azure.com`.',
    ...hostList(),
    defaultText: 'none',
    fallback: () => [],
  },
  graphHosts: {
    variable: 'CLAVIGER_GRAPH_HOSTS',
    description: 'Further names of the Graph door, besides `graph.<domain>`, such as `graph.microsoft.com`.',
    ...hostList(),
    defaultText: 'none',
    fallback: () => [],
  },
  defaultVaultHosts: {
    variable: 'CLAVIGER_DEFAULT_VAULT_HOSTS',
    description:
      'Further names that reach the vault `default`, besides `localhost`, `127.0.0.1` and `::1`.',
    ...hostList(),
    defaultText: 'none',
    fallback: () => [],
  },
  trustedIssuersFile: {
    variable: 'CLAVIGER_TRUSTED_ISSUERS_FILE',
    description: 'JSON file of further token issuers, such as an Entra tenant or Keycloak.',
    ...optional(path()),
    ...absent,
  },
  oidcIssuer: {
    variable: 'CLAVIGER_OIDC_ISSUER',
    description:
      'An OpenID Connect provider at which people of the default tenant may sign in, besides by ' +
      'password and passkey. Register `https://login.<domain>:<port>/federated/callback` there.',
    ...optional(issuerUrl()),
    ...absent,
  },
  oidcClientId: {
    variable: 'CLAVIGER_OIDC_CLIENT_ID',
    description: 'The client id that the provider knows this server by.',
    ...optional(word()),
    ...absent,
  },
  oidcClientSecretFile: {
    variable: 'CLAVIGER_OIDC_CLIENT_SECRET_FILE',
    description: 'File of the client secret (mode 0600); without it, PKCE alone proves the client.',
    ...optional(path()),
    ...absent,
  },
  oidcUserNameClaim: {
    variable: 'CLAVIGER_OIDC_USER_NAME_CLAIM',
    description: 'The claim of the id token that becomes the user name of a new user.',
    ...word(),
    ...plain('preferred_username'),
  },
  oidcNewUsers: {
    variable: 'CLAVIGER_OIDC_NEW_USERS',
    description:
      'Whether whoever the provider vouches for becomes a user, without any rights; else the operator ' +
      'links each one with `user link`.',
    ...onOff(),
    defaultText: '`off`',
    fallback: () => false,
  },
  acmeDirectories: {
    variable: 'CLAVIGER_ACME_DIRECTORIES',
    description:
      'Directories of the ACME servers that issuers of the vaults may name, such as ' +
      '`https://acme-v02.api.letsencrypt.org/directory`. The server calls no others. To list one ' +
      'is to agree to its terms of service.',
    ...httpsUrlList(),
    defaultText: 'none',
    fallback: () => [],
  },
  acmeDnsHook: {
    variable: 'CLAVIGER_ACME_DNS_HOOK',
    description:
      'Program that sets and removes the TXT records of DNS-01 challenges. It is run as ' +
      '`<program> present <name> <value>` and `<program> cleanup <name> <value>`.',
    ...optional(path()),
    ...absent,
  },
  auditSinks: {
    variable: 'CLAVIGER_AUDIT_SINKS',
    description:
      'Where the audit of vaults may also go. The diagnostic settings of a vault name these: the ' +
      'name is that of the storage account, workspace or event hub namespace there.',
    ...sinkPlaces(),
    defaultText: 'none',
    fallback: () => [],
  },
  auditSinkTokensDir: {
    variable: 'CLAVIGER_AUDIT_SINK_TOKENS_DIR',
    description:
      'Folder with bearer tokens for these URLs: a file of mode 0600 that has the name of the sink. ' +
      'It is read again for each batch.',
    ...optional(path()),
    ...absent,
  },
  logLevel: {
    variable: 'CLAVIGER_LOG_LEVEL',
    description: 'Least severe lines in the log on standard error.',
    ...oneOf(...logLevels),
    ...plain('info'),
  },
  region: {
    variable: 'CLAVIGER_REGION',
    description: 'Location that the vaults say they are in.',
    ...label(),
    ...plain('local'),
  },
  tenantId: {
    variable: 'CLAVIGER_TENANT_ID',
    description: 'Id of the tenant; read at the first start alone.',
    ...optional(guid()),
    defaultText: 'a random one',
    fallback: () => undefined,
  },
  tokenLifetimeSeconds: {
    variable: 'CLAVIGER_TOKEN_LIFETIME_SECONDS',
    description: 'Life of an access token.',
    ...wholeNumber(60, 86_400, 'seconds'),
    ...plain(3600),
  },
  softDeleteDays: {
    variable: 'CLAVIGER_SOFT_DELETE_DAYS',
    description: 'How long a deleted object of a new vault can be recovered.',
    ...wholeNumber(7, 90, 'days'),
    ...plain(90),
  },
  bodyLimitBytes: {
    variable: 'CLAVIGER_BODY_LIMIT_BYTES',
    description: 'Largest request body.',
    ...wholeNumber(65_536, 67_108_864, 'bytes'),
    ...plain(1_048_576),
  },
  headerLimitBytes: {
    variable: 'CLAVIGER_HEADER_LIMIT_BYTES',
    description:
      'Largest request line and headers together; a token with many groups is long, and clients of ' +
      'Alibaba Cloud KMS put all they send into the query.',
    ...wholeNumber(8192, 262_144, 'bytes'),
    ...plain(131_072),
  },
  headersTimeoutMs: {
    variable: 'CLAVIGER_HEADERS_TIMEOUT_MS',
    description: 'Time a client has for its request line and headers, and for the TLS handshake.',
    ...wholeNumber(100, 600_000, 'milliseconds'),
    ...plain(10_000),
  },
  requestTimeoutMs: {
    variable: 'CLAVIGER_REQUEST_TIMEOUT_MS',
    description: 'Time a client has for its whole request.',
    ...wholeNumber(100, 600_000, 'milliseconds'),
    ...plain(30_000),
  },
  keepAliveTimeoutMs: {
    variable: 'CLAVIGER_KEEP_ALIVE_TIMEOUT_MS',
    description: 'Time an idle connection stays open.',
    ...wholeNumber(1000, 600_000, 'milliseconds'),
    ...plain(75_000),
  },
  requestsInFlight: {
    variable: 'CLAVIGER_REQUESTS_IN_FLIGHT',
    description: 'Requests that one worker works on at a time; more are refused.',
    ...wholeNumber(1, 100_000),
    ...plain(1024),
  },
  denialsPerMinute: {
    variable: 'CLAVIGER_DENIALS_PER_MINUTE',
    description:
      'How often a caller may be denied one operation of a vault in a minute, in one worker. ' +
      'Each denial is an audit entry; what is asked above that is refused with 429.',
    ...wholeNumber(1, 1_000_000),
    ...plain(600),
  },
  shutdownGraceMs: {
    variable: 'CLAVIGER_SHUTDOWN_GRACE_MS',
    description: 'Time that requests in flight have to finish when the server stops.',
    ...wholeNumber(0, 600_000, 'milliseconds'),
    ...plain(15_000),
  },
}
