import type { Command } from 'commander'
import type { AdminContext } from '../admin-context.ts'
import { recordsOf, textOf } from '../admin-record.ts'
import { commandGroup, commandWithExample } from '../command-group.ts'
import { findPrincipal } from '../find-principal.ts'
import type { Columns } from '../table.ts'

interface PrincipalGroup {
  readonly noun: string
  readonly kind: string
  readonly description: string
  /** Words for one of them. */
  readonly one: string
  readonly example: string
  readonly columns: Columns
  /** A group has no tokens of its own. */
  readonly signsIn: boolean
}

const COMMON: Columns = { 'object id': 'id', name: 'displayName' }
const CLIENT: Columns = {
  ...COMMON,
  'client id': 'appId',
  enabled: 'enabled',
  created: 'createdAt',
}

const GROUPS = {
  app: {
    noun: 'app',
    kind: 'application',
    description: 'manage applications, which sign in with a secret, a certificate or a token',
    one: 'an application',
    example: 'billing',
    columns: CLIENT,
    signsIn: true,
  },
  identity: {
    noun: 'identity',
    kind: 'managedIdentity',
    description: 'manage identities, as which programs on this machine act',
    one: 'a managed identity',
    example: 'nightly-job',
    columns: CLIENT,
    signsIn: true,
  },
  user: {
    noun: 'user',
    kind: 'user',
    description: 'manage users',
    one: 'a user',
    example: 'Ada',
    columns: {
      ...COMMON,
      'user name': 'userPrincipalName',
      enabled: 'enabled',
      created: 'createdAt',
    },
    signsIn: true,
  },
  group: {
    noun: 'group',
    kind: 'group',
    description: 'manage groups, to give access to many at once',
    one: 'a group',
    example: 'operators',
    columns: { ...COMMON, enabled: 'enabled', created: 'createdAt' },
    signsIn: false,
  },
  'session-role': {
    noun: 'session-role',
    kind: 'sessionRole',
    description: 'manage session roles, as which others act for a while',
    one: 'a session role',
    example: 'auditor',
    columns: { ...COMMON, enabled: 'enabled', created: 'createdAt' },
    signsIn: true,
  },
} as const satisfies Record<string, PrincipalGroup>

/**
 * `app|identity|user|group|session-role create|list|enable|disable|delete|revoke-tokens`; gives the
 * group to add to.
 */
export function principalCommands(
  program: Command,
  context: AdminContext,
  name: keyof typeof GROUPS,
): Command {
  const { ask, show } = context
  const { noun, kind, description, one, example, columns, signsIn }: PrincipalGroup = GROUPS[name]
  const group = commandGroup(program, noun, description)
  const idOf = async (meant: string): Promise<string> =>
    textOf(await findPrincipal(context, meant, kind), 'id')
  const change = async (meant: string, input: object): Promise<void> =>
    show(await ask('principals/update', { principal: await idOf(meant), ...input }), columns)

  const create = commandWithExample(
    group, 'create <name>', `make ${one}, which can do nothing until it is given a role`,
    `${noun} create ${example}${kind === 'user' ? ' --user-name ada@example.com' : ''}`,
  )
  if (kind === 'user') {
    create.option('--user-name <name>', 'the name that tokens carry, like an address')
  }
  create.action(async (displayName: string, { userName }: { readonly userName?: string }) => {
    const user = userName === undefined ? {} : { userPrincipalName: userName }
    show(await ask('principals/create', { kind, displayName, ...user }), columns)
  })
  commandWithExample(group, 'list', 'show all of them', `${noun} list`).action(async () => {
    const all = recordsOf(await ask('principals/list'))
    show(all.filter((found) => found['kind'] === kind), columns)
  })
  commandWithExample(
    group,
    'disable <id>',
    'refuse it everywhere, at once; its tokens are revoked',
    `${noun} disable ${example}`,
  ).action((meant: string) => change(meant, { enabled: false }))
  commandWithExample(group, 'enable <id>', 'let it in again', `${noun} enable ${example}`)
    .action((meant: string) => change(meant, { enabled: true }))
  if (signsIn) {
    commandWithExample(
      group,
      'revoke-tokens <id>',
      'refuse every token issued to it up to now',
      `${noun} revoke-tokens ${example}`,
    ).action((meant: string) => change(meant, { revokeTokens: true }))
  }
  commandWithExample(
    group,
    'delete <id>',
    `remove ${one} with its credentials, memberships and roles`,
    `${noun} delete ${example}`,
  ).action(async (meant: string) =>
    show(await ask('principals/delete', { principal: await idOf(meant) }), columns))
  return group
}
