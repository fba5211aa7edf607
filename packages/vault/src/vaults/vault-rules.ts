import { demandGuid } from '../demand-guid.ts'
import { invalidInput } from '../invalid-input.ts'
import { MAXIMUM_ACCESS_POLICIES, type AccessPolicy } from '../access/access-policy.ts'
import { POLICY_PERMISSIONS, type PolicyClass } from '../access/permissions.ts'

const VAULT_NAME = /^[a-zA-Z](?:-?[0-9a-zA-Z]){2,23}$/

/** A vault's name is a host label: 3 to 24 letters, digits and single hyphens, a letter first. */
export function isVaultName(name: string): boolean {
  return VAULT_NAME.test(name) && name.length <= 24
}

/** @throws Fault InvalidInput */
export function demandVaultName(name: string): void {
  if (!isVaultName(name)) {
    throw invalidInput(
      'vaultName',
      'a vault name has 3 to 24 letters, digits and single hyphens, ' +
        'begins with a letter and ends with a letter or digit',
    )
  }
}

/** @throws Fault InvalidInput */
export function demandRetentionDays(days: number): void {
  if (!Number.isInteger(days) || days < 7 || days > 90) {
    throw invalidInput('softDeleteRetentionInDays', 'it must be a whole number from 7 to 90')
  }
}

/** @throws Fault InvalidInput */
export function demandFewAccessPolicies(policies: readonly AccessPolicy[]): void {
  if (policies.length > MAXIMUM_ACCESS_POLICIES) {
    throw invalidInput('accessPolicies', `a vault has at most ${MAXIMUM_ACCESS_POLICIES} of them`)
  }
}

/**
 * Checks an access policy and gives it as it is kept: ids in lower case, as every caller has them,
 * because decisions compare them letter by letter.
 * @throws Fault InvalidInput
 */
export function validAccessPolicy({ principal, appId, permissions }: AccessPolicy): AccessPolicy {
  demandGuid('objectId', principal)
  if (appId !== undefined) demandGuid('applicationId', appId)
  for (const [name, granted] of Object.entries(permissions)) demandPermissions(name, granted)
  return {
    principal: principal.toLowerCase(),
    ...(appId === undefined ? {} : { appId: appId.toLowerCase() }),
    permissions,
  }
}

function demandPermissions(name: string, granted: readonly string[]): void {
  if (!isPolicyClass(name)) {
    throw invalidInput('permissions', 'its classes are keys, secrets, certificates and storage')
  }
  const known = POLICY_PERMISSIONS[name]
  const isKnown = (one: string): boolean =>
    known.some((other) => other.toLowerCase() === one.toLowerCase())
  if (granted.every(isKnown)) return
  throw invalidInput(`permissions.${name}`, `it may hold ${known.join(', ')}`)
}

function isPolicyClass(name: string): name is PolicyClass {
  return Object.hasOwn(POLICY_PERMISSIONS, name)
}
