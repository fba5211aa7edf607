import type { DeletionProperties, ObjectProperties } from '@claviger/client/azure'
import type { JsonRecord } from '../output/json-value.ts'

/** A time as `az` writes it. */
export function timeText(time: Date | undefined): string | null {
  return time === undefined ? null : `${time.toISOString().slice(0, 19)}+00:00`
}

/** The member `attributes` that `az` gives of every object. */
export function attributesOf(properties: ObjectProperties): JsonRecord {
  return {
    created: timeText(properties.createdOn),
    enabled: properties.enabled ?? null,
    expires: timeText(properties.expiresOn),
    notBefore: timeText(properties.notBefore),
    recoverableDays: properties.recoverableDays ?? null,
    recoveryLevel: properties.recoveryLevel ?? null,
    updated: timeText(properties.updatedOn),
  }
}

/** The members that `az` gives beside, of an object that is deleted. */
export function deletionOf(deleted: DeletionProperties): JsonRecord {
  if (deleted.recoveryId === undefined && deleted.deletedOn === undefined) return {}
  return {
    deletedDate: timeText(deleted.deletedOn),
    recoveryId: deleted.recoveryId ?? null,
    scheduledPurgeDate: timeText(deleted.scheduledPurgeDate),
  }
}
