import type { Call } from './access/caller.ts'
import { duePrefix, type Due } from './due.ts'
import { tenantPrefix, type Tenant } from './directory/tenant.ts'
import { issuerKeyPrefix, type IssuerKey } from './directory/issuer-key.ts'
import { isFault } from './fault.ts'
import type { Ports } from './operation.ts'
import type { RecordKey } from './store/record-key.ts'
import { epochSeconds, SECONDS_PER_DAY, type EpochSeconds } from './time.ts'
import { UnitOfWork, type Listed } from './unit-of-work.ts'
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
 * @param onFailure told of each task that failed, and why.
 */
export async function runDue(
  ports: Ports,
  vault: Vault,
  call: (tenant: string) => Call,
  onFailure: (task: Due['task'] | 'rotateIssuerKey', thrown: unknown) => void = () => {},
): Promise<SchedulerReport> {
  const now = epochSeconds(ports.clock)
  const unit = new UnitOfWork(ports.store, ports.seal)
  const report = { done: 0, rotated: 0, failed: 0 }
  for (const { content } of await unit.listAll<Tenant>(tenantPrefix())) {
    const tenant = content.meta.id
    try {
      if (await issuerKeyIsOld(unit, tenant, now)) {
        await vault.issuerKeys.rotate(call(tenant), {})
        report.rotated++
      }
    } catch (thrown) {
      report.failed++
      onFailure('rotateIssuerKey', thrown)
    }
    for await (const { key, content: due } of dueAt(unit, tenant, now)) {
      try {
        if (await runOne(vault, call(tenant), key, due.meta)) report.done++
      } catch (thrown) {
        report.failed++
        onFailure(due.meta.task, thrown)
      }
    }
  }
  return report
}

async function issuerKeyIsOld(
  unit: UnitOfWork,
  tenant: string,
  now: EpochSeconds,
): Promise<boolean> {
  const keys = await unit.listAll<IssuerKey>(issuerKeyPrefix(tenant))
  return keys.every(({ content }) => content.meta.createdAt + ISSUER_KEY_SECONDS <= now)
}

/** The tasks of a tenant whose time has come, in order of time. */
async function* dueAt(
  unit: UnitOfWork,
  tenant: string,
  now: EpochSeconds,
): AsyncGenerator<Listed<Due>> {
  for (let after: RecordKey | undefined; ; ) {
    const page = await unit.list<Due>(duePrefix(tenant), { limit: PAGE, ...(after && { after }) })
    for (const one of page) {
      if (one.content.meta.at > now) return
      yield one
    }
    if (page.length < PAGE) return
    after = page.at(-1)?.key
  }
}

/** False when it has to wait. @throws what the operation throws; the task then stays due. */
async function runOne(vault: Vault, call: Call, key: RecordKey, due: Due): Promise<boolean> {
  const container = await (await vault.view()).vaultByName(due.vault)
  if (container?.id !== due.vaultId) {
    await vault.maintenance.forgetDue(call, { key })
    return true
  }
  if (due.task === 'purgeVault') {
    while (!(await vault.vaults.purge(call, { vault: due.vault })).done);
    return true
  }
  // A deleted vault may still be recovered, with its deleted objects; its own purge takes them.
  if (container.deleted !== undefined) return false
  try {
    await vault.secrets.purge(call, { secret: { vault: due.vault, name: due.name } })
  } catch (thrown) {
    if (!isFault(thrown, 'DeletedObjectNotFound')) throw thrown
    await vault.maintenance.forgetDue(call, { key })
  }
  return true
}
