import { isGuid } from '../identifier.ts'

/** Entra's two generations of tokens; they differ in claim names and in the issuer. */
export type TokenVersion = 'v1' | 'v2'

/**
 * The issuer's name in tokens: `https://login…/<tenant>/`, with `v2.0` after it for v2.
 * @param origin scheme, host and port of the login host, without a slash.
 */
export function issuerName(origin: string, tenant: string, version: TokenVersion): string {
  return version === 'v1' ? `${origin}/${tenant}/` : `${origin}/${tenant}/v2.0`
}

/**
 * The tenant that a token of ours names as its issuer; `undefined` for others' issuers. The port is
 * not compared: a server that moved to another port must not refuse the tokens of an hour ago, and
 * it is the tenant's key that proves the token.
 */
export function tenantOfIssuer(issuer: string, loginHosts: readonly string[]): string | undefined {
  const match = /^https:\/\/([^/:]+|\[[^/\]]+\])(?::\d{1,5})?\/([^/]+)\/(?:v2\.0)?$/.exec(issuer)
  const [, host = '', tenant = ''] = match ?? []
  return isGuid(tenant) && loginHosts.includes(host.toLowerCase())
    ? tenant.toLowerCase()
    : undefined
}
