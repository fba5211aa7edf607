import type { PolicyClass } from './permissions.ts'

/** An entry of a vault's access policies: ids in lower case, permission names as given. */
export interface AccessPolicy {
  readonly principal: string
  /** Only tokens of this application, when a user acts through it. */
  readonly appId?: string
  readonly permissions: Readonly<Partial<Record<PolicyClass, readonly string[]>>>
}

/** The service's limit of entries in one vault. */
export const MAXIMUM_ACCESS_POLICIES = 1024
