import { Fault } from '../fault.ts'
import { invalidInput } from '../invalid-input.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { isName } from './access-point-name.ts'
import type { AccessPointPermission, AccessPointPolicy } from './access-point-policy.ts'
import { networkRuleKey, type NetworkRule } from './network-rule.ts'

const PERMISSIONS: readonly AccessPointPermission[] = ['keyUser', 'secretUser']
const RESOURCE = /^(?:key|secret)\/(?:\*|[0-9A-Za-z/_+=.@-]{1,192})$/
const MAXIMUM_RESOURCES = 100
const MAXIMUM_RULES = 40

/** The parts of a policy that can be changed. */
export type PolicyParts = Pick<
  AccessPointPolicy,
  'permissions' | 'resources' | 'networkRules'
>

/**
 * Holds the rules of a policy and gives it without repetitions, network rules by their own names.
 * That a key or secret exists is not demanded: it may be made later, and be deleted.
 * @throws Fault InvalidInput, DirectoryObjectNotFound for an unknown network rule
 */
export async function validPolicyParts(
  unit: UnitOfWork,
  tenant: string,
  { permissions, resources, networkRules }: PolicyParts,
): Promise<PolicyParts> {
  const isKnown = permissions.every((one) => PERMISSIONS.includes(one))
  if (permissions.length === 0 || !isKnown) {
    throw invalidInput('permissions', `it must hold one or more of ${PERMISSIONS.join(', ')}`)
  }
  if (resources.length === 0 || resources.length > MAXIMUM_RESOURCES) {
    throw invalidInput('resources', `it must hold 1 to ${MAXIMUM_RESOURCES} resources`)
  }
  if (!resources.every((one) => RESOURCE.test(one))) {
    throw invalidInput('resources', 'each must be key/ or secret/ and then * or a name')
  }
  return {
    permissions: [...new Set(permissions)],
    resources: [...new Set(resources)],
    networkRules: await existingRules(unit, tenant, networkRules),
  }
}

async function existingRules(
  unit: UnitOfWork,
  tenant: string,
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length > MAXIMUM_RULES) {
    throw invalidInput('networkRules', `it may hold at most ${MAXIMUM_RULES} names`)
  }
  const found: string[] = []
  for (const name of names) {
    // What is no name would be no key either.
    const key = isName(name) ? networkRuleKey(tenant, name) : undefined
    const rule = key && (await unit.get<NetworkRule>(key))
    if (rule === undefined) {
      throw new Fault('DirectoryObjectNotFound', { type: 'networkRule', id: name.slice(0, 64) })
    }
    found.push(rule.meta.name)
  }
  return [...new Set(found)]
}
