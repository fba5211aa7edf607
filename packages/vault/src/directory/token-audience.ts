/** A service of this server that tokens are for: its own hosts, and how the cloud's clients name it. */
export interface TokenAudience {
  /** Lower case, without ports; the first is what messages name. */
  readonly hosts: readonly [string, ...string[]]
  /** The application id that the service has in the public cloud. */
  readonly application: string
}

/** Application ids of the cloud's services, which tokens may name as their audience. */
const APPLICATIONS = {
  vault: 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093',
  management: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  graph: '00000003-0000-0000-c000-000000000000',
} as const

/** The application id of Azure Key Vault in the public cloud. */
export const KEY_VAULT_APPLICATION = APPLICATIONS.vault

/**
 * The audience of one of the services.
 * @param hosts lower case, without ports: `vault.<domain>` and others.
 */
export function audienceOf(
  service: keyof typeof APPLICATIONS,
  ...hosts: TokenAudience['hosts']
): TokenAudience {
  return { hosts, application: APPLICATIONS[service] }
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
