import { Fault } from '@claviger/vault'
import { errorFields, type LogFields } from './log.ts'

/**
 * As `errorFields`, with what a fault of the store names: which record is damaged, what is wrong with
 * the disk. Clients are told less; this is the operator's to know.
 */
export function faultFields(thrown: unknown): LogFields {
  const fields = errorFields(thrown)
  if (!(thrown instanceof Fault)) return fields
  const { detail } = thrown
  return {
    ...fields,
    ...('record' in detail ? { record: detail.record } : {}),
    ...('reason' in detail ? { reason: detail.reason } : {}),
  }
}
