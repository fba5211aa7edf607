import type { Call } from '../access/caller.ts'
import type { Decision } from '../access/decide.ts'
import { Fault } from '../fault.ts'
import { entryText, type EntryFacts } from './entry-text.ts'

/** One call of an operation, over and done with. */
export interface Occurrence extends Pick<EntryFacts, 'operationName' | 'scope' | 'id'> {
  readonly call: Call
  readonly decision: Decision | undefined
  readonly missingAction: string
  /** Milliseconds. */
  readonly startedAt: number
  /** Milliseconds. */
  readonly now: number
  /** What was thrown, `undefined` on success. */
  readonly thrown: unknown
}

/** The entry of one call as the JSON text that is chained. */
export function auditEntry(occurrence: Occurrence): string {
  const { call, decision, missingAction, thrown, ...facts } = occurrence
  const { caller, request } = call
  const status = thrown === undefined ? request.successStatus : request.statusOf(thrown)
  return entryText({
    ...facts,
    request,
    tenant: caller.tenant,
    who: caller,
    status,
    description: thrown === undefined ? '' : describe(thrown, status),
    access: accessOf(decision, missingAction),
  })
}

function accessOf(
  decision: Decision | undefined,
  missingAction: string,
): NonNullable<EntryFacts['access']> {
  if (decision === undefined) return {}
  const { allowed, model } = decision
  return {
    isRbacAuthorized: allowed && model === 'rbac',
    ...(allowed ? { decidedBy: decision.decidedBy } : denied(model, missingAction)),
  }
}

/** Rules about addresses deny what may well be granted. */
function denied(
  model: Decision['model'],
  missingAction: string,
): NonNullable<EntryFacts['access']> {
  if (model === 'firewall') return { decidedBy: 'networkAcls' }
  return model === 'publicAccess' ? { decidedBy: 'publicNetworkAccess' } : { missingAction }
}

/**
 * The fault's code alone; of a bug nothing is told, since its message could hold anything. What is
 * no fault and no bug is a door's: a body that was decoded within the operation and is malformed.
 */
function describe(thrown: unknown, status: number): string {
  if (thrown instanceof Fault) return thrown.code
  return status < 500 ? 'InvalidInput' : 'InternalServerError'
}
