/** The vault: `AZURE_KEYVAULT_URL`, or the one of the public cloud that `KEY_VAULT_NAME` names. */
export function vaultUrl(): string {
  const { AZURE_KEYVAULT_URL: url, KEY_VAULT_NAME: name } = process.env
  if (url) return url
  if (name) return `https://${name}.vault.azure.net`
  throw new Error('Set KEY_VAULT_NAME, or AZURE_KEYVAULT_URL.')
}
