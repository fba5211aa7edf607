import { LOOPBACK_HOSTS } from '../../loopback-hosts.ts'
import type { AzureSettings } from './settings.ts'

/** A vault name: no other label can be one, so none is looked up (Microsoft's naming rules). */
const VAULT_NAME = /^[0-9a-z-]{1,63}$/

/**
 * The vault that a host names: its label before the suffix, or `default` for this machine's own
 * names and the configured ones. `undefined` when the host is none of the data plane's.
 * @param host lower case, without port and brackets, as in `WireRequest`.
 */
export function vaultNameOfHost(
  host: string,
  { vaultSuffix, defaultVaultHosts }: Pick<AzureSettings, 'vaultSuffix' | 'defaultVaultHosts'>,
): string | undefined {
  const suffix = `.${vaultSuffix}`
  if (host.endsWith(suffix)) {
    const label = host.slice(0, -suffix.length)
    return VAULT_NAME.test(label) ? label : undefined
  }
  return LOOPBACK_HOSTS.includes(host) || defaultVaultHosts.includes(host) ? 'default' : undefined
}
