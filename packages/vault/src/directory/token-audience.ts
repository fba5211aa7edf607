/** A service of this server that tokens are for: its own hosts, and how the cloud's clients name it. */
export interface TokenAudience {
  /** Lower case, without ports; the first is what messages name. */
  readonly hosts: readonly [string, ...string[]]
  /** The application id that the service has in the public cloud. */
  readonly application: string
  /** Its hosts there, which programs ask tokens for wherever they are pointed. */
  readonly cloudHosts: readonly string[]
}

const SERVICES = {
  vault: { application: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093', cloudHosts: ['vault.azure.net'] },
  management: {
    application: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
    cloudHosts: ['management.azure.com', 'management.core.windows.net'],
  },
  graph: {
    application: '00000003-0000-0000-c000-000000000000',
    cloudHosts: ['graph.microsoft.com'],
  },
} as const

/** The application id of Azure Key Vault in the public cloud. */
export const KEY_VAULT_APPLICATION = SERVICES.vault.application

/**
 * The audience of one of the services.
 * @param hosts lower case, without ports: `vault.<domain>` and others.
 */
export function audienceOf(
  service: keyof typeof SERVICES,
  ...hosts: TokenAudience['hosts']
): TokenAudience {
  return { hosts, ...SERVICES[service] }
}

/**
 * Tells whether an audience means the service: `https://host`, with or without a port and a slash
 * behind, or its application id. The port is not compared, because clients ask for the one they
 * reached the server at, which need not be the one it listens on.
 */
export function isAudienceOf(audience: string, { hosts, application }: TokenAudience): boolean {
  if (audience.toLowerCase() === application) return true
  const match = /^https:\/\/([^/:?#@\s]+)(?::\d{1,5})?\/?$/i.exec(audience)
  return match?.[1] !== undefined && hosts.includes(match[1].toLowerCase())
}

/**
 * Tells whether a resource is the service under its name in the public cloud. A token that is asked
 * for by it names the service here: one of the cloud's own is never taken, and none of ours there.
 */
export function isCloudNameOf(resource: string, { cloudHosts }: TokenAudience): boolean {
  const match = /^https:\/\/([^/:?#@\s]+)\/?$/i.exec(resource)
  return match?.[1] !== undefined && cloudHosts.includes(match[1].toLowerCase())
}
