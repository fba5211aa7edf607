import type { Fetch, OperationOptions, PipelineOptions } from '../core/index.ts'
import { USER_AGENT } from '../core/user-agent.ts'
import type { KmsPlatform } from './kms-platform.ts'
import type { KmsRuntimeOptions } from './kms-runtime-options.ts'

/** What both gateways are told alike about connections. */
interface ConnectionConfig {
  readonly protocol?: 'https' | 'http'
  readonly ca?: string
  readonly ignoreSsl?: boolean
  readonly connectTimeout?: number
  readonly readTimeout?: number
  readonly userAgent?: string
}

/** What a client uses to reach its gateways. */
export interface Surroundings {
  readonly platform?: KmsPlatform | undefined
  /** Instead of the platform's, and of the runtime's own. */
  readonly fetch?: Fetch | undefined
}

/** How the requests of one call are made. */
export interface Connection {
  readonly url: URL
  readonly userAgent: string
  readonly pipeline: PipelineOptions
  readonly call: OperationOptions
}

const CONNECT_TIMEOUT = 5000
const READ_TIMEOUT = 10_000

/** A host and its port. @throws TypeError for anything more, which would lead to another host. */
export function endpointOf(text: string): string {
  if (/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(text)) return text
  throw new TypeError('An endpoint is a host, or host:port.')
}

/** @throws TypeError for options that the surroundings cannot heed. */
export async function connection(
  endpoint: string,
  config: ConnectionConfig,
  runtime: KmsRuntimeOptions,
  surroundings: Surroundings,
): Promise<Connection> {
  const { connectTimeout = config.connectTimeout ?? CONNECT_TIMEOUT, abortSignal } = runtime
  const { readTimeout = config.readTimeout ?? READ_TIMEOUT } = runtime
  const { ca = config.ca, ignoreSsl = config.ignoreSsl } = runtime
  const fetch = await fetchWith({ ca, ignoreSsl, connectTimeout }, surroundings)
  return {
    url: new URL(`${config.protocol ?? 'https'}://${endpoint}/`),
    userAgent: [config.userAgent, USER_AGENT].filter(Boolean).join(' '),
    pipeline: {
      ...(fetch === undefined ? {} : { fetch }),
      timeoutMs: connectTimeout + readTimeout,
      retryOptions: retryOptions(runtime),
    },
    call: abortSignal === undefined ? {} : { abortSignal },
  }
}

function retryOptions({
  autoretry = true,
  maxAttempts = 3,
  backoffPolicy = 'yes',
  backoffPeriod = 1,
}: KmsRuntimeOptions): NonNullable<PipelineOptions['retryOptions']> {
  return {
    maxRetries: autoretry ? maxAttempts : 0,
    retryDelayInMs: backoffPolicy === 'no' ? 0 : backoffPeriod * 1000,
  }
}

interface Trust {
  readonly ca: string | undefined
  readonly ignoreSsl: boolean | undefined
  readonly connectTimeout: number
}

async function fetchWith(
  trust: Trust,
  { platform, fetch }: Surroundings,
): Promise<Fetch | undefined> {
  const { ca, ignoreSsl } = trust
  if (platform === undefined || fetch !== undefined) {
    if (ca === undefined && ignoreSsl !== true) return fetch
    throw new TypeError(
      'ca and ignoreSsl need a platform, such as nodePlatform of @claviger/client/node, and no ' +
        'fetch of your own.',
    )
  }
  return platform.fetchWith({ ...trust, ca: await certificates(ca, platform) })
}

/** A file is read anew for each call, so that a new authority counts as soon as it is there. */
async function certificates(
  ca: string | undefined,
  platform: KmsPlatform,
): Promise<string | undefined> {
  return ca === undefined || ca.includes('-----BEGIN') ? ca : platform.readTextFile(ca)
}
