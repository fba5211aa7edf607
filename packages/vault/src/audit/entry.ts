/**
 * An audit entry in the shape of Key Vault's AuditEvent log (Microsoft's documentation of
 * `insights-logs-auditevent`), as a typed allow-list: what has no member here is not recorded, so
 * no secret value, key material or token can be. ADR 5 says how entries are chained and kept.
 */
export interface AuditEntry {
  /** ISO 8601, UTC, milliseconds. */
  readonly time: string
  /** The vault's resource id in upper case; the tenant's scope where no vault is concerned. */
  readonly resourceId: string
  /** `SecretGet`, `Authentication`, … */
  readonly operationName: string
  /** The api-version of the request, empty for callers that have none. */
  readonly operationVersion: string
  readonly category: 'AuditEvent'
  /** `Success` for refused requests too, as the service has it: see `properties.httpStatusCode`. */
  readonly resultType: 'Success'
  /** The reason phrase of the status. */
  readonly resultSignature: string
  /** The code of the fault, for a sign-in the exact reason; empty on success. */
  readonly resultDescription: string
  readonly durationMs: string
  readonly callerIpAddress: string
  readonly correlationId: string
  readonly identity: { readonly claim: Readonly<Record<string, string>> }
  readonly properties: {
    readonly clientInfo: string
    /** No query but the api-version: clients put into others what does not belong there. */
    readonly requestUri: string
    /** The object's id in the vault (`secrets/name/version`), or what the operation acted on. */
    readonly id: string
    readonly httpStatusCode: number
    readonly isRbacAuthorized?: boolean
    /** The role assignment, access policy or credential that allowed it, or what has denied it. */
    readonly decidedBy?: string
    /** Which action was missing, on a denial. */
    readonly missingAction?: string
    /** How many role assignments cover what was asked for, on a denial by these. */
    readonly assignmentsConsidered?: number
    /** The role assignment that came closest, and what it lacks: the action, the scope, a condition. */
    readonly nearestAssignment?: string
    readonly nearestLacks?: string
    /** The name of the smallest built-in role that would allow it. */
    readonly smallestRole?: string
  }
  readonly tenantId: string
}

/** A success that wires tell apart: there was no such thing before, or none to take away. */
export type SuccessKind = 'absent' | 'made'

/** What the door knows of a request and the audit records. */
export interface RequestFacts {
  readonly correlationId: string
  readonly clientAddress: string
  readonly clientInfo: string
  readonly requestUri: string
  readonly apiVersion: string
  /** The status the door answers with when the operation succeeds. */
  readonly successStatus: number
  /** Where the door answers some successes with another status. */
  readonly outcomeStatus?: { readonly [Kind in SuccessKind]?: number }
  /**
   * What this request may do once alone, such as its signature's nonce (`replayClaim`); claimed with
   * the first audit entry, so that no answer leaves for a request that was answered before. All
   * operations of one request are given the same facts: a second object is a second request.
   */
  readonly claims?: readonly string[]
  /** The status the door answers with on a fault, or on a bug (`undefined`). */
  statusOf(fault: unknown): number
}
