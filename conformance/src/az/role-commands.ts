import { randomUUID } from 'node:crypto'
import { objectOf } from '../server/json.ts'
import { Az } from './az.ts'
import { has, hasNot, hasOnly, member } from './expected-output.ts'
import { hostAndPort, logInByCredentials, pointAtServer } from './log-in.ts'

const GROUP = 'az-roles'
/** Its host name leads here while the suites run. */
const VAULT = 'az-roles'
const IN_VAULT = ['--vault-name', VAULT] as const
const USER_ROLE = 'Key Vault Secrets User'
const OFFICER_ROLE = 'Key Vault Secrets Officer'
const CUSTOM_ROLES = ['role', 'definition', 'list', '--custom-role-only', 'true'] as const

/** What the checks share. */
interface Scene {
  readonly az: Az
  /** Of somebody who has what the checks give, and nothing else. */
  readonly other: Az
  readonly otherId: string
  readonly otherClient: string
  readonly subscription: string
  /** Of the vault. */
  readonly scope: string
}

/** Role definitions and assignments, what they do to vaults and secrets, and to assigning itself. */
export async function checkRoleCommands(az: Az): Promise<void> {
  const scene = await setScene(az)
  if (scene === undefined) return
  await checkDefinitions(scene)
  await checkAssignments(scene)
  await checkScopes(scene)
  await checkGroups(scene)
  await checkBadAssignments(scene)
  await checkEscalation(scene)
  await az.gives(['group', 'delete', '--name', GROUP, '--yes'])
}

async function setScene(az: Az): Promise<Scene | undefined> {
  await az.gives(['group', 'create', '--name', GROUP, '--location', 'eastus'])
  const vault = await az.gives(['keyvault', 'create', '--name', VAULT, '--resource-group', GROUP])
  const set = ['keyvault', 'secret', 'set', ...IN_VAULT, '--value', az.server.canary, '--name']
  for (const name of ['shown', 'hidden']) await az.gives([...set, name])
  const made = await az.gives(['ad', 'sp', 'create-for-rbac', '--name', 'az-roles'], {
    displayName: 'az-roles',
  })
  if (vault === undefined || made === undefined) return undefined
  const otherClient = member(made, 'appId')
  await az.plant('a secret that az has made', member(made, 'password'))
  const shown = await az.gives(['ad', 'sp', 'show', '--id', otherClient], { appId: otherClient })
  const account = await az.gives(['account', 'show'])
  const other = az.beside('roles-other')
  await pointAtServer(other)
  const scope = member(vault, 'id')
  const scene: Scene = {
    az, other, otherClient, scope,
    otherId: member(shown, 'id'),
    subscription: `/subscriptions/${member(account, 'id')}`,
  }
  // Who has no role has no subscription: az says so, and is told to go on without.
  await logInByCredentials(other, made, ['--allow-no-subscriptions'])
  return scene
}

async function checkDefinitions({ az, subscription }: Scene): Promise<void> {
  const list = ['role', 'definition', 'list', '--name']
  const builtIn = [{ roleName: USER_ROLE, roleType: 'BuiltInRole' }]
  const [found] = listOf(await az.gives([...list, USER_ROLE], builtIn))
  await az.gives(['role', 'definition', 'show', '--id', member(found, 'id')], builtIn[0])
  const definition = {
    Name: 'az lister',
    Description: 'Lists the secrets of vaults.',
    Actions: ['Microsoft.KeyVault/vaults/read'],
    DataActions: ['Microsoft.KeyVault/vaults/secrets/readMetadata/action'],
    AssignableScopes: [subscription],
  }
  const create = (more: object): readonly string[] =>
    [
      'role', 'definition', 'create',
      '--role-definition', JSON.stringify({ ...definition, ...more }),
    ]
  const made = await az.gives(create({}), { roleName: 'az lister', roleType: 'CustomRole' })
  await az.gives(CUSTOM_ROLES, has('roleName', 'az lister'))
  const changed = { ...definition, Description: 'Lists them, and more.', ...idOf(made) }
  await az.gives(
    ['role', 'definition', 'update', '--role-definition', JSON.stringify(changed)],
    { description: 'Lists them, and more.' },
  )
  await az.refuses(create({}), /RoleDefinitionWithSameNameExists/)
  await az.refuses(create({ Name: 'az unknown', Actions: ['Microsoft.KeyVault/vaults/fly'] }),
    /InvalidActionOrNotAction/)
  const elsewhere = [`/subscriptions/${randomUUID()}`]
  const refusals = /\((LinkedAuthorizationFailed|SubscriptionNotFound|\w*RoleDefinitionScope\w*)\)/
  await az.refuses(create({ Name: 'az elsewhere', AssignableScopes: elsewhere }), refusals)
}

function assigneeOf(servicePrincipal: string): readonly string[] {
  return [
    '--assignee-object-id', servicePrincipal,
    '--assignee-principal-type', 'ServicePrincipal',
  ]
}

function idOf(made: unknown): object {
  return { id: member(made, 'id'), roleName: member(made, 'roleName') }
}

async function checkAssignments(scene: Scene): Promise<void> {
  const { az, other, otherId, otherClient, scope } = scene
  const show = ['keyvault', 'secret', 'show', ...IN_VAULT, '--name', 'shown']
  await other.refuses(show, /\(Forbidden\)/)
  const about = { principalId: otherId }
  await explains(scene, about, { allowed: false, smallestRole: { roleName: USER_ROLE } })
  const assigned = ['--role', USER_ROLE, '--scope', scope] as const
  const create = ['role', 'assignment', 'create', ...assigned]
  const made = await az.gives([...create, '--assignee', otherClient], {
    principalId: otherId,
    principalType: 'ServicePrincipal',
    scope,
    type: 'Microsoft.Authorization/roleAssignments',
  })
  await other.gives(show, { value: az.server.canary })
  await explains(scene, about, { allowed: true, decidedBy: 'roleAssignment', principalId: otherId })
  await explains(scene, {}, { allowed: true, decidedBy: 'roleAssignment' })
  await az.gives([...create, '--assignee', otherClient], { id: member(made, 'id') })
  const described = { ...objectOf(made), description: 'For the programs of the shop.' }
  await az.gives(
    ['role', 'assignment', 'update', '--role-assignment', JSON.stringify(described)],
    { description: 'For the programs of the shop.' },
  )
  const list = ['role', 'assignment', 'list', '--scope', scope]
  const listed = { principalName: otherClient, roleDefinitionName: USER_ROLE }
  await az.gives(list, [listed])
  await az.gives([...list, '--assignee', otherClient, '--role', USER_ROLE], [listed])
  await az.gives([...list, '--include-inherited'], has('roleDefinitionName', 'Owner', USER_ROLE))
  await az.gives(['role', 'assignment', 'list', '--all'], has('id', member(made, 'id')))
  await az.gives(['role', 'assignment', 'delete', '--assignee', otherClient, ...assigned])
  await other.refuses(show, /\(Forbidden\)/)
  await az.gives(list, hasNot('id', member(made, 'id')))
  await az.refuses(
    ['role', 'assignment', 'delete', '--assignee', otherClient, ...assigned],
    /No matched assignments were found/,
  )
}

/** Why somebody may read a secret, or may not: an action of our own, by the az that there is. */
async function explains(
  { az, scope }: Scene,
  about: Readonly<Record<string, string>>,
  expected: object,
): Promise<void> {
  const action = 'Microsoft.KeyVault/vaults/secrets/getSecret/action'
  const path = `${scope}/secrets/shown/providers/Claviger.Authorization/explainAccess`
  const url = `https://management.${hostAndPort(az.server)}${path}?api-version=2026-01-01`
  const body = JSON.stringify({ action, ...about })
  await az.gives(['rest', '--method', 'post', '--url', url, '--body', body], expected)
}

function listOf(output: unknown): readonly unknown[] {
  return Array.isArray(output) ? output : []
}

/** A role at a single secret, at a group, and one of our own. */
async function checkScopes({ az, other, otherId, scope, subscription }: Scene): Promise<void> {
  const assignee = assigneeOf(otherId)
  const create = ['role', 'assignment', 'create', ...assignee]
  const show = ['keyvault', 'secret', 'show', ...IN_VAULT, '--name']
  const one = await az.gives([...create, '--role', USER_ROLE, '--scope', `${scope}/secrets/shown`])
  await other.gives([...show, 'shown'], { value: az.server.canary })
  await other.refuses([...show, 'hidden'], /\(Forbidden\)/)
  await az.gives(['role', 'assignment', 'delete', '--ids', member(one, 'id')])
  const group = `${subscription}/resourceGroups/${GROUP}`
  const own = await az.gives([...create, '--role', 'az lister', '--scope', group])
  await other.gives(['keyvault', 'secret', 'list', ...IN_VAULT], has('name', 'shown', 'hidden'))
  await other.refuses([...show, 'shown'], /\(Forbidden\)/)
  await az.refuses(['role', 'definition', 'delete', '--name', 'az lister'],
    /RoleDefinitionHasAssignments/)
  await az.gives(['role', 'assignment', 'delete', '--ids', member(own, 'id')])
  await az.gives(['role', 'definition', 'delete', '--name', 'az lister'])
  await az.gives(CUSTOM_ROLES, hasNot('roleName', 'az lister'))
}

/** A group in a group. */
async function checkGroups({ az, other, otherId, scope }: Scene): Promise<void> {
  const ids: string[] = []
  for (const name of ['az-outer', 'az-inner']) {
    const named = ['--display-name', name, '--mail-nickname', name]
    const group = await az.gives(['ad', 'group', 'create', ...named])
    ids.push(member(group, 'id'))
  }
  const [outer = '', inner = ''] = ids
  const add = ['ad', 'group', 'member', 'add', '--group']
  await az.gives([...add, outer, '--member-id', inner])
  await az.gives([...add, inner, '--member-id', otherId])
  const assignee = ['--assignee-object-id', outer, '--assignee-principal-type', 'Group']
  const made = await az.gives(
    ['role', 'assignment', 'create', ...assignee, '--role', OFFICER_ROLE, '--scope', scope],
    { principalId: outer, principalType: 'Group' },
  )
  const set = ['keyvault', 'secret', 'set', ...IN_VAULT, '--name', 'by-group', '--value', 'x']
  await other.gives(set)
  const list = ['role', 'assignment', 'list', '--scope', scope, '--include-groups', '--assignee']
  await az.gives([...list, otherId], hasOnly('id', member(made, 'id')))
  await az.gives(['ad', 'group', 'member', 'remove', '--group', inner, '--member-id', otherId])
  await other.refuses(set, /\(Forbidden\)/)
  await az.gives(['role', 'assignment', 'delete', '--ids', member(made, 'id')])
  for (const id of [outer, inner]) await az.gives(['ad', 'group', 'delete', '--group', id])
}

async function checkBadAssignments({ az, otherId, scope, subscription }: Scene): Promise<void> {
  const create = (principal: string, type: string, role: string, at: string): readonly string[] =>
    ['role', 'assignment', 'create', '--assignee-object-id', principal, '--assignee-principal-type',
      type, '--role', role, '--scope', at]
  const kind = 'ServicePrincipal'
  const nobody = ['--assignee-object-id', randomUUID(), '--role', USER_ROLE, '--scope', scope]
  await az.refuses(['role', 'assignment', 'create', ...nobody], /\(PrincipalNotFound\)/)
  const unknown = ['--assignee', 'nobody@example.com', '--role', USER_ROLE, '--scope', scope]
  const notFound = /Cannot find user or service principal/
  await az.refuses(['role', 'assignment', 'create', ...unknown], notFound)
  await az.refuses(create(otherId, 'User', USER_ROLE, scope), /\(UnmatchedPrincipalType\)/)
  await az.refuses(create(otherId, kind, 'No Role', scope), /Role 'No Role' doesn't exist/)
  await az.refuses(create(otherId, kind, randomUUID(), scope), /\(RoleDefinitionDoesNotExist\)/)
  const nowhere = `${subscription}/resourceGroups/no-such-group`
  await az.refuses(create(otherId, kind, USER_ROLE, nowhere), /\(ResourceGroupNotFound\)/)
  const noVault = `${scope}-that-is-not-there`
  await az.refuses(create(otherId, kind, USER_ROLE, noVault), /\(ResourceNotFound\)/)
  await az.refuses(create(otherId, kind, USER_ROLE, `/subscriptions/${randomUUID()}`),
    /\(SubscriptionNotFound\)/)
}

/** Only who may assign can assign, and who may assign some roles cannot assign others. */
async function checkEscalation({ az, other, otherId, scope, subscription }: Scene): Promise<void> {
  const assignee = assigneeOf(otherId)
  const create = ['role', 'assignment', 'create', ...assignee, '--scope', scope, '--role']
  for (const role of ['Contributor', 'Key Vault Data Access Administrator']) {
    const group = `${subscription}/resourceGroups/${GROUP}`
    const given = ['role', 'assignment', 'create', ...assignee, '--scope', group, '--role', role]
    await az.gives(given)
    // What somebody sees of subscriptions is learnt at the log-in.
    await other.gives(['account', 'list', '--refresh'], [{ state: 'Enabled' }])
    await other.refuses([...create, 'Owner'], /\(AuthorizationFailed\)/)
    const officer = [...create, OFFICER_ROLE]
    if (role === 'Contributor') await other.refuses(officer, /\(AuthorizationFailed\)/)
    else await other.gives(officer, { principalId: otherId })
  }
  const assignment = objectOf(await other.gives([...create, OFFICER_ROLE]))
  await az.gives(['role', 'assignment', 'delete', '--ids', member(assignment, 'id')])
}
