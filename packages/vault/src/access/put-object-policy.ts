import {
  principalKey,
  principalPrefix,
  type Principal,
  type PrincipalKind,
} from '../directory/principal.ts'
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
  const wanted = statements.flatMap(({ principals }) =>
    principals === 'everybody' ? [] : principals,
  )
  const known = await principalsNamed(unit, vault.tenant, wanted)
  const meant = statements.map(({ principals, ...statement }): ObjectPolicyStatementRecord => {
    for (const network of [...(statement.networks ?? []), ...(statement.exceptNetworks ?? [])]) {
      if (parseNetwork(network) === undefined) throw unfit('has a network that is none in CIDR')
    }
    const ids =
      principals === 'everybody' ? principals : principals.map((one) => onlyOne(known, one))
    return { ...statement, principals: ids }
  })
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

/** Those that have one of the names, or ids; the whole directory is read where there is a name. */
async function principalsNamed(
  unit: UnitOfWork,
  tenant: string,
  wanted: readonly NamedPrincipal[],
): Promise<readonly Principal[]> {
  if (wanted.every(({ name }) => isGuid(name))) {
    const keys = new Set(wanted.map(({ name }) => principalKey(tenant, name)))
    return (await unit.getMany<Principal>([...keys])).flatMap((one) => one?.meta ?? [])
  }
  const listed = await unit.listAll<Principal>(principalPrefix(tenant))
  return listed.map(({ content }) => content.meta)
}

/** @throws Fault InvalidInput */
function onlyOne(known: readonly Principal[], { name, kinds }: NamedPrincipal): string {
  const id = isGuid(name) ? name.toLowerCase() : undefined
  const fitting = known
    .filter(({ kind }) => kinds.includes(kind))
    .filter((one) => (id === undefined ? one.displayName === name : one.id === id))
  const [only] = fitting
  if (only === undefined) throw unfit('names a principal that there is not')
  if (fitting.length > 1) throw unfit('names several principals at once; use the object id')
  return only.id
}

function unfit(reason: string): Error {
  return invalidInput('Policy', `it ${reason}`)
}
