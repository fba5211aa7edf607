import type { Call } from './access/caller.ts'
import { duePrefix, type Due } from './due.ts'
import { tenantPrefix, type Tenant } from './directory/tenant.ts'
import { isFault } from './fault.ts'
import type { Ports } from './operation.ts'
import type { RecordKey } from './store/record-key.ts'
import { UnitOfWork } from './unit-of-work.ts'
import type { Vault } from './vault.ts'

const PAGE = 200

/** What one run of the scheduler has done. */
export interface SchedulerReport {
  readonly done: number
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
  let failed = 0
  for (const { content } of await unit.listAll<Tenant>(tenantPrefix())) {
    const tenant = content.meta.id
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
  return { done, failed }
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
