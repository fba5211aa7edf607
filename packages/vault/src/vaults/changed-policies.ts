import type { AccessPolicy } from '../access/access-policy.ts'
import type { PolicyClass } from '../access/permissions.ts'
import type { PolicyChange } from './update-vault.ts'

const CLASSES: readonly PolicyClass[] = ['keys', 'secrets', 'certificates', 'storage']

/**
 * A list of access policies after a change: `replace` puts others in the place of all, `add` gives
 * further permissions, `remove` takes some away, and who has none left stands in it no more.
 */
export function changedPolicies(
  before: readonly AccessPolicy[],
  change: PolicyChange,
  given: readonly AccessPolicy[],
): readonly AccessPolicy[] {
  if (change === 'replace') return given
  const after = new Map(before.map((policy) => [nameOf(policy), policy]))
  for (const policy of given) {
    const name = nameOf(policy)
    const known = after.get(name)
    if (change === 'add') after.set(name, known === undefined ? policy : joined(known, policy))
    else if (known !== undefined) after.set(name, without(known, policy))
  }
  return [...after.values()].filter(({ permissions }) =>
    CLASSES.some((one) => (permissions[one] ?? []).length > 0),
  )
}

function nameOf({ principal, appId = '' }: AccessPolicy): string {
  return `${principal} ${appId}`
}

function joined(known: AccessPolicy, added: AccessPolicy): AccessPolicy {
  return eachClass(known, added, (had, more) => [
    ...had,
    ...more.filter((one) => !isAmong(had, one)),
  ])
}

function without(known: AccessPolicy, removed: AccessPolicy): AccessPolicy {
  return eachClass(known, removed, (had, less) => had.filter((one) => !isAmong(less, one)))
}

function eachClass(
  known: AccessPolicy,
  other: AccessPolicy,
  combine: (had: readonly string[], given: readonly string[]) => readonly string[],
): AccessPolicy {
  const permissions = Object.fromEntries(
    CLASSES.map((one) => [one, combine(known.permissions[one] ?? [], other.permissions[one] ?? [])]),
  )
  return { ...known, permissions }
}

function isAmong(names: readonly string[], name: string): boolean {
  return names.some((one) => one.toLowerCase() === name.toLowerCase())
}
