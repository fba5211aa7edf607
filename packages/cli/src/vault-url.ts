import { usageError } from './cli-error.ts'
import type { CommandContext } from './command-context.ts'
import type { Say } from './language/messages.ts'

/** How a command line names a vault. */
export interface VaultOptions {
  readonly vaultName?: string
  readonly vaultUrl?: string
}

/**
 * The URL of the vault that is meant. A name alone is of the domain that AZURE_KEYVAULT_URL has, so
 * that all vaults of a server are at hand, or else of the public cloud.
 */
export function vaultUrlOf(
  { vaultName, vaultUrl }: VaultOptions,
  { surroundings, say }: CommandContext,
): string {
  const known = surroundings.environment['AZURE_KEYVAULT_URL'] || undefined
  if (vaultName === undefined) {
    const url = vaultUrl ?? known
    if (url === undefined) throw usageError(say('noVault'))
    if (!isHttps(url)) throw usageError(say('badVaultUrl', { url }))
    return url
  }
  // It becomes a part of a host name: anything else would lead to another host.
  if (!/^[a-z0-9-]{1,127}$/i.test(vaultName)) throw usageError(say('badVaultName', { name: vaultName }))
  return namedVaultUrl(vaultName, vaultUrl ?? known, say)
}

/**
 * The URL of a vault by its name, in the domain of another one.
 * @throws CliError when the other one is in none.
 */
export function namedVaultUrl(name: string, neighbour: string | undefined, say: Say): string {
  if (neighbour === undefined || !isHttps(neighbour)) return `https://${name}.vault.azure.net`
  const { host, hostname } = new URL(neighbour)
  // `localhost` and addresses have no domain; a part of them would lead to somebody else's host.
  if (!/\.[^.]*[^.\d]/.test(hostname)) throw usageError(say('noDomain', { host }))
  return `https://${name}${host.slice(host.indexOf('.'))}`
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:'
}
