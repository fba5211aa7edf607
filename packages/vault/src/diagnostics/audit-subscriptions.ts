import { tenantPrefix, type Tenant, SYSTEM } from '../directory/tenant.ts'
import type { Ports } from '../performer.ts'
import { recordKeyOf, type RecordKey } from '../store/record-key.ts'
import type { EpochSeconds } from '../time.ts'
import { UnitOfWork } from '../unit-of-work.ts'
import {
  DIAGNOSTIC_EPOCH_KEY,
  diagnosticSettingsPrefix,
  type DiagnosticSetting,
} from './diagnostic-setting.ts'
import { AUDIT_EVENT, sentCategories } from './log-categories.ts'

/** That the audit of a vault goes to a sink. */
export interface AuditSubscription {
  readonly sink: string
  /** Resource id of the vault in upper case, as audit entries have it. */
  readonly resourceId: string
  readonly since: EpochSeconds
}

type Records = Pick<Ports, 'store' | 'seal'>

/** Another one with every change of what `readAuditSubscriptions` gives: one point read. */
export async function readDiagnosticEpoch(
  { store }: Pick<Ports, 'store'>,
): Promise<number | 'absent'> {
  const [epoch] = await store.read([DIAGNOSTIC_EPOCH_KEY])
  return epoch?.version ?? 'absent'
}

/** Which vaults' audit goes to which sink, by all diagnostic settings there are. */
export async function readAuditSubscriptions(
  { store, seal }: Records,
): Promise<readonly AuditSubscription[]> {
  const unit = new UnitOfWork(store, seal)
  const found: AuditSubscription[] = []
  for (const { content: { meta: tenant } } of await unit.listAll<Tenant>(tenantPrefix())) {
    const settings = await unit.listAll<DiagnosticSetting>(diagnosticSettingsPrefix(tenant.id))
    for (const { content: { meta } } of settings) {
      if (!sentCategories(meta.logs).includes(AUDIT_EVENT)) continue
      const resourceId = meta.resourceId.toUpperCase()
      // Two destinations of one setting may stand for the same sink.
      const since = new Map(meta.destinations.map((one) => [one.sink, one.since]))
      for (const [sink, at] of since) found.push({ sink, resourceId, since: at })
    }
  }
  return found
}

/** How far a sink has got. */
interface DeliveryMark {
  readonly sequence: number
}

function deliveryMarkKey(sink: string): RecordKey {
  return recordKeyOf(SYSTEM, 'audit-sink', sink)
}

/** The last entry that a sink has, or need not have; 0 when it never got any. */
export async function readDeliveryMark({ store, seal }: Records, sink: string): Promise<number> {
  const unit = new UnitOfWork(store, seal)
  return (await unit.get<DeliveryMark>(deliveryMarkKey(sink)))?.meta.sequence ?? 0
}

/**
 * Remembers how far a sink has got. It leaves no audit entry: one for each delivery would be
 * delivered in turn, without an end.
 */
export async function writeDeliveryMark(
  { store, seal }: Records,
  sink: string,
  sequence: number,
): Promise<void> {
  const unit = new UnitOfWork(store, seal)
  const key = deliveryMarkKey(sink)
  await unit.get(key)
  unit.put<DeliveryMark>(key, { meta: { sequence } })
  await store.commit(await unit.change([]))
}
