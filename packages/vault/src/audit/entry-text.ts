import type { AuditEntry, RequestFacts } from './entry.ts'
import { reasonPhrase } from './reason-phrase.ts'

const OBJECT_ID = 'http://schemas.microsoft.com/identity/claims/objectidentifier'
const USER_NAME = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn'

type Properties = AuditEntry['properties']

/** What an entry is made of; nothing of an operation's input or output is among it. */
export interface EntryFacts {
  readonly operationName: string
  readonly request: Pick<
    RequestFacts,
    'apiVersion' | 'clientAddress' | 'clientInfo' | 'correlationId' | 'requestUri'
  >
  /** What was acted on, in the words of `AuditEntry.resourceId` and `properties.id`. */
  readonly scope: string
  readonly id: string
  readonly tenant: string
  /** As far as it is known. */
  readonly who: {
    readonly principal?: string
    readonly userPrincipalName?: string
    readonly appId?: string
    readonly signingKey?: string
    readonly session?: string
  }
  readonly status: number
  /** Empty on success. */
  readonly description: string
  /** Milliseconds. */
  readonly startedAt: number
  /** Milliseconds. */
  readonly now: number
  readonly access?: Pick<
    Properties,
    | 'assignmentsConsidered'
    | 'decidedBy'
    | 'isRbacAuthorized'
    | 'missingAction'
    | 'nearestAssignment'
    | 'nearestLacks'
    | 'smallestRole'
  >
}

/** An audit entry as the JSON text that is chained: the one place that gives entries their form. */
export function entryText(facts: EntryFacts): string {
  const { request, who, status, startedAt, now } = facts
  const claim: Record<string, string> = {}
  if (who.principal !== undefined) claim[OBJECT_ID] = who.principal
  if (who.userPrincipalName !== undefined) claim[USER_NAME] = who.userPrincipalName
  if (who.appId !== undefined) claim['appid'] = who.appId
  if (who.signingKey !== undefined) claim['signingKey'] = who.signingKey
  if (who.session !== undefined) claim['session'] = who.session
  const entry: AuditEntry = {
    time: new Date(now).toISOString(),
    resourceId: facts.scope.toUpperCase(),
    operationName: facts.operationName,
    operationVersion: request.apiVersion,
    category: 'AuditEvent',
    resultType: 'Success',
    resultSignature: reasonPhrase(status),
    resultDescription: facts.description,
    durationMs: String(Math.max(0, now - startedAt)),
    callerIpAddress: request.clientAddress,
    correlationId: request.correlationId,
    identity: { claim },
    properties: {
      clientInfo: request.clientInfo,
      requestUri: request.requestUri,
      id: facts.id,
      httpStatusCode: status,
      ...facts.access,
    },
    tenantId: facts.tenant,
  }
  return JSON.stringify(entry)
}
