import { reasonPhrase } from './reason-phrase.ts'
import type { Call } from '../access/caller.ts'
import type { Decision } from '../access/decide.ts'
import { Fault } from '../fault.ts'
import type { AuditEntry } from './entry.ts'

/** What an audit entry is made of; nothing of an operation's input or output is among it. */
export interface Occurrence {
  readonly call: Call
  readonly operationName: string
  readonly scope: string
  readonly id: string
  readonly decision: Decision | undefined
  readonly missingAction: string
  readonly startedAt: number
  readonly now: number
  /** What was thrown, `undefined` on success. */
  readonly thrown: unknown
}

const OBJECT_ID = 'http://schemas.microsoft.com/identity/claims/objectidentifier'
const USER_NAME = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn'

/** The entry of one call as the JSON text that is chained. */
export function auditEntry(occurrence: Occurrence): string {
  const { call, decision, thrown } = occurrence
  const { caller, request } = call
  const status = thrown === undefined ? request.successStatus : request.statusOf(thrown)
  const claim: Record<string, string> = { [OBJECT_ID]: caller.principal }
  if (caller.userPrincipalName !== undefined) claim[USER_NAME] = caller.userPrincipalName
  if (caller.appId !== undefined) claim['appid'] = caller.appId
  const entry: AuditEntry = {
    time: new Date(occurrence.now).toISOString(),
    resourceId: occurrence.scope.toUpperCase(),
    operationName: occurrence.operationName,
    operationVersion: request.apiVersion,
    category: 'AuditEvent',
    resultType: 'Success',
    resultSignature: reasonPhrase(status),
    resultDescription: thrown === undefined ? '' : describe(thrown),
    durationMs: String(Math.max(0, occurrence.now - occurrence.startedAt)),
    callerIpAddress: request.clientAddress,
    correlationId: request.correlationId,
    identity: { claim },
    properties: {
      clientInfo: request.clientInfo,
      requestUri: request.requestUri,
      id: occurrence.id,
      httpStatusCode: status,
      ...(decision === undefined ? {} : { isRbacAuthorized: decision.allowed && decision.model === 'rbac' }),
      ...(decision?.allowed === true ? { decidedBy: decision.decidedBy } : {}),
      ...(decision?.allowed === false ? { missingAction: occurrence.missingAction } : {}),
    },
    tenantId: caller.tenant,
  }
  return JSON.stringify(entry)
}

/** The fault's code alone; of a bug nothing is told, since its message could hold anything. */
function describe(thrown: unknown): string {
  return thrown instanceof Fault ? thrown.code : 'InternalServerError'
}
