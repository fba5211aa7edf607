import { Fault } from '@claviger/vault'
import { errorFields, type LogFields } from '../../log.ts'

/**
 * What the log says of a request that the server, not the client, is to blame for. The client is
 * told less: which record is damaged, or what is wrong with the disk, is the operator's to know.
 */
export function failureFields(thrown: unknown): LogFields {
  const fields = errorFields(thrown)
  if (!(thrown instanceof Fault)) return fields
  const { detail } = thrown
  return {
    ...fields,
    ...('record' in detail ? { record: detail.record } : {}),
    ...('reason' in detail ? { reason: detail.reason } : {}),
  }
}
