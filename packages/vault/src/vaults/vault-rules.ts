import { isGuid } from '../identifier.ts'
import { Fault } from '../fault.ts'
import { MAXIMUM_ACCESS_POLICIES, type AccessPolicy } from '../access/access-policy.ts'
import { POLICY_PERMISSIONS, type PolicyClass } from '../access/permissions.ts'

const VAULT_NAME = /^[a-zA-Z](?:-?[0-9a-zA-Z]){2,23}$/

/**
 * A vault's name is a host label: 3 to 24 letters, digits and single hyphens, a letter first.
 * @throws Fault InvalidInput
 */
export function demandVaultName(name: string): void {
  if (!VAULT_NAME.test(name) || name.length > 24) {
    throw new Fault('InvalidInput', {
      property: 'vaultName',
      reason: 'a vault name has 3 to 24 letters, digits and single hyphens, begins with a letter and ends with a letter or digit',
    })
  }
}

/** @throws Fault InvalidInput */
export function demandRetentionDays(days: number): void {
  if (!Number.isInteger(days) || days < 7 || days > 90) {
    throw new Fault('InvalidInput', { property: 'softDeleteRetentionInDays', reason: 'it must be a whole number from 7 to 90' })
  }
}

/** @throws Fault InvalidInput */
export function demandAccessPolicies(policies: readonly AccessPolicy[]): void {
  if (policies.length > MAXIMUM_ACCESS_POLICIES) {
    throw new Fault('InvalidInput', { property: 'accessPolicies', reason: `a vault has at most ${MAXIMUM_ACCESS_POLICIES} of them` })
  }
  for (const { principal, appId, permissions } of policies) {
    demandGuid('objectId', principal)
    if (appId !== undefined) demandGuid('applicationId', appId)
    for (const [name, granted] of Object.entries(permissions)) {
      const known = POLICY_PERMISSIONS[name as PolicyClass] as readonly string[] | undefined
      if (known === undefined) {
        throw new Fault('InvalidInput', { property: 'permissions', reason: 'its classes are keys, secrets, certificates and storage' })
      }
      const unknown = granted.find((one) => !known.some((other) => other.toLowerCase() === one.toLowerCase()))
      if (unknown !== undefined) {
        throw new Fault('InvalidInput', { property: `permissions.${name}`, reason: `it may hold ${known.join(', ')}` })
      }
    }
  }
}

/** @throws Fault InvalidInput */
export function demandGuid(property: string, text: string): void {
  if (!isGuid(text)) throw new Fault('InvalidInput', { property, reason: 'it must be a GUID' })
}
