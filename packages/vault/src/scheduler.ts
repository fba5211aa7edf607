import type { Call } from './access/caller.ts'
import { duePrefix, type Due } from './due.ts'
import { tenantPrefix, type Tenant } from './directory/tenant.ts'
import { issuerKeyPrefix, type IssuerKey } from './directory/issuer-key.ts'
import { isFault } from './fault.ts'
import type { Ports } from './operation.ts'
import type { RecordKey } from './store/record-key.ts'
import { SECONDS_PER_DAY, type EpochSeconds } from './time.ts'
import { UnitOfWork } from './unit-of-work.ts'
import type { Vault } from './vault.ts'

const PAGE = 200

/** Age at which the key that signs a tenant's tokens is replaced. */
const ISSUER_KEY_SECONDS = 90 * SECONDS_PER_DAY

/** What one run of the scheduler has done. */
export interface SchedulerReport {
  /** Tasks whose time had come. */
  readonly done: number
  /** Keys that sign tokens and were replaced by age. */
  readonly rotated: number
  readonly failed: number
}

/**
 * Does what is due: purges deleted objects and vaults whose retention is over. Each task is an
 * operation called by the system principal, decided and audited like any other; a task that fails
 * stays due and does not hold the others up.
 */
export async function runDue(ports: Ports, vault: Vault, call: (tenant: string) => Call): Promise<SchedulerReport> {
  const now = Math.floor(ports.clock.now() / 1000)
  const unit = new UnitOfWork(ports.store, ports.seal)
  let done = 0
  let rotatedKeys = 0
  let failed = 0
  for (const { content } of await unit.listAll<Tenant>(tenantPrefix())) {
    const tenant = content.meta.id
    if (await issuerKeyIsOld(unit, tenant, now)) {
      const rotated = await vault.issuerKeys.rotate(call(tenant), {}).then(
        () => true,
        () => false,
      )
      if (rotated) rotatedKeys++
      else failed++
    }
    let after: RecordKey | undefined
    for (;;) {
      const page = await unit.list<Due>(duePrefix(tenant), after === undefined ? { limit: PAGE } : { after, limit: PAGE })
      for (const { key, content: due } of page) {
        if (due.meta.at > now) break
        if (await runOne(vault, call(tenant), key, due.meta)) done++
        else failed++
      }
      const last = page.at(-1)
      if (page.length < PAGE || last === undefined || last.content.meta.at > now) break
      after = last.key
    }
  }
  return { done, rotated: rotatedKeys, failed }
}

async function issuerKeyIsOld(unit: UnitOfWork, tenant: string, now: EpochSeconds): Promise<boolean> {
  const keys = await unit.listAll<IssuerKey>(issuerKeyPrefix(tenant))
  return keys.every(({ content }) => content.meta.createdAt + ISSUER_KEY_SECONDS <= now)
}

async function runOne(vault: Vault, call: Call, key: RecordKey, due: Due): Promise<boolean> {
  try {
    if (due.task === 'purgeVault') {
      while (!(await vault.vaults.purge(call, { vault: due.vault })).done);
    } else {
      await vault.secrets.purge(call, { secret: { vault: due.vault, name: due.name } })
    }
    return true
  } catch (thrown) {
    if (isFault(thrown, 'DeletedObjectNotFound')) return forget(vault, call, key)
    if (isFault(thrown, 'VaultNotFound')) {
      // A deleted vault may still be recovered, with its deleted objects; only a purged one is gone.
      const known = await (await vault.view()).vaultByName(due.vault)
      return known === undefined ? forget(vault, call, key) : false
    }
    return false
  }
}

async function forget(vault: Vault, call: Call, key: RecordKey): Promise<boolean> {
  await vault.maintenance.forgetDue(call, { key })
  return true
}
