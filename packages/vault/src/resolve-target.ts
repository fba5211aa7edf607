import type { AccessView } from './access/access-cache.ts'
import type { Caller } from './access/caller.ts'
import { Fault } from './fault.ts'
import type { Target, WantedTarget } from './operation.ts'
import type { VaultRecord } from './vaults/vault-record.ts'
import { isVaultName } from './vaults/vault-rules.ts'

/**
 * The target with its scope. Where that cannot be told it is `/`, under which fewest may do something,
 * and the operation meets what is wrong by itself.
 */
export async function targetOf(
  wanted: WantedTarget,
  caller: Caller,
  currentView: () => Promise<AccessView>,
): Promise<Target> {
  if (!('scopeIn' in wanted)) return wanted
  try {
    const tenant = await (await currentView()).tenant(caller.tenant)
    return { scope: tenant === undefined ? '/' : wanted.scopeIn(tenant) }
  } catch {
    return { scope: '/' }
  }
}

/**
 * The vault of a target; one of another tenant does not exist for the caller.
 * @returns `undefined` for a target that is a scope. @throws Fault VaultNotFound
 */
export async function resolveVault(
  view: AccessView,
  caller: Caller,
  target: Target,
  deletedToo: boolean,
): Promise<VaultRecord | undefined> {
  if (!('vault' in target)) return undefined
  const vault = isVaultName(target.vault) ? await view.vaultByName(target.vault) : undefined
  const isThere = vault !== undefined && (vault.deleted === undefined || deletedToo)
  if (isThere && (caller.kind === 'system' || vault.tenant === caller.tenant)) return vault
  throw new Fault('VaultNotFound', { name: target.vault })
}

/** As permissions name it, such as `keys/name`. */
export function objectOf(target: Target): string | undefined {
  return 'vault' in target ? target.object : undefined
}

/** The resource id on which access is decided. */
export function scopeOf(target: Target, vault: VaultRecord | undefined): string {
  if (!('vault' in target)) return target.scope
  const base = vault?.resourceId ?? '/'
  return target.object === undefined ? base : `${base}/${target.object}`
}
