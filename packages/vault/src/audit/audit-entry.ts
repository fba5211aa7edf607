import { BUILT_IN_ROLES } from '../access/built-in-roles.ts'
import type { Call } from '../access/caller.ts'
import type { Decision } from '../access/decide.ts'
import type { DenialMiss } from '../access/denial-miss.ts'
import { Fault } from '../fault.ts'
import { entryText, type EntryFacts } from './entry-text.ts'
import type { RequestFacts, SuccessKind } from './entry.ts'

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
  readonly outcome?: SuccessKind | undefined
}

/** The entry of one call as the JSON text that is chained. */
export function auditEntry(occurrence: Occurrence): string {
  const { call, decision, missingAction, thrown, outcome, ...facts } = occurrence
  const { caller, request } = call
  const status = thrown === undefined ? statusOf(request, outcome) : request.statusOf(thrown)
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

function statusOf({ successStatus, outcomeStatus }: RequestFacts, outcome?: SuccessKind): number {
  return (outcome && outcomeStatus?.[outcome]) ?? successStatus
}

type Access = NonNullable<EntryFacts['access']>

function accessOf(decision: Decision | undefined, missingAction: string): Access {
  if (decision === undefined) return {}
  const { allowed, model } = decision
  return {
    isRbacAuthorized: allowed && model === 'rbac',
    ...(allowed ? { decidedBy: decision.decidedBy } : denied(decision, missingAction)),
  }
}

/** Rules about addresses deny what may well be granted. */
function denied(decision: Decision & { readonly allowed: false }, missingAction: string): Access {
  const { model, explicit, miss } = decision
  if (model === 'firewall') return { decidedBy: 'networkAcls' }
  if (model === 'publicAccess') return { decidedBy: 'publicNetworkAccess' }
  if (explicit === true) return { decidedBy: 'objectPolicy', missingAction }
  if (model !== 'rbac') return { decidedBy: 'accessPolicies', missingAction }
  return { decidedBy: 'roleAssignments', missingAction, ...(miss && missed(miss())) }
}

function missed({ considered, nearest, lacks, role }: DenialMiss): Access {
  const smallest = role === undefined ? undefined : BUILT_IN_ROLES.get(role)?.name
  return {
    assignmentsConsidered: considered,
    ...(nearest === undefined ? {} : { nearestAssignment: nearest.id }),
    ...(lacks === undefined ? {} : { nearestLacks: lacks }),
    ...(smallest === undefined ? {} : { smallestRole: smallest }),
  }
}

/**
 * The fault's code alone; of a bug nothing is told, since its message could hold anything. What is
 * no fault and no bug is a door's: a body that was decoded within the operation and is malformed.
 */
function describe(thrown: unknown, status: number): string {
  if (thrown instanceof Fault) return thrown.code
  return status < 500 ? 'InvalidInput' : 'InternalServerError'
}
