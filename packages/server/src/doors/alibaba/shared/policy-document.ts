import type { ObjectPolicyInput } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { dataActionsOf } from './action-permissions.ts'
import type { ActionContext } from './action.ts'

/** What a policy is of. */
export interface PolicyOwner {
  readonly object: 'key' | 'secret'
  /** Its ARN, which the document may name instead of `*`. */
  readonly arn: string
}

type Statement = ObjectPolicyInput['statements'][number]
type Members = ReadonlyMap<string, unknown>

const MAXIMUM_SID_CHARACTERS = 128
const MEMBERS = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition']
const PRINCIPAL =
  /^(?:\*|acs:ram::(?<owner>\d{1,20}):(?:\*|root|(?<kind>user|role)\/(?<called>.{1,256})))$/
/** All of them are the address from which the request came. */
const ADDRESSES = ['acs:SourceIp', 'acs:VpcSourceIp']

/**
 * Reads the policy of a key or secret (Alibaba Cloud KMS, "Key policies").
 * @throws KmsRefusal InvalidParameter, for all that it says and that would not be heeded too.
 */
export function policyOf(
  { account }: Pick<ActionContext, 'account'>,
  owner: PolicyOwner,
  document: unknown,
): ObjectPolicyInput {
  const members = membersOf(document, ['Version', 'Statement'])
  if (members.get('Version') !== '1') throw refusal('must have the Version 1')
  const statements = listOf(members.get('Statement'))
  if (statements.length === 0) throw refusal('must have a Statement')
  return {
    document: JSON.stringify(document),
    statements: statements.map((one, at) => statementOf(account, owner, one, at)),
  }
}

/** What holds for a key or secret that nobody has given a policy. */
export function defaultPolicy(
  { account }: Pick<ActionContext, 'account'>,
  object: 'key' | 'secret',
): string {
  return JSON.stringify({
    Version: '1',
    Statement: [
      {
        Sid: `kms default ${object} policy`,
        Effect: 'Allow',
        Principal: { RAM: [`acs:ram::${account}:*`] },
        Action: ['kms:*'],
        Resource: ['*'],
      },
    ],
  })
}

function statementOf(
  account: string,
  { object, arn }: PolicyOwner,
  value: unknown,
  at: number,
): Statement {
  const members = membersOf(value, MEMBERS)
  const sid = members.get('Sid')
  if (sid !== undefined && (typeof sid !== 'string' || sid.length > MAXIMUM_SID_CHARACTERS)) {
    throw refusal(`must have Sids of at most ${MAXIMUM_SID_CHARACTERS} characters`)
  }
  const effect = members.get('Effect')
  if (effect !== 'Allow' && effect !== 'Deny') throw refusal('must have the Effect Allow or Deny')
  const resources = texts(members.get('Resource'), 'Resource')
  if (!resources.every((one) => one === '*' || one === arn)) {
    throw refusal(`must name no other Resource than * or ${arn}`)
  }
  const actions = texts(members.get('Action'), 'Action').flatMap((name) => {
    const found = dataActionsOf(object, name)
    if (found === undefined) throw refusal(`names an Action that there is not on a ${object}`)
    return found
  })
  return {
    // A Sid is text of any kind, which the audit need not hold.
    id: String(at),
    effect: effect === 'Allow' ? 'allow' : 'deny',
    principals: principalsOf(account, members.get('Principal')),
    actions: [...new Set(actions)],
    ...conditionOf(members.get('Condition')),
  }
}

function principalsOf(account: string, value: unknown): Statement['principals'] {
  const names = texts(membersOf(value, ['RAM']).get('RAM'), 'Principal')
  const principals = names.map((name) => {
    const found = PRINCIPAL.exec(name)
    const { owner, kind, called = '' } = found?.groups ?? {}
    if (found === null || (owner ?? account) !== account) {
      throw refusal(`must have principals of the form acs:ram::${account}:user/name`)
    }
    if (kind === 'user') return { name: called, kinds: USERS }
    return kind === 'role' ? { name: called, kinds: ROLES } : undefined
  })
  // The account itself, and all who are in it.
  if (principals.includes(undefined)) return 'everybody'
  return principals.filter((one) => one !== undefined)
}

const USERS = ['user', 'application', 'managedIdentity'] as const
const ROLES = ['sessionRole'] as const

/** Networks alone are heeded; what would not be is refused, or it would seem to protect. */
function conditionOf(value: unknown): Pick<Statement, 'networks' | 'exceptNetworks'> {
  if (value === undefined) return {}
  const members = membersOf(value, ['IpAddress', 'NotIpAddress'])
  const networks = networksOf(members.get('IpAddress'))
  const exceptNetworks = networksOf(members.get('NotIpAddress'))
  return {
    ...(networks === undefined ? {} : { networks }),
    ...(exceptNetworks === undefined ? {} : { exceptNetworks }),
  }
}

function networksOf(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined
  const [address, ...more] = membersOf(value, ADDRESSES).values()
  if (address === undefined || more.length > 0) {
    throw refusal(`must have one of ${ADDRESSES.join(', ')} in each part of a Condition`)
  }
  return texts(address, 'Condition')
}

/** @throws KmsRefusal for what is no object, or has a member of another name. */
function membersOf(value: unknown, names: readonly string[]): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw refusal(`must have an object with ${names.join(', ')}`)
  }
  const members = new Map<string, unknown>(Object.entries(value))
  if ([...members.keys()].every((name) => names.includes(name))) return members
  throw refusal(`must have no other members than ${names.join(', ')} there`)
}

function texts(value: unknown, member: string): readonly string[] {
  const list = listOf(value)
  const isText = (one: unknown): one is string => typeof one === 'string'
  if (list.length > 0 && list.every(isText)) return list
  throw refusal(`must have a text, or an array of texts, as ${member}`)
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  const isList = (one: unknown): one is readonly unknown[] => Array.isArray(one)
  return isList(value) ? value : [value]
}

function refusal(rule: string): Error {
  return alibaba.shared.invalidParameter('Policy', rule)
}
