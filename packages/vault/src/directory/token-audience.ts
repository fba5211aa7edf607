/** The application id of Azure Key Vault in the public cloud, which tokens may name as audience. */
export const KEY_VAULT_APPLICATION = 'cfa8b339-82a2-471a-a3c9-0fc0be7a4093'

/**
 * Tells whether an audience means the vaults of this host: `https://vault.<domain>`, with or
 * without a port and a slash behind, or Key Vault's application id. The port is not compared,
 * because clients ask for the one they reached the server at, which need not be the one it listens
 * on.
 */
export function isVaultAudience(audience: string, host: string): boolean {
  if (audience.toLowerCase() === KEY_VAULT_APPLICATION) return true
  const match = /^https:\/\/([^/:?#@\s]+)(?::\d{1,5})?\/?$/i.exec(audience)
  return match?.[1]?.toLowerCase() === host
}
