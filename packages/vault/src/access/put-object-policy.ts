import { principalKey, principalPrefix, type Principal, type PrincipalKind } from '../directory/principal.ts'
import { touchEpoch } from '../directory/touch-epoch.ts'
import { isGuid } from '../identifier.ts'
import { invalidInput } from '../invalid-input.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import type { VaultRecord } from '../vaults/vault-record.ts'
import { parseNetwork } from './network.ts'
import {
  objectPolicyKey,
  type ObjectPolicyRecord,
  type ObjectPolicyStatementRecord,
} from './object-policy-record.ts'

/** Whom a statement means. */
export interface NamedPrincipal {
  /** Object id, or a display name that one principal of these kinds has. */
  readonly name: string
  readonly kinds: readonly PrincipalKind[]
}

/** A policy as somebody has written it. */
export interface ObjectPolicyInput extends Omit<ObjectPolicyRecord, 'statements'> {
  readonly statements: readonly (Omit<ObjectPolicyStatementRecord, 'principals'> & {
    readonly principals: readonly NamedPrincipal[] | 'everybody'
  })[]
}

/**
 * Gives a key or secret a policy in place of the one it has; it holds on every worker at once.
 * @param object such as `keys/name`.
 * @throws Fault InvalidInput for a principal or network that there is not.
 */
export async function putObjectPolicy(
  unit: UnitOfWork,
  vault: VaultRecord,
  object: string,
  { statements, document }: ObjectPolicyInput,
): Promise<void> {
  const key = objectPolicyKey(vault, object)
  if (key === undefined) throw new TypeError('this has no policy')
  const meant: ObjectPolicyStatementRecord[] = []
  for (const { principals, ...statement } of statements) {
    for (const network of [...(statement.networks ?? []), ...(statement.exceptNetworks ?? [])]) {
      if (parseNetwork(network) === undefined) throw unfit('has a network that is none in CIDR')
    }
    const ids =
      principals === 'everybody'
        ? principals
        : await Promise.all(principals.map((one) => principalNamed(unit, vault.tenant, one)))
    meant.push({ ...statement, principals: ids })
  }
  await unit.get(key)
  unit.put<ObjectPolicyRecord>(key, { meta: { statements: meant, document } })
  touchEpoch(unit)
}

/** Takes the policy of an object away that is destroyed. */
export async function deleteObjectPolicy(
  unit: UnitOfWork,
  vault: VaultRecord,
  object: string,
): Promise<void> {
  const key = objectPolicyKey(vault, object)
  if (key === undefined || !(await unit.claimOne(key))) return
  unit.delete(key)
  touchEpoch(unit)
}

async function principalNamed(
  unit: UnitOfWork,
  tenant: string,
  { name, kinds }: NamedPrincipal,
): Promise<string> {
  const found = isGuid(name)
    ? [await unit.get<Principal>(principalKey(tenant, name))].map((one) => one?.meta)
    : (await unit.listAll<Principal>(principalPrefix(tenant)))
        .map(({ content }) => content.meta)
        .filter(({ displayName }) => displayName === name)
  const fitting = found.filter((one) => one !== undefined && kinds.includes(one.kind))
  const [only] = fitting
  if (only === undefined) throw unfit('names a principal that there is not')
  if (fitting.length > 1) throw unfit('names several principals at once; use the object id')
  return only.id
}

function unfit(reason: string): Error {
  return invalidInput('Policy', `it ${reason}`)
}
