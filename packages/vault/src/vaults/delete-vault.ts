import { forgetAssignments } from '../access/forget-assignments.ts'
import { assignmentsBelowPrefix } from '../access/role-record.ts'
import { deleteDiagnosticSettingsOf } from '../diagnostics/diagnostic-settings.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { dueKey, type Due } from '../due.ts'
import { Fault } from '../fault.ts'
import { deleteAliasesOf } from '../keys/aliases.ts'
import { deletedKeyPrefix, keyPrefix, type KeyHead } from '../keys/key.ts'
import { deleteKeyId } from '../keys/key-id.ts'
import { operation } from '../operation.ts'
import { PURGE_PAGE_RECORDS, type PurgeProgress } from '../purge-page.ts'
import { deleteSecretName } from '../secrets/secret-name.ts'
import { deletedSecretPrefix, secretPrefix, type SecretHead } from '../secrets/secret.ts'
import { prefixOf, type RecordKey } from '../store/record-key.ts'
import { SECONDS_PER_DAY, type EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { getGroup, tenantOf } from '../resource-groups/find-group.ts'
import {
  groupVaultKey,
  resourceGroupOf,
  vaultKey,
  vaultNameKey,
  type VaultRecord,
} from './vault-record.ts'
import { isSameLocation } from '../resource-groups/resource-rules.ts'
import { putInGroup } from './vaults-of-group.ts'

/** Objects whose outer names go in one call. */
const HEADS = PURGE_PAGE_RECORDS / 4

export interface VaultInput {
  readonly vault: string
}

/** Deletes a vault softly: its name stays taken, its objects stay, nothing of it can be used. */
export const deleteVault = operation<VaultInput, VaultRecord>({
  name: 'VaultDelete',
  permission: 'vaults/delete',
  writes: true,
  target: ({ vault }) => ({ vault }),

  async run({ unit, vault, now }) {
    const key = vaultKey(vault().tenant, vault().name)
    const found = await unit.get<VaultRecord>(key)
    if (found === undefined) throw new Fault('VaultNotFound', { name: vault().name })
    const deleted = await putDeletedVault(unit, found.meta, now)
    touchEpoch(unit)
    return deleted
  },
})

/** Adds the deletion of a vault to a unit of work; with its group all that are in it go. */
export async function putDeletedVault(
  unit: UnitOfWork,
  vault: VaultRecord,
  now: EpochSeconds,
): Promise<VaultRecord> {
  const scheduledPurgeAt = now + vault.retentionDays * SECONDS_PER_DAY
  const deleted: VaultRecord = { ...vault, deleted: { at: now, scheduledPurgeAt } }
  const due = purgeDueOf(vault, scheduledPurgeAt)
  const key = vaultKey(vault.tenant, vault.name)
  const inGroup = groupVaultKey(vault)
  await unit.getMany([key, due.key])
  await unit.claimOne(inGroup)
  unit.put<VaultRecord>(key, { meta: deleted })
  unit.put<Due>(due.key, { meta: due.due })
  unit.delete(inGroup)
  return deleted
}

export interface RecoverVaultInput extends VaultInput {
  /** That which it was in, where a wire names it. */
  readonly resourceGroup?: string
}

/** Brings a deleted vault back, into its group, which has to be there. */
export const recoverVault = operation<RecoverVaultInput, VaultRecord>({
  name: 'VaultRecover',
  permission: 'vaults/write',
  writes: true,
  onDeletedVault: true,
  target: ({ vault }) => ({ vault }),

  async run({ unit, vault }, { resourceGroup }) {
    const key = vaultKey(vault().tenant, vault().name)
    const found = await unit.get<VaultRecord>(key)
    if (found?.meta.deleted === undefined || found.meta.deleted.purging === true) {
      throw new Fault('VaultNotFound', { name: vault().name })
    }
    const { deleted, ...live } = found.meta
    const group = resourceGroupOf(live)
    if (resourceGroup !== undefined && resourceGroup.toLowerCase() !== group.toLowerCase()) {
      throw new Fault('VaultExists', { name: live.name })
    }
    await getGroup(unit, await tenantOf(unit, live.tenant), group)
    const due = purgeDueOf(found.meta, deleted.scheduledPurgeAt)
    await unit.get(due.key)
    unit.put<VaultRecord>(key, { meta: live })
    await putInGroup(unit, live)
    unit.delete(due.key)
    touchEpoch(unit)
    return live
  },
})

export interface PurgeVaultInput extends VaultInput {
  /** That which it was in, where a wire names it. */
  readonly location?: string
}

/**
 * Destroys a deleted vault for good. A vault with very many records or role
 * assignments takes several calls; the answer
 * says whether it is done, and until then the vault stays deleted. From the first call on it cannot
 * be recovered, and should the others never come, the scheduler makes them.
 */
export const purgeVault = operation<PurgeVaultInput, PurgeProgress>({
  name: 'VaultPurge',
  permission: 'vaults/purge',
  writes: true,
  onDeletedVault: true,
  target: ({ vault }) => ({ vault }),

  async run({ unit, vault, now, caller, services, commitThrough, commitUnit }, { location }) {
    const { tenant, name, id } = vault()
    const key = vaultKey(tenant, name)
    const found = await unit.get<VaultRecord>(key)
    const record = found?.meta
    const isThere = location === undefined || isSameLocation(location, vault().location)
    if (record?.deleted === undefined || !isThere) throw new Fault('VaultNotFound', { name })
    const due = purgeDueOf(record, record.deleted.scheduledPurgeAt)
    await unit.get(vaultNameKey(name))
    await unit.claimOne(due.key)
    const retained = now < record.deleted.scheduledPurgeAt
    if (record.purgeProtection && (retained || caller.kind !== 'system')) {
      throw new Fault('PurgeProtected', { vault: name, location: record.location })
    }
    // What stands outside goes first, while what it names is still known.
    const keysLeft = await forgetKeys(unit, record)
    const secretsLeft = await forgetSecrets(unit, record)
    const isNamed = keysLeft || secretsLeft
    const page = { limit: PURGE_PAGE_RECORDS }
    const objects = isNamed ? [] : await unit.claim(prefixOf(tenant, 'v', id), page)
    for (const one of objects) unit.delete(one)
    const areLeft = isNamed || objects.length === PURGE_PAGE_RECORDS
    const place = assignmentsBelowPrefix(tenant, record.resourceId)
    const done = !areLeft && !(await forgetAssignments(unit, tenant, place))
    if (done) {
      await deleteDiagnosticSettingsOf(unit, record)
      unit.delete(key)
      unit.delete(vaultNameKey(name))
      unit.delete(due.key)
      touchEpoch(unit)
      // Without its data key even a copy of the records, such as an old disk, says nothing.
      commitThrough(async (audit) => {
        await commitUnit(audit)
        await services.sealControl?.destroyDataKey(`vault.${id}`)
      })
    } else if (record.deleted.purging !== true) {
      const purging = { ...record.deleted, scheduledPurgeAt: now, purging: true } as const
      const again = purgeDueOf(record, now)
      await unit.claimOne(again.key)
      unit.put<VaultRecord>(key, { meta: { ...record, deleted: purging } })
      unit.delete(due.key)
      unit.put<Due>(again.key, { meta: again.due })
      touchEpoch(unit)
    }
    return { done }
  },
})

/**
 * Takes the names of keys away that are known in the whole tenant, with their heads; tells whether
 * there may be more.
 */
async function forgetKeys(unit: UnitOfWork, vault: VaultRecord): Promise<boolean> {
  let more = false
  for (const prefix of [keyPrefix(vault), deletedKeyPrefix(vault)]) {
    const heads = await unit.listEach<KeyHead>(prefix, { limit: HEADS })
    for (const head of heads) {
      if ('content' in head) {
        const { current, keyId } = head.content.meta
        await deleteKeyId(unit, vault, keyId)
        await deleteAliasesOf(unit, vault, current.name)
      }
      await unit.claimOne(head.key)
      unit.delete(head.key)
    }
    more ||= heads.length === HEADS
  }
  return more
}

/** The same for secrets. */
async function forgetSecrets(unit: UnitOfWork, vault: VaultRecord): Promise<boolean> {
  let more = false
  for (const prefix of [secretPrefix(vault), deletedSecretPrefix(vault)]) {
    const heads = await unit.listEach<SecretHead>(prefix, { limit: HEADS })
    for (const head of heads) {
      if ('content' in head) await deleteSecretName(unit, vault, head.content.meta)
      await unit.claimOne(head.key)
      unit.delete(head.key)
    }
    more ||= heads.length === HEADS
  }
  return more
}

/** The scheduler's entry for the purge of a deleted vault. */
function purgeDueOf(
  { tenant, name, id }: VaultRecord,
  at: EpochSeconds,
): { readonly key: RecordKey; readonly due: Due } {
  const due: Due = { at, task: 'purgeVault', vault: name, vaultId: id, name }
  return { key: dueKey(tenant, due), due }
}
