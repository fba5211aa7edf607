import { systemCall, type Vault } from '@claviger/vault'
import { AcmeDriver } from '../acme/acme-driver.ts'
import { DnsHook } from '../acme/dns-hook.ts'
import type { HttpChallenges } from '../acme/http-challenges.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'

/** What places orders at the ACME servers that the operator has listed. */
export function openAcme(
  { acmeDirectories, acmeDnsHook, pkiPort }: Config,
  vault: Vault,
  challenges: HttpChallenges,
  log: Log,
): AcmeDriver {
  return new AcmeDriver({
    orders: vault.certificates,
    call: (tenant) => systemCall('acme', tenant),
    directories: acmeDirectories,
    solvers: {
      http: pkiPort === 'off' ? undefined : challenges,
      dns: acmeDnsHook === undefined ? undefined : new DnsHook(acmeDnsHook),
    },
    log,
  })
}
