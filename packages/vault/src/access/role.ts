import type { AssignmentCondition } from './assignment-condition.ts'
import type { Network } from './network.ts'

/** A role definition: which actions it grants on the control plane and on the data plane. */
export interface RoleDefinition {
  /** GUID. */
  readonly id: string
  readonly name: string
  readonly description: string
  readonly builtIn: boolean
  readonly actions: readonly string[]
  readonly notActions: readonly string[]
  readonly dataActions: readonly string[]
  readonly notDataActions: readonly string[]
  /** Where it may be assigned, and below; absent, everywhere in the tenant. */
  readonly assignableScopes?: readonly string[]
  /** Under which alone it grants, in the language of `AssignmentCondition`; of built-in roles. */
  readonly condition?: string
  readonly createdAt?: number
  readonly createdBy?: string
  readonly updatedAt?: number
  readonly updatedBy?: string
}

/** What a decision needs of a role assignment, or of something that grants as one does. */
export interface ScopedGrant {
  /** What the audit calls it. */
  readonly id: string
  readonly roleDefinition: string
  readonly scope: string
  /** The scope itself and nothing below it. */
  readonly exact?: true
  /** Only for callers whose address lies in one of these; absent, for all. */
  readonly networks?: readonly Network[]
  /** Only where it holds; absent, always. */
  readonly condition?: AssignmentCondition
  /** The group through which the principal has it; absent, it is the principal's own. */
  readonly through?: string
}

/** What an assignment says that its principal is. */
export const PRINCIPAL_TYPES = [
  'User',
  'Group',
  'ServicePrincipal',
  'ForeignGroup',
  'Device',
] as const

export type PrincipalType = (typeof PRINCIPAL_TYPES)[number]

/** Gives a role to a principal (or a group) at a scope and below. */
export interface RoleAssignment {
  /** GUID. */
  readonly id: string
  readonly principal: string
  /** Absent where it was not known and not said. */
  readonly principalType?: PrincipalType
  readonly roleDefinition: string
  /** `/` for the whole tenant, or a resource id; compared without regard to case. */
  readonly scope: string
  readonly description?: string
  /** In the language of `AssignmentCondition`, as it was given. */
  readonly condition?: string
  readonly createdAt: number
  readonly createdBy?: string
  readonly updatedAt?: number
  readonly updatedBy?: string
}
