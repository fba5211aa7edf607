import {
  BUILT_IN_ROLES,
  OPERATIONS,
  PERMISSIONS,
  roleGrants,
  type Operation,
  type Permission,
} from '@claviger/vault'

/** Renders `docs/reference/permissions.md` from the registry, the permissions and the roles. */
export function permissionsPage(): string {
  return [
    '# Permissions',
    '',
    'What each operation needs, and which built-in roles grant it. In a vault of access policies, data',
    'operations need the access-policy permission instead; control operations are always decided by',
    'roles. “Server-wide” operations concern all tenants, so only principals of the default tenant can',
    'have them. `npm run admin -- role list` shows the roles of a running server, your own included.',
    '',
    '| operation | audited as | action | access policy | built-in roles |',
    '| --- | --- | --- | --- | --- |',
    ...rows(),
    '',
    '## Built-in roles',
    '',
    '| role | id | what it is for |',
    '| --- | --- | --- |',
    ...[...BUILT_IN_ROLES.values()].map(({ id, name, description }) => `| ${name} | \`${id}\` | ${description} |`),
    '',
  ].join('\n')
}

function rows(): readonly string[] {
  return Object.entries(OPERATIONS).flatMap(([noun, verbs]) =>
    Object.entries(verbs).map(([verb, op]) => row(`${noun}.${verb}`, op)),
  )
}

function row(name: string, op: Pick<Operation<never, unknown>, 'name' | 'permission'>): string {
  const permission: Permission = PERMISSIONS[op.permission]
  const { policy } = permission
  const plane = permission.serverWide === true ? ' (server-wide)' : ''
  const given = policy === undefined ? '' : `${policy.class} ${policy.name}`
  return `| \`${name}\` | ${op.name} | \`${permission.action}\`${plane} | ${given} | ${rolesOf(permission).join(', ')} |`
}

function rolesOf(permission: Permission): readonly string[] {
  return [...BUILT_IN_ROLES.values()].filter((role) => roleGrants(role, permission)).map(({ name }) => name)
}
