import { isIP } from 'node:net'
import type { Config } from '../config.ts'

/** What the names of the server depend on. */
export type NamedBy = Pick<
  Config,
  | 'host'
  | 'domain'
  | 'loginHosts'
  | 'managementHosts'
  | 'graphHosts'
  | 'defaultVaultHosts'
  | 'alibabaRegions'
>

/**
 * Every DNS name and IP address the server's certificate covers, in a stable order. Vaults with a
 * plain label are covered by the wildcard, which clients accept because it is two labels deep or
 * more; hosts given in `vaultHosts` stand beside it for clients that take no wildcard.
 */
export function serverNames(named: NamedBy, vaultHosts: readonly string[] = []): readonly string[] {
  const { host, domain, alibabaRegions } = named
  const names = [
    'localhost',
    '127.0.0.1',
    '::1',
    `*.vault.${domain}`,
    `vault.${domain}`,
    `default.vault.${domain}`,
    `login.${domain}`,
    `management.${domain}`,
    `graph.${domain}`,
    ...alibabaRegions.flatMap((region) => [`kms.${region}.${domain}`, `kms-vpc.${region}.${domain}`]),
    `sts.${domain}`,
    ...alibabaRegions.map((region) => `sts.${region}.${domain}`),
    `*.cryptoservice.kms.${domain}`,
    `kst-default.cryptoservice.kms.${domain}`,
    ...named.loginHosts,
    ...named.managementHosts,
    ...named.graphHosts,
    ...named.defaultVaultHosts,
    ...vaultHosts,
  ]
  // A wildcard address is no name that a client could connect to.
  const reachable = isIP(host) !== 0 && host !== '0.0.0.0' && host !== '::'
  return [...new Set(reachable ? [...names, host] : names)]
}
