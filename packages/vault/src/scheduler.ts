import type { Call } from './access/caller.ts'
import type { CertificateRef } from './certificates/certificate.ts'
import { renewalProblem } from './certificates/renew-certificate-if-due.ts'
import { duePrefix, type Due } from './due.ts'
import { tenantPrefix, type Tenant } from './directory/tenant.ts'
import { issuerKeyPrefix, type IssuerKey } from './directory/issuer-key.ts'
import { isFault } from './fault.ts'
import type { Ports } from './performer.ts'
import type { RecordKey } from './store/record-key.ts'
import { epochSeconds, SECONDS_PER_DAY, type EpochSeconds } from './time.ts'
import { UnitOfWork, type Damaged, type Listed } from './unit-of-work.ts'
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

/** What can fail: a task, or the record that says what is to be done. */
export type FailedTask = Due['task'] | 'rotateIssuerKey' | 'readDue' | 'readTenant'

/** A certificate that is to be ordered from an authority elsewhere. */
export interface DueOrder {
  readonly tenant: string
  readonly certificate: CertificateRef
}

/**
 * Does what is due: purges deleted objects and vaults whose retention is over, and acts on the
 * rotation policies of keys and the lifetime actions of certificates. Each task is an operation called by the system principal, decided and audited like any other; a task that fails
 * stays due and does not hold the others up, nor does a damaged record of one.
 * @param onFailure told of each task that failed, and why.
 * @param onOrder told of each order that is due, until it is completed or has failed: asking another
 *   server takes time that the other tasks must not wait for.
 */
export async function runDue(
  ports: Pick<Ports, 'store' | 'seal' | 'clock'>,
  vault: Vault,
  call: (tenant: string) => Call,
  onFailure: (task: FailedTask, thrown: unknown) => void = () => {},
  onOrder: (order: DueOrder) => void = () => {},
): Promise<SchedulerReport> {
  const now = epochSeconds(ports.clock)
  const unit = new UnitOfWork(ports.store, ports.seal)
  const report = { done: 0, rotated: 0, failed: 0 }
  const failed = (task: FailedTask, thrown: unknown): void => {
    report.failed++
    onFailure(task, thrown)
  }
  for await (const listed of each<Tenant>(unit, tenantPrefix())) {
    if ('damage' in listed) {
      failed('readTenant', listed.damage)
      continue
    }
    const tenant = listed.content.meta.id
    try {
      if (await issuerKeyIsOld(unit, tenant, now)) {
        await vault.issuerKeys.rotate(call(tenant), {})
        report.rotated++
      }
    } catch (thrown) {
      failed('rotateIssuerKey', thrown)
    }
    for await (const due of each<Due>(unit, duePrefix(tenant))) {
      if ('damage' in due) {
        failed('readDue', due.damage)
        continue
      }
      const { meta } = due.content
      // In order of time: what follows is later still.
      if (meta.at > now) break
      try {
        if (await runOne(vault, call(tenant), due.key, meta, onOrder)) report.done++
      } catch (thrown) {
        failed(meta.task, thrown)
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

/** The records under a prefix in key order, page by page; a damaged one holds no other up. */
async function* each<Meta>(
  unit: UnitOfWork,
  prefix: RecordKey,
): AsyncGenerator<Listed<Meta> | Damaged> {
  for (let after: RecordKey | undefined; ; ) {
    const page = await unit.listEach<Meta>(prefix, { limit: PAGE, ...(after && { after }) })
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)?.key
  }
}

/** False when it has to wait. @throws what the operation throws; the task then stays due. */
async function runOne(
  vault: Vault,
  call: Call,
  key: RecordKey,
  due: Due,
  onOrder: (order: DueOrder) => void,
): Promise<boolean> {
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
  if (due.task === 'orderCertificate') {
    onOrder({ tenant: call.caller.tenant, certificate: { vault: due.vault, name: due.name } })
    return false
  }
  try {
    if (await runOnObject(vault, call, due)) return true
  } catch (thrown) {
    if (!isFault(thrown, 'DeletedObjectNotFound') && !isFault(thrown, 'ObjectNotFound')) throw thrown
  }
  await vault.maintenance.forgetDue(call, { key })
  return true
}

/** False when there is nothing to do any more. */
async function runOnObject(vault: Vault, call: Call, due: Due): Promise<boolean> {
  const ref = { vault: due.vault, name: due.name }
  switch (due.task) {
    case 'purgeSecret':
      while (!(await vault.secrets.purge(call, { secret: ref })).done);
      return true
    case 'purgeKey':
      while (!(await vault.keys.purge(call, { key: ref })).done);
      return true
    case 'rotateKey':
      return (await vault.keys.rotateIfDue(call, { key: ref })).version !== undefined
    case 'notifyKeyExpiry':
      await vault.keys.notifyExpiry(call, { key: ref, due })
      return true
    case 'forgetKeyMaterial':
      await vault.keys.deleteMaterial(call, { key: ref, expired: true })
      return true
    case 'purgeCertificate':
      while (!(await vault.certificates.purge(call, { certificate: ref })).done);
      return true
    case 'renewCertificate':
      return await renewCertificate(vault, call, ref)
    case 'notifyCertificateExpiry':
      await vault.certificates.notifyExpiry(call, { certificate: ref, due })
      return true
    case 'tellCertificateExpired':
      await vault.certificates.tellExpired(call, { certificate: ref, due })
      return true
    case 'orderCertificate':
    case 'purgeVault':
      return false
  }
}

/** What its issuer refuses is said to its owner, and tried again later. */
async function renewCertificate(
  vault: Vault,
  call: Call,
  certificate: CertificateRef,
): Promise<boolean> {
  try {
    return (await vault.certificates.renewIfDue(call, { certificate })).outcome !== 'notDue'
  } catch (thrown) {
    const error = renewalProblem(thrown)
    if (error !== undefined) await vault.certificates.failRenewal(call, { certificate, error })
    throw thrown
  }
}
