import type { Tenant } from '../directory/tenant.ts'
import { isFirstGroup } from '../resource-groups/resource-group.ts'
import type { RecordKey } from '../store/record-key.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import {
  groupVaultKey,
  groupVaultKeyOf,
  groupVaultPrefix,
  resourceGroupOf,
  vaultKey,
  vaultPrefix,
  type VaultRecord,
} from './vault-record.ts'
import { demandVaultName, isVaultName } from './vault-rules.ts'

/** So many are held at a time at most. */
const PAGE_RECORDS = 500

/** Where a walk over vaults goes. */
export interface VaultWalk {
  /** Absent for the whole subscription. */
  readonly group?: string | undefined
  /** Goes to this vault alone. */
  readonly name?: string | undefined
  /** Name of the vault after which it begins. */
  readonly after?: string | undefined
  /** How many are wanted, where the walk is likely to end there. */
  readonly wanted?: number
}

/**
 * The vaults of a tenant or of one of its groups, in order of their names, page by page.
 * @yields deleted ones only where no group is named.
 * @throws Fault InvalidInput for a place that no vault can have
 */
export async function* walkVaults(
  unit: UnitOfWork,
  tenant: Tenant,
  { group, name, after: start, wanted = PAGE_RECORDS }: VaultWalk,
): AsyncGenerator<VaultRecord> {
  if (name !== undefined) {
    const found = isVaultName(name)
      ? await unit.get<VaultRecord>(vaultKey(tenant.id, name))
      : undefined
    if (found !== undefined && isIn(found.meta, group)) yield found.meta
    return
  }
  // What was made before there were groups is in the first one and in no index.
  const isIndexed = group !== undefined && !isFirstGroup(tenant, group)
  const prefix = isIndexed ? groupVaultPrefix(tenant.id, group) : vaultPrefix(tenant.id)
  let limit = Math.min(wanted, PAGE_RECORDS)
  let after = start === undefined ? undefined : keyAfter(start)
  for (;;) {
    const page = after === undefined ? { limit } : { after, limit }
    const listed = await unit.list<VaultRecord>(prefix, page)
    const vaults = isIndexed
      ? await opened(unit, tenant, listed.map(({ key }) => key))
      : listed.map(({ content }) => content.meta)
    for (const vault of vaults) {
      if (isIn(vault, group)) yield vault
    }
    after = listed.at(-1)?.key
    if (listed.length < limit) return
    limit = PAGE_RECORDS
    // Between two pages everybody else has a turn.
    await new Promise((resolve) => setImmediate(resolve))
  }

  function keyAfter(marker: string): RecordKey {
    demandVaultName(marker)
    return isIndexed ? groupVaultKeyOf(tenant.id, group, marker) : vaultKey(tenant.id, marker)
  }
}

/** The first vaults of a group. */
export async function readVaultsOfGroup(
  unit: UnitOfWork,
  tenant: Tenant,
  group: string,
  { limit }: { readonly limit: number },
): Promise<readonly VaultRecord[]> {
  const vaults: VaultRecord[] = []
  for await (const vault of walkVaults(unit, tenant, { group, wanted: limit })) {
    vaults.push(vault)
    if (vaults.length === limit) break
  }
  return vaults
}

async function opened(
  unit: UnitOfWork,
  tenant: Tenant,
  index: readonly RecordKey[],
): Promise<readonly VaultRecord[]> {
  const keys = index.map((key) => vaultKey(tenant.id, key.slice(key.lastIndexOf('/') + 1)))
  const found = await unit.getMany<VaultRecord>(keys)
  return found.flatMap((one) => one?.meta ?? [])
}

/** Deleted vaults are in the subscription, and in no group. */
function isIn(vault: VaultRecord, group: string | undefined): boolean {
  if (group === undefined) return true
  const isThere = resourceGroupOf(vault).toLowerCase() === group.toLowerCase()
  return isThere && vault.deleted === undefined
}

/** Lets a vault be found under its group. */
export async function putInGroup(unit: UnitOfWork, vault: VaultRecord): Promise<void> {
  const key = groupVaultKey(vault)
  await unit.claimOne(key)
  unit.put(key, { meta: {} })
}
