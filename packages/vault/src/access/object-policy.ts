import { actionMatches } from './action-matches.ts'
import { inNetworks, type Network } from './network.ts'

/** What the policy of one key or secret says beside the model of its vault. */
export interface ObjectPolicy {
  readonly statements: readonly ObjectPolicyStatement[]
}

/** Allows or denies some actions on the object. */
export interface ObjectPolicyStatement {
  /** What the audit calls it. */
  readonly id: string
  readonly effect: 'allow' | 'deny'
  /** Object ids. To allow something to everybody grants nothing that the vault's model does not. */
  readonly principals: readonly string[] | 'everybody'
  /** Data actions, with `*` for any text. */
  readonly actions: readonly string[]
  /** Only for callers whose address lies in one of these; absent, for all. */
  readonly networks?: readonly Network[]
  /** Not for callers whose address lies in one of these. */
  readonly exceptNetworks?: readonly Network[]
}

/** What of a request a policy looks at. */
export interface ObjectPolicyInput {
  readonly principal: string
  readonly groups: readonly string[]
  /** There may be others. */
  readonly hasMoreGroups?: boolean
  readonly clientAddress: string
  /** The full name of the data action. */
  readonly action: string
}

/** The statement that decides: the first that denies, else the first that grants something. */
export function decidingStatement(
  { statements }: ObjectPolicy,
  input: ObjectPolicyInput,
): ObjectPolicyStatement | undefined {
  const meant = statements.filter((one) => concerns(one, input))
  const isGrant = ({ effect, principals }: ObjectPolicyStatement): boolean =>
    effect === 'allow' && principals !== 'everybody'
  return meant.find(({ effect }) => effect === 'deny') ?? meant.find(isGrant)
}

/** The addresses come last: one is parsed only for what would be meant. */
function concerns(
  { effect, principals, actions, networks, exceptNetworks }: ObjectPolicyStatement,
  { principal, groups, hasMoreGroups = false, clientAddress, action }: ObjectPolicyInput,
): boolean {
  // Whoever is denied something may be a group that was not looked at.
  const isMeant =
    principals === 'everybody' ||
    (effect === 'deny' && hasMoreGroups && principals.length > 0) ||
    principals.some((one) => one === principal || groups.includes(one))
  if (!isMeant || !actions.some((pattern) => actionMatches(pattern, action))) return false
  if (networks !== undefined && !inNetworks(networks, clientAddress)) return false
  return exceptNetworks === undefined || !inNetworks(exceptNetworks, clientAddress)
}
