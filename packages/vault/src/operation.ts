import type { AccessView } from './access/access-cache.ts'
import type { AssignmentFacts } from './access/assignment-condition.ts'
import type { Caller } from './access/caller.ts'
import type { PermissionName } from './access/permissions.ts'
import type { AuditLog } from './audit/audit-log.ts'
import type { SuccessKind } from './audit/entry.ts'
import type { Provider } from './crypto/provider.ts'
import type { Tenant } from './directory/tenant.ts'
import type { VaultEventType } from './events/vault-event.ts'
import type { Seal } from './seal/seal.ts'
import type { SideEffect } from './side-effects.ts'
import type { EpochSeconds } from './time.ts'
import type { UnitOfWork } from './unit-of-work.ts'
import type { VaultRecord } from './vaults/vault-record.ts'

/** What an operation acts on, once it is known in which tenant. */
export type Target =
  | { readonly vault: string; readonly object?: string }
  | { readonly scope: string }

/**
 * What an operation acts on: an object or collection of a vault, or a scope of the control plane, which
 * may lie in the subscription of the caller's tenant.
 */
export type WantedTarget = Target | { readonly scopeIn: (tenant: Tenant) => string }

/** What `run` is given. It reads, decides, gathers writes; it does not authorise, audit or retry. */
export interface OperationContext {
  readonly unit: UnitOfWork
  readonly caller: Caller
  readonly view: AccessView
  readonly seal: Seal
  readonly provider: Provider
  readonly now: EpochSeconds
  /** From where the request came. */
  readonly clientAddress: string
  readonly services: Services
  /** Where the server publishes what its authorities say, such as `http://pki.example.com`. */
  readonly publicationUrl: string | undefined
  /** The vault of the target. @throws TypeError when the target is a scope. */
  readonly vault: () => VaultRecord
  /**
   * Replaces the commit of the unit of work, for changes that something else must make (the seal, the
   * audit log); it is given the call's audit entry and commits it with the change. What the request
   * claims is claimed by `commitUnit`.
   */
  readonly commitThrough: (commit: (audit: readonly string[]) => Promise<void>) => void
  /** Commits what the unit of work has gathered; for a `commitThrough` that does more besides. */
  readonly commitUnit: (audit: readonly string[]) => Promise<void>
  /**
   * Decides whether the caller may also use another object, for an operation that uses two.
   * @param object such as `keys/name`.
   * @param vault of the object; that of the target when not given.
   * @throws Fault AccessDenied
   */
  readonly demand: (
    permission: PermissionName,
    object: string,
    vault?: VaultRecord,
  ) => Promise<void>
  /**
   * Decides whether the caller may also do something at another scope of the control plane.
   * @throws Fault AccessDenied
   */
  readonly demandAt: (permission: PermissionName, scope: string) => Promise<void>
  /** For a list of what lies below its scope: tells whether the caller may see one of these. */
  readonly isVisible: (scope: string) => Promise<boolean>
  /** Audits what else happens with the change, which is then also of another resource. */
  readonly alsoAudit: (occurrence: FurtherEntry) => void
  /** Makes something outside the store, once for the call however often it begins again. */
  readonly once: <Made>(effect: SideEffect<Made>) => Promise<Made>
}

/** What an operation does besides, in the words of the operation that does it alone. */
export interface FurtherEntry {
  readonly operationName: string
  /** Resource id. */
  readonly scope: string
  readonly id: string
}

/** What only the process that owns the store can do; absent elsewhere. */
export interface Services {
  readonly auditLog?: AuditLog
  readonly sealControl?: SealControl
}

/** Changes of the seal itself. */
export interface SealControl {
  rotateRootKey(audit: readonly string[]): Promise<void>
  rotateDataKey(scope: string, audit: readonly string[]): Promise<void>
  /** Destroys the data key of a vault whose records are gone. */
  destroyDataKey(scope: string): Promise<void>
}

/** One operation as data: who may, what it acts on, how it is audited, what it does. */
export interface Operation<Input, Output> {
  /** The name it is audited under, as in Key Vault's logs. */
  readonly name: string
  readonly permission: PermissionName
  /** Changes something: calls for one target are queued in this process, so that they rarely conflict. */
  readonly writes: boolean
  target(input: Input): WantedTarget
  /** Concerns a vault that is deleted: the target is found all the same. */
  readonly onDeletedVault?: true
  /**
   * A list of what lies below its scope: whoever has the permission somewhere below it may ask as well,
   * and the operation gives what `isVisible`.
   */
  readonly listsBelow?: true
  /**
   * The role assignment that is given or taken, as conditions look at it. Read before the decision, so
   * it throws nothing: what cannot be told is left out. Where nothing is given or taken, `none`.
   */
  assignment?(
    context: Pick<OperationContext, 'caller' | 'unit' | 'view'>,
    input: Input,
  ): Promise<AssignmentFacts | 'none' | undefined>
  /** Another permission that suffices where roles decide, if what is acted on allows it. */
  readonly orElse?: {
    readonly permission: PermissionName
    /** Asked only of who has that permission. */
    allows(context: Pick<OperationContext, 'caller' | 'unit' | 'vault'>, input: Input): Promise<boolean>
  }
  /** What the audit says it acted on, when the target does not say it all (a version). */
  auditId?(input: Input, output: Output | undefined): string
  /** Whether it was one of the successes that wires tell apart. */
  outcome?(output: Output): SuccessKind | undefined
  /** What somebody may want to be told of once it is done and audited. */
  event?(output: Output): VaultEventType | undefined
  run(context: OperationContext, input: Input): Promise<Output>
}

/** Gives an operation its type; the registry lists it. */
export function operation<Input, Output>(definition: Operation<Input, Output>): Operation<Input, Output> {
  return definition
}
