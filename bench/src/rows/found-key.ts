import type { KeyRef, Vault } from '@claviger/vault'

/** Looks a key up by the id that the wire names it by, as every request of that wire has to. */
export async function foundKey(vault: Vault, keyId: string): Promise<KeyRef> {
  const tenant = await (await vault.view()).defaultTenant()
  const place = tenant && (await vault.keyFinder.find(tenant.id, { keyId }))
  if (place === undefined) throw new Error(`There is no key ${keyId}.`)
  return { vault: place.vault, name: place.name }
}
