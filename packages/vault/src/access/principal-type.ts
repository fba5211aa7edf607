import { principalKey, type Principal, type PrincipalKind } from '../directory/principal.ts'
import { Fault } from '../fault.ts'
import { isGuid } from '../identifier.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { PrincipalType } from './role.ts'

const TYPES: Readonly<Record<PrincipalKind, PrincipalType>> = {
  user: 'User',
  group: 'Group',
  application: 'ServicePrincipal',
  managedIdentity: 'ServicePrincipal',
  sessionRole: 'ServicePrincipal',
  accessPoint: 'ServicePrincipal',
}

/** What the directory says a principal is; `undefined` for what it does not know. */
export async function principalTypeOf(
  unit: UnitOfWork,
  tenant: string,
  principal: string,
): Promise<PrincipalType | undefined> {
  if (!isGuid(principal)) return undefined
  const known = await unit.get<Principal>(principalKey(tenant, principal))
  return known && TYPES[known.meta.kind]
}

/**
 * The type that an assignment records. Principals of other issuers are not in the directory: for
 * them it is what was said.
 * @throws Fault AccessRuleBroken
 */
export async function demandPrincipalType(
  unit: UnitOfWork,
  tenant: string,
  { principal, principalType, mustBeKnown }: {
    readonly principal: string
    readonly principalType?: PrincipalType
    readonly mustBeKnown?: true
  },
): Promise<PrincipalType | undefined> {
  const known = await principalTypeOf(unit, tenant, principal)
  if (known === undefined && principalType === undefined && mustBeKnown === true) {
    const subject = { subject: principal, expected: tenant }
    throw new Fault('AccessRuleBroken', { rule: 'principalUnknown', ...subject })
  }
  if (known !== undefined && principalType !== undefined && known !== principalType) {
    const subject = { subject: principal, expected: known, given: principalType }
    throw new Fault('AccessRuleBroken', { rule: 'principalTypeWrong', ...subject })
  }
  return known ?? principalType
}
