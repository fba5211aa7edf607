import type { AccessPolicy } from '../access/access-policy.ts'
import type { PolicyChange } from './update-vault.ts'

/** More would make one entry very long. */
const MOST_NAMED = 20
/** No id is longer; what is none is refused. */
const LONGEST_NAMED = 64

/** What the audit says of a change of access policies: whose, as far as they are not very many. */
export function policiesAuditId(
  change: PolicyChange | 'set',
  policies: readonly Pick<AccessPolicy, 'principal'>[],
): string {
  const named = policies
    .slice(0, MOST_NAMED)
    .map(({ principal }) => principal.slice(0, LONGEST_NAMED))
  const more = policies.length - named.length
  if (more > 0) named.push(`and ${more} more`)
  return `accessPolicies/${change}/${named.join(',')}`
}
