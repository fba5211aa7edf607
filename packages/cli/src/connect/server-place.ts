import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import { readNumber } from '../read-options.ts'

/** How a command line names a server. */
export interface PlaceOptions {
  readonly domain?: string
  readonly port?: string
  readonly vaultName?: string
}

/** Where programs reach a server; no URL ends in a slash. */
export interface ServerPlace {
  /** The domain that all its names are below. */
  readonly domain: string
  readonly vaultUrl: string
  readonly loginUrl: string
  readonly managementUrl: string
  /** `host:port` of Azure Resource Manager. */
  readonly management: string
  /** Every name that programs have to find. */
  readonly hosts: readonly string[]
}

/** Where a server listens when nobody says so. */
const DEFAULT_PORT = 8443
/** The default HTTPS port, which clients leave out of URLs and compare without. */
const HTTPS_PORT = 443

/** The hosts of the server of `--domain` and `--port`, or of the vault in AZURE_KEYVAULT_URL. */
export function serverPlaceOf(options: PlaceOptions, context: CommandContext): ServerPlace {
  const { vault, domain, port } = namedPlace(options, context)
  const suffix = port === HTTPS_PORT ? '' : `:${port}`
  const vaultHost = `${vault}.vault.${domain}`
  const login = `login.${domain}`
  const management = `management.${domain}`
  return {
    domain,
    vaultUrl: `https://${vaultHost}${suffix}`,
    loginUrl: `https://${login}${suffix}`,
    managementUrl: `https://${management}${suffix}`,
    management: `${management}${suffix}`,
    hosts: [vaultHost, login, management, `graph.${domain}`],
  }
}

interface NamedPlace {
  readonly vault: string
  readonly domain: string
  readonly port: number
}

function namedPlace(options: PlaceOptions, context: CommandContext): NamedPlace {
  const { say, surroundings } = context
  const asked = readNumber('--port', options.port, { least: 1, most: 65_535 }, say)
  const known = placeIn(surroundings.environment['AZURE_KEYVAULT_URL'] ?? '')
  const vault = options.vaultName ?? known?.vault ?? 'default'
  if (!/^[a-z0-9-]{1,127}$/i.test(vault)) throw usageError(say('badVaultName', { name: vault }))
  if (options.domain !== undefined) {
    const { domain } = options
    if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*$/i.test(domain)) throw usageError(say('badDomain', { domain }))
    return { vault, domain, port: asked ?? DEFAULT_PORT }
  }
  // The cloud has its login elsewhere, and needs none of this.
  if (known === undefined || known.domain === 'azure.net') throw usageError(say('noServer'))
  return { vault, domain: known.domain, port: asked ?? known.port }
}

function placeIn(url: string): NamedPlace | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, hostname, port } = new URL(url)
  const [, vault, domain] = /^([a-z0-9-]+)\.vault\.([a-z0-9.-]+)$/.exec(hostname) ?? []
  if (protocol !== 'https:' || vault === undefined || domain === undefined) return undefined
  return { vault, domain, port: port === '' ? HTTPS_PORT : Number(port) }
}
